import { StreamError } from "../errors/errors";
import type { ChatMessage, Upstream, Usage } from "../upstream/upstream";

/** Longer than any model's longest answer in practice, and far from what a session's document may still take. */
const MAX_REPLY_CHARS = 256 * 1024;

/** Whoever shows a turn to its user. */
export interface Sink {
    send(type: string, fields: object): void;
}

/** How an answer ended. `reply` is what had come until then; times in milliseconds since the request was made. */
export interface Relayed {
    reply: string;
    finishReason?: string;
    usage?: Usage;
    error?: StreamError;
    firstTokenMs?: number;
    ms: number;
}

/**
 * Relays one answer to a sink, token by token. Never throws: every end is a value.
 * @param signal stops it; its reason is a StreamError
 */
export async function relay(upstream: Upstream, context: ChatMessage[], requestId: string, sink: Sink, signal: AbortSignal): Promise<Relayed> {
    const began = performance.now();
    const since = () => Math.round(performance.now() - began);
    const result: Relayed = { reply: "", ms: 0 };
    try {
        const answer = await upstream.answer({
            messages: context,
            requestId,
            signal,
            onPiece: ({ type, text }) => {
                result.firstTokenMs ??= since();
                if (type === "delta") {
                    if (result.reply.length + text.length > MAX_REPLY_CHARS) throw new StreamError("upstream_too_long");
                    result.reply += text;
                }
                sink.send(type, { delta: text });
            },
        });
        result.finishReason = answer.finishReason;
        result.usage = answer.usage;
    } catch (error) {
        result.error = error instanceof StreamError ? error : new StreamError("internal", { cause: error });
    }
    return { ...result, ms: since() };
}
