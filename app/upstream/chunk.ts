import { StreamError } from "../errors/errors";
import { readFinish, type Finish } from "./finish";
import type { Usage } from "./upstream";

/** What one JSON value of an answer says. Empty text is text that is not there. */
export interface Chunk {
    text: string;
    reasoning: string;
    finish: Finish | undefined;
    usage: Usage | undefined;
    /** The choice holds a message, as an answer does that is no stream. */
    message: boolean;
    /** The text is the whole answer until now, not what is new in it. */
    whole: boolean;
}

/** Fields that services put text into; see docs/model-services.md. */
interface Said {
    content?: unknown;
    refusal?: unknown;
    reasoning_content?: unknown;
    reasoning?: unknown;
    reasoning_details?: unknown;
    thinking?: unknown;
}

interface Choice {
    delta?: Said | null;
    message?: Said | null;
    text?: unknown;
    finish_reason?: unknown;
    usage?: unknown;
}

interface Wire {
    object?: unknown;
    choices?: unknown;
    usage?: unknown;
    x_groq?: { usage?: unknown } | null;
}

/** What a service says instead of an answer. */
export interface ErrorValue {
    error: object;
}

/**
 * What a value says. Services differ in where they put things: `usage` is in a chunk of its own (OpenAI, Ark), in the
 * last chunk (DeepSeek), or in its choice (Moonshot); `content` is null while a model reasons.
 * @param event name of the event that held the value; empty when it has none
 * @returns undefined for `null`
 * @throws StreamError upstream_malformed
 */
export function readChunk(value: unknown, event: string): Chunk | ErrorValue | undefined {
    if (value === null) return undefined;
    if (typeof value !== "object") throw new StreamError("upstream_malformed", { cause: "no object" });
    const wire = value as Wire;
    const choice = Array.isArray(wire.choices) ? (wire.choices[0] as Choice | null | undefined) : undefined;
    if (event === "error" || saysError(wire, choice)) return { error: value };
    const said = choice?.delta ?? choice?.message;
    const message = choice?.message != null && choice.delta == null;
    const usage = wire.usage ?? choice?.usage ?? wire.x_groq?.usage;
    return {
        text: string(said?.content) || string(said?.refusal) || string(said ? undefined : choice?.text),
        reasoning: said ? reasoningOf(said) : "",
        finish: readFinish(choice?.finish_reason),
        usage: usage && typeof usage === "object" ? readUsage(usage as Record<string, unknown>) : undefined,
        message,
        whole: message && wire.object === "chat.completion",
    };
}

/** The same thought may stand in several fields at once. */
function reasoningOf({ content, reasoning_content, reasoning, reasoning_details, thinking }: Said): string {
    return string(reasoning_content) || string(reasoning) || string(thinking) || parts(reasoning_details, "any") || parts(content, "thoughts");
}

type Wanted = "text" | "thoughts" | "any";

/** Text that is a string or, as Mistral's, a list of parts. */
function string(value: unknown): string {
    return typeof value === "string" ? value : parts(value, "text");
}

function parts(value: unknown, wanted: Wanted): string {
    if (typeof value !== "object" || value === null) return "";
    const list = Array.isArray(value) ? (value as unknown[]) : [value];
    return list.map((part) => partOf(part, wanted)).join("");
}

function partOf(part: unknown, wanted: Wanted): string {
    if (typeof part === "string") return wanted === "thoughts" ? "" : part;
    if (typeof part !== "object" || part === null) return "";
    const { type, text, thinking, reasoning, summary } = part as Record<string, unknown>;
    const thought = typeof type === "string" && /think|thought|reason/.test(type);
    if (wanted !== "any" && thought !== (wanted === "thoughts")) return "";
    return string(text) || string(thinking) || string(reasoning) || string(summary);
}

/** Error fields of services that do not use `error`: DashScope, FastChat and old vLLM, FastAPI, MiniMax, Qianfan, gateways. */
interface ErrorFields {
    error?: unknown;
    errors?: unknown;
    object?: unknown;
    type?: unknown;
    code?: unknown;
    status?: unknown;
    message?: unknown;
    msg?: unknown;
    detail?: unknown;
    error_code?: unknown;
    error_msg?: unknown;
    base_resp?: { status_code?: unknown } | null;
}

function saysError(wire: ErrorFields, choice: Choice | null | undefined): boolean {
    if (there(wire.error)) return true;
    if (choice) return false;
    if (there(wire.errors) || there(wire.detail) || wire.object === "error" || wire.type === "error") return true;
    if (isCode(wire.error_code) || isCode(wire.base_resp?.status_code)) return true;
    if (wire.code === undefined && wire.status === undefined) return typeof wire.message === "string" && wire.object === undefined;
    return isCode(wire.code) || isCode(wire.status);
}

/** Some gateways put an error whose fields are all empty into each chunk. */
const there = (value: unknown): boolean => Boolean(value) && (typeof value !== "object" || Object.values(value as object).some(Boolean));

/** Services count success as 0 or 200, or call it so. */
const isCode = (code: unknown): boolean => code !== undefined && code !== null && !/^(0|2\d\d|ok|success|succeeded|in_progress|)$/i.test(String(code));

function readUsage(usage: Record<string, unknown>): Usage | undefined {
    const details = (usage.completion_tokens_details ?? usage.output_tokens_details) as Record<string, unknown> | null | undefined;
    const read: Usage = {
        inputTokens: count(usage.prompt_tokens) || count(usage.input_tokens),
        outputTokens: count(usage.completion_tokens) || count(usage.output_tokens),
        reasoningTokens: count(details?.reasoning_tokens) || count(usage.reasoning_tokens),
    };
    return read.inputTokens === 0 && read.outputTokens === 0 ? undefined : read;
}

function count(value: unknown): number {
    const number = typeof value === "string" ? Number(value) : value;
    return typeof number === "number" && Number.isFinite(number) && number > 0 ? Math.round(number) : 0;
}

/** The last usage counts, but a service that has counted nothing yet says 0. */
export function laterUsage(before: Usage | undefined, after: Usage): Usage {
    if (!before) return after;
    return {
        inputTokens: after.inputTokens || before.inputTokens,
        outputTokens: after.outputTokens || before.outputTokens,
        reasoningTokens: after.reasoningTokens || before.reasoningTokens,
    };
}
