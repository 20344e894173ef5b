import { StreamError } from "../errors/errors";
import type { Usage } from "./upstream";

/** What one `data:` line says. Empty text is text that is not there. */
export interface Chunk {
    text: string;
    reasoning: string;
    finishReason: string | undefined;
    usage: Usage | undefined;
}

interface Wire {
    choices?: { delta?: { content?: unknown; reasoning_content?: unknown } | null; finish_reason?: unknown }[] | null;
    usage?: {
        prompt_tokens?: number;
        completion_tokens?: number;
        completion_tokens_details?: { reasoning_tokens?: number } | null;
    } | null;
    error?: unknown;
}

/**
 * What one `data:` line of an OpenAI-style stream says. The services differ in where they put things: `usage` stands on
 * a chunk of its own (OpenAI, Ark) or on the last one with a choice (DeepSeek); `content` is null while a model reasons.
 * @param data the text after `data:`, never `[DONE]`
 * @param onError maps the body of an error that comes inside a stream of status 200
 * @throws StreamError upstream_malformed, or what `onError` gives
 */
export function readChunk(data: string, onError: (body: string) => StreamError): Chunk {
    const wire = parse(data);
    if (wire.error) throw onError(data);
    const choice = Array.isArray(wire.choices) ? wire.choices[0] : undefined;
    const delta = choice?.delta;
    const finish = choice?.finish_reason;
    return {
        text: string(delta?.content),
        reasoning: string(delta?.reasoning_content),
        finishReason: typeof finish === "string" ? finish : undefined,
        usage: wire.usage && typeof wire.usage === "object" ? readUsage(wire.usage) : undefined,
    };
}

function readUsage(usage: NonNullable<Wire["usage"]>): Usage {
    return {
        inputTokens: usage.prompt_tokens ?? 0,
        outputTokens: usage.completion_tokens ?? 0,
        reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    };
}

const string = (value: unknown): string => (typeof value === "string" ? value : "");

function parse(data: string): Wire {
    try {
        const value: unknown = JSON.parse(data);
        if (value && typeof value === "object") return value as Wire;
    } catch (error) {
        throw new StreamError("upstream_malformed", { cause: error });
    }
    throw new StreamError("upstream_malformed");
}
