/** Why an answer ended, in the words of the OpenAI protocol; `failed`: the service broke it off. */
export type Finish = { reason: string } | { failed: string };

/** The words of services that call themselves compatible; sources: docs/model-services.md. */
const words: [pattern: RegExp, reason: string][] = [
    [/^(stop|eos|eos_token|end_turn|stop_sequence|stop_token|end|done|finished|completed?)$/, "stop"],
    [/^(length|max_tokens|max_output_tokens|model_length|token_limit|model_context_window_exceeded)$/, "length"],
    [/^(content_filter|content_filtered|sensitive|safety|recitation|blocklist|prohibited_content|spii|refusal)$/, "content_filter"],
    [/^(tool_calls?|function_call|tool_use)$/, "tool_calls"],
];
const failures = /^(error|network_error|insufficient_system_resource|abort|aborted|cancel|cancelled|timeout|upstream_error|internal_error|engine_overloaded)$/;
const none = /^(|null|none|undefined|finish_reason_unspecified)$/;
const WORD = /^[a-z][\w.]{0,63}$/;

/** @param told `finish_reason`, of any type; undefined: the answer goes on */
export function readFinish(told: unknown): Finish | undefined {
    if (typeof told !== "string") return undefined;
    if (told === "stop") return STOP;
    const word = told.trim().toLowerCase();
    if (none.test(word)) return undefined;
    if (failures.test(word)) return { failed: word };
    const known = words.find(([pattern]) => pattern.test(word));
    // It is logged and shown: what is no word could be anything, the user's own text too.
    return { reason: known?.[1] ?? (WORD.test(word) ? word : "stop") };
}

const STOP: Finish = { reason: "stop" };
