import { StreamError } from "../errors/errors";
import type { Piece, Usage } from "./upstream";

interface Chunk {
    choices?: { delta?: { content?: string | null; reasoning_content?: string | null } | null; finish_reason?: string | null }[] | null;
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
export function readChunk(data: string, onError: (body: string) => StreamError): Piece[] {
    const chunk = parse(data);
    if (chunk.error) throw onError(data);
    const pieces: Piece[] = [];
    const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
    const { content, reasoning_content: reasoning } = choice?.delta ?? {};
    if (typeof reasoning === "string" && reasoning !== "") pieces.push({ type: "reasoning", text: reasoning });
    if (typeof content === "string" && content !== "") pieces.push({ type: "delta", text: content });
    if (typeof choice?.finish_reason === "string") pieces.push({ type: "finish", reason: choice.finish_reason });
    if (chunk.usage && typeof chunk.usage === "object") pieces.push({ type: "usage", usage: readUsage(chunk.usage) });
    return pieces;
}

function readUsage(usage: NonNullable<Chunk["usage"]>): Usage {
    return {
        inputTokens: usage.prompt_tokens ?? 0,
        outputTokens: usage.completion_tokens ?? 0,
        reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    };
}

function parse(data: string): Chunk {
    try {
        const value: unknown = JSON.parse(data);
        if (value && typeof value === "object") return value as Chunk;
    } catch (error) {
        throw new StreamError("upstream_malformed", { cause: error });
    }
    throw new StreamError("upstream_malformed");
}
