import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { authenticate } from "../auth/token";
import { chatOperation } from "../docs/chat";
import { HttpError } from "../errors/errors";
import type { Service } from "../service";
import { uuidOf } from "../session/ids";
import { runChat } from "../turn/chat";
import { Once } from "../turn/once";
import type { Turn } from "../turn/turns";
import { Connection } from "./connection";
import { perMinute } from "./limits";
import { chatBody, chatHeaders, parse } from "./parse";
import { lateLog } from "./streams";

/**
 * `POST /api/chat {sessionId?, message, after?}` → server-sent events: `start`, `reasoning` and `delta` …, `done` or
 * `error`, then `[DONE]`. Whatever can be refused is refused before the first byte, as JSON with a status. The same
 * `Idempotency-Key` again gives the same turn, wherever it is.
 */
export function registerChat(app: FastifyInstance, service: Service): void {
    const limit = perMinute(app, service.settings.CHATS_PER_MINUTE, "too_many_chats", (request) => request.user.sub);
    const beginning = new Once<Turn | undefined>();

    app.post("/api/chat", { onRequest: [authenticate, ...limit], config: { operation: chatOperation } }, async (request, reply) => {
        const body = parse(chatBody, request.body);
        const userId = request.user.sub;
        const key = parse(chatHeaders, request.headers)["idempotency-key"];
        const turnId = key === undefined ? randomUUID() : uuidOf("turn", userId, key);
        const running = service.turns.find(turnId, userId);
        if (!running && service.draining) throw new HttpError("draining", { retryAfter: 1, untouched: true });

        const connection = new Connection(service, request, reply);
        try {
            const question = { ...body, turnId, repeatable: key !== undefined, elsewhere: request.elsewhere };
            const turn = running ?? (await beginning.do(turnId, () => service.turns.reserve(() => beginTurn(service, request, question))));
            connection.read(turn?.log ?? (await lateLog(service, connection, turnId, userId, 0)), 0);
        } catch (error) {
            connection.refuse();
            throw error;
        }
    });
}

interface Question {
    sessionId?: string;
    message: string;
    after?: string;
    turnId: string;
    repeatable: boolean;
    elsewhere: boolean;
}

/** Begins a turn; undefined when it was begun before and is not here. */
async function beginTurn(service: Service, request: FastifyRequest, question: Question): Promise<Turn | undefined> {
    const userId = request.user.sub;
    const askedAt = performance.now();
    const begun = await service.sessions.begin({ userId, ...question });
    if (!begun) return undefined;
    return service.turns.run(userId, question.turnId, async (turn) => {
        const { upstream, sessions, metrics } = service;
        const report = await runChat(turn, { begun, upstream, sessions, log: request.log, askedAt, pace: metrics });
        metrics.turnEnded("chat", report);
        metrics.used(report.provider, report.model, report.usage);
        request.log.info(report, "turn");
    });
}
