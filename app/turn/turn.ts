import type { FastifyBaseLogger } from "fastify";
import { StreamError } from "../errors/errors";
import type { SessionStore } from "../session/store";
import type { EventStream } from "../sse/stream";
import type { ChatMessage, Upstream } from "../upstream/upstream";
import { relay } from "./relay";

export interface TurnOptions {
    streamId: string;
    sessionId: string;
    turnId: string;
    context: ChatMessage[];
    upstream: Upstream;
    sessions: SessionStore;
    log: FastifyBaseLogger;
    signal: AbortSignal;
}

/**
 * Runs one turn to its end. The service owns the turn: a client that goes away does not stop it, so its answer is there
 * when the client comes back. The last event is sent after the answer is stored: what was told as done is kept.
 */
export async function runTurn(out: EventStream, options: TurnOptions): Promise<void> {
    const { streamId, sessionId, turnId, upstream, sessions, log } = options;
    out.send("start", { streamId, sessionId, messageId: turnId, model: upstream.model, provider: upstream.provider });
    const relayed = await relay(upstream, options.context, streamId, out, options.signal);
    let error = relayed.error;
    try {
        await sessions.end(sessionId, turnId, relayed.reply, error?.code ?? "done");
    } catch (cause) {
        log.error({ err: cause, streamId }, "the end of a turn could not be stored");
        error ??= new StreamError("reply_not_stored", { cause });
    }
    if (error?.code === "internal") log.error({ err: error.cause, streamId }, "a turn failed by a fault of our own");
    if (error) out.fail(error);
    else out.send("done", { finishReason: relayed.finishReason, usage: relayed.usage });
    out.finish();
    log.info(
        {
            streamId,
            sessionId,
            end: error?.code ?? "done",
            cause: typeof error?.cause === "string" ? error.cause : undefined,
            finishReason: relayed.finishReason,
            usage: relayed.usage,
            firstTokenMs: relayed.firstTokenMs,
            ms: relayed.ms,
        },
        "turn",
    );
}
