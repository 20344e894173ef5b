import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { authenticate } from "../auth/token";
import { chatOperation } from "../docs/chat";
import { HttpError, StreamError } from "../errors/errors";
import type { Service } from "../service";
import { EventStream } from "../sse/stream";
import { runTurn } from "../turn/turn";
import { hijackedHeaders } from "./headers";
import { perMinute } from "./limits";
import { chatBody, parse } from "./parse";

/**
 * `POST /api/chat {sessionId?, message}` → server-sent events: `start`, `reasoning` and `delta` …, `done` or `error`,
 * then `[DONE]`. Whatever can be refused is refused before the first byte, as JSON with a status.
 */
export function registerChat(app: FastifyInstance, service: Service): void {
    const limit = perMinute(app, service.settings.CHATS_PER_MINUTE, "too_many_chats", (request) => request.user.sub);
    app.post("/api/chat", { onRequest: [authenticate, ...limit], config: { operation: chatOperation } }, async (request, reply) => {
        const { sessionId: asked, message } = parse(chatBody, request.body);
        if (service.draining) throw new HttpError("draining", { retryAfter: 1, untouched: true });
        service.database.require();

        const userId = request.user.sub;
        const turnId = randomUUID();
        const streamId = `s_${randomUUID().replaceAll("-", "")}`;
        const stop = new AbortController();
        const place = service.streams.admit(userId, (code) => stop.abort(new StreamError(code)));
        try {
            const { sessionId, context } = await service.sessions.begin(userId, asked, turnId, message);
            place.take();
            reply.hijack();
            const out = new EventStream(reply.raw, {
                streamId,
                headers: hijackedHeaders(reply),
                heartbeatMs: service.settings.HEARTBEAT_SECONDS * 1000,
                onGone: () => place.disconnected(),
            });
            const { upstream, sessions } = service;
            await runTurn(out, { streamId, sessionId, turnId, context, upstream, sessions, log: request.log, signal: stop.signal });
        } finally {
            place.release();
        }
    });
}
