import { compose, countWords, type Message, textOf, tokensOf } from "./answer";
import type { Call, ChatRequest, Dialect, FinishReason, Step, Usage } from "./dialect";
import { find, type Mode } from "./modes";

/** What happens on the wire, one thing after another; every `bytes` but the first is preceded by the pace of a token. */
export type Act = { act: "bytes"; parts: Buffer[] } | { act: "stall" } | { act: "cut" };

export interface Script { acts: Act[]; tokenMs?: number }

export interface Answer { text: string; reasoning?: string; reason: FinishReason; usage: Usage }

export const promptTokens = (messages: Message[]): number => messages.reduce((sum, message) => sum + countWords(textOf(message)), 0);

/** The whole answer to a request, before it is spelt in a dialect. */
export function answerTo(request: ChatRequest, dialect: Dialect, modes: Mode[]): Answer {
    const messages = request.messages as Message[];
    const tokens = find(modes, "no-text") ? [] : tokensOf(find(modes, "split-utf8") ? `你好。${compose(messages)}` : compose(messages));
    const asked = request.thinking ? request.thinking.type === "enabled" : dialect.thinks;
    const thinks = asked || find(modes, "reasoning") || find(modes, "null-content");
    const thoughts = thinks ? tokensOf("The user wrote something; I count its words.").slice(0, request.max_completion_tokens) : [];
    const limit = Math.min(request.max_tokens ?? Infinity, (request.max_completion_tokens ?? Infinity) - thoughts.length);
    const filter = find(modes, "content-filter");
    const kept = tokens.slice(0, Math.min(limit, filter ? (filter.after ?? 3) : Infinity));
    const reason: FinishReason = filter ? "content_filter" : kept.length < tokens.length ? "length" : "stop";
    const prompt = promptTokens(messages);
    const usage = { prompt, completion: thoughts.length + kept.length, reasoning: thoughts.length };
    return { text: kept.join(""), reasoning: thinks ? thoughts.join("") : undefined, reason, usage };
}

/** The stream that a client sees, byte for byte, with whatever faults were ordered. */
export function script(request: ChatRequest, dialect: Dialect, call: Call, modes: Mode[], refusal: (code: string) => unknown): Script {
    const answer = answerTo(request, dialect, modes);
    const { include_usage: atEnd = false, chunk_include_usage: onEach = false } = request.stream_options ?? {};
    const running = onEach && dialect.provider === "ark";
    const includeUsage = atEnd || running;
    const spell = speller(modes);
    const say = (step: Step): Act => ({ act: "bytes", parts: spell(JSON.stringify(dialect.chunk(step, call, includeUsage))) });
    const tokens = tokensOf(answer.text);

    const acts: Act[] = dialect.opens ? [say({ kind: "begin" })] : [];
    const nullContent = find(modes, "null-content") !== undefined;
    // What was used so far, if the client wants it on every chunk; only Ark knows that wish.
    const soFar = (reasoning: number, content: number) => (running ? { usage: { prompt: answer.usage.prompt, completion: reasoning + content, reasoning } } : {});
    acts.push(...tokensOf(answer.reasoning ?? "").map((text, i) => say({ kind: "reasoning", text, nullContent, ...soFar(i + 1, 0) })));

    const fault = find(modes, "stall") ?? find(modes, "cut") ?? find(modes, "error-in-stream");
    const stop = fault ? Math.min(fault.after ?? 3, tokens.length) : tokens.length;
    acts.push(...tokens.slice(0, stop).map((text, i) => say({ kind: "content", text, ...soFar(answer.usage.reasoning, i + 1) })));
    if (fault?.kind === "error-in-stream") {
        const code = dialect.provider === "ark" ? "InternalServiceError" : "server_error";
        acts.push({ act: "bytes", parts: spell(JSON.stringify(refusal(code)), fault.form === "event" ? "error" : undefined) });
        return paced(acts, modes);
    }
    if (fault) return paced([...acts, { act: fault.kind }], modes);

    const place = find(modes, "usage")?.place ?? dialect.usagePlace;
    const wanted = dialect.provider === "deepseek" || atEnd;
    acts.push(say({ kind: "finish", reason: answer.reason, usage: running || (place === "last" && wanted) ? answer.usage : undefined }));
    if (place === "separate" && wanted) acts.push(say({ kind: "usage", usage: answer.usage }));
    if (!find(modes, "cut-before-done")) acts.push({ act: "bytes", parts: spell("[DONE]") });
    return paced(acts, modes);
}

function paced(acts: Act[], modes: Mode[]): Script {
    return { acts, tokenMs: find(modes, "slow")?.tokenMs };
}

/** Puts one event into bytes; a character that is to be split is cut after its first byte. */
function speller(modes: Mode[]): (data: string, event?: string) => Buffer[] {
    const end = find(modes, "crlf") ? "\r\n" : "\n";
    const colon = find(modes, "no-space-after-data") ? ":" : ": ";
    return (data, event) => {
        const comment = find(modes, "keepalive") ? `: keep-alive${end}${end}` : "";
        const whole = Buffer.from(`${comment}${event ? `event${colon}${event}${end}` : ""}data${colon}${data}${end}${end}`);
        const at = find(modes, "split-utf8") ? whole.findIndex((byte) => byte >= 0xc0) : -1;
        return at < 0 ? [whole] : [whole.subarray(0, at + 1), whole.subarray(at + 1)];
    };
}
