import type { FastifyBaseLogger } from "fastify";
import { StreamError } from "../errors/errors";
import type { TurnEnd } from "../session/document";
import type { Begun, Sessions } from "../session/sessions";
import type { Answer, ChatMessage, Upstream, Usage } from "../upstream/upstream";
import { estimateUsage } from "../upstream/usage";
import { Reply, type Pace } from "./reply";
import type { Turn } from "./turns";

export interface ChatOptions {
    begun: Begun;
    upstream: Upstream;
    sessions: Sessions;
    log: FastifyBaseLogger;
    /** When the user asked, by `performance.now()`. */
    askedAt: number;
    pace: Pace;
}

/** How a chat's turn went, for logs and metrics; no word of it. Milliseconds are counted from the request. */
export interface ChatReport {
    streamId: string;
    sessionId: string;
    /** "done", "stopped" or the code of the error. */
    end: string;
    cause: string | undefined;
    provider: string;
    model: string;
    finishReason: string | undefined;
    usage: Usage;
    firstReasoningMs: number | undefined;
    firstTextMs: number | undefined;
    ms: number;
}

/**
 * Runs a chat's turn to its end and writes it down in its log. The terminal event comes after the answer is kept: what
 * was told as done is done. Never throws.
 */
export async function runChat(turn: Turn, options: ChatOptions): Promise<ChatReport> {
    const { begun, upstream, sessions, log } = options;
    const { provider, model } = upstream;
    const { sessionId, history, degraded } = begun;
    turn.log.append("start", { streamId: turn.log.streamId, sessionId, messageId: turn.id, provider, model, history, ...(degraded && { degraded }) });
    const reply = new Reply(turn.log, options.askedAt, options.pace);
    const asked: Asked = { provider, model, messages: begun.context };
    let { answer, error } = await ask(turn, reply, asked, options);
    reply.flush();
    const usage = answer?.usage ?? estimateUsage(asked.messages, reply.text, reply.reasoning);
    const end: TurnEnd = {
        reply: reply.text,
        end: error?.code ?? "done",
        endedAt: new Date(),
        provider: answer?.provider ?? asked.provider,
        model: answer?.model ?? asked.model,
        finishReason: answer?.finishReason,
        usage,
    };
    try {
        await sessions.end(begun, end);
    } catch (cause) {
        log.error({ err: cause, streamId: turn.log.streamId }, "the end of a turn could not be kept");
        error = StreamError.of(cause, "reply_not_stored");
    }
    if (error?.code === "internal") log.error({ err: error.cause, streamId: turn.log.streamId }, "a turn failed by a fault of our own");
    if (!error) turn.log.append("done", { finishReason: end.finishReason, usage, provider: end.provider, model: end.model });
    else if (error.code === "draining") turn.log.suspend();
    else turn.log.fail(error.code);
    return {
        streamId: turn.log.streamId,
        sessionId,
        end: error?.code ?? (end.finishReason === "stopped" ? "stopped" : "done"),
        cause: typeof error?.cause === "string" ? error.cause : undefined,
        provider: end.provider!,
        model: end.model!,
        finishReason: end.finishReason,
        usage,
        firstReasoningMs: reply.firstMs.reasoning,
        firstTextMs: reply.firstMs.delta,
        ms: reply.ms,
    };
}

/** Who was asked last, and what. */
interface Asked extends Pick<Answer, "provider" | "model"> {
    messages: ChatMessage[];
}

/** Every end is a value. That the user asked to stop is a good end, with what had come until then. */
async function ask(turn: Turn, reply: Reply, asked: Asked, { begun, upstream }: ChatOptions): Promise<{ answer?: Answer; error?: StreamError }> {
    try {
        const answer = await upstream.answer({
            messages: begun.context,
            requestId: turn.log.streamId,
            signal: turn.signal,
            onPiece: (piece) => reply.add(piece),
            onService: (service) => Object.assign(asked, service),
        });
        return { answer };
    } catch (thrown) {
        const error = StreamError.of(thrown);
        if (error.code !== "stopped") return { error };
        return { answer: { provider: asked.provider, model: asked.model, finishReason: "stopped", usage: undefined } };
    }
}
