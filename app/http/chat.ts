import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { authenticate } from "../auth/token";
import { chatOperation } from "../docs/chat";
import { HttpError } from "../errors/errors";
import type { Service } from "../service";
import { questionOf, uuidOf } from "../session/ids";
import type { Question } from "../session/sessions";
import { runChat } from "../turn/chat";
import type { TurnLog } from "../turn/log";
import { Once } from "../turn/once";
import type { Turn } from "../turn/turns";
import { Connection } from "./connection";
import { perMinute } from "./limits";
import { chatBody, chatHeaders, parse } from "./parse";
import { lateLog } from "./streams";

/**
 * `POST /api/chat {sessionId?, message, after?}` → server-sent events: `start`, `reasoning` and `delta` …, `done` or
 * `error`, then `[DONE]`. Whatever can be refused is refused before the first byte, as JSON with a status. The same
 * `Idempotency-Key` again gives the same turn, wherever it is; with another message it is refused.
 */
export function registerChat(app: FastifyInstance, service: Service): void {
    const limit = perMinute(app, service.settings.CHATS_PER_MINUTE, "too_many_chats", (request) => request.user.sub);
    const beginning = new Once<BegunTurn>();

    app.post("/api/chat", { onRequest: [authenticate, ...limit], config: { operation: chatOperation } }, async (request, reply) => {
        const body = parse(chatBody, request.body);
        const userId = request.user.sub;
        const key = parse(chatHeaders, request.headers)["idempotency-key"];
        const turnId = key === undefined ? randomUUID() : uuidOf("turn", userId, key);
        // A repeated message has to find the session that it made.
        const sessionId = body.sessionId ?? (key === undefined ? randomUUID() : uuidOf("session", turnId));
        const question = questionOf(sessionId, body.message);
        const running = service.turns.find(turnId, userId);
        if (running) requireSame(running, question);
        if (!running && service.draining) throw new HttpError("draining", { retryAfter: 1, untouched: true });

        const connection = new Connection(service, request, reply);
        try {
            const asked = { ...body, sessionId, fresh: body.sessionId === undefined, turnId, repeatable: key !== undefined, elsewhere: request.elsewhere };
            const turn = running ?? (await beginning.do(turnId, () => service.turns.reserve(() => beginTurn(service, request, asked))));
            requireSame(turn, question);
            connection.read(turn.log ?? (await lateLog(service, connection, turnId, userId, 0)), 0);
        } catch (error) {
            connection.refuse();
            throw error;
        }
    });
}

/** A turn that was begun, here or elsewhere: what was asked, and its stream if it is here. */
interface BegunTurn {
    question: string;
    log?: TurnLog;
}

/** Whoever waits for the first request of a key joins its turn: only if both ask the same. */
function requireSame(turn: BegunTurn, question: string): void {
    if (turn.question !== question) throw new HttpError("idempotency_key_reused");
}

/** Begins a turn, unless it was begun before and is not here. */
async function beginTurn(service: Service, request: FastifyRequest, asked: Omit<Question, "userId">): Promise<BegunTurn> {
    const userId = request.user.sub;
    const askedAt = performance.now();
    const question = questionOf(asked.sessionId, asked.message);
    const begun = await service.sessions.begin({ userId, ...asked });
    if (!begun) return { question };
    const work = async (turn: Turn) => {
        const { upstream, sessions } = service;
        const metrics = service.metrics.ofUser(userId);
        const report = await runChat(turn, { begun, upstream, sessions, log: request.log, askedAt, pace: metrics });
        metrics.turnEnded("chat", report);
        metrics.used(report.provider, report.model, report.usage);
        request.log.info(report, "turn");
    };
    return service.turns.run(userId, asked.turnId, work, question);
}
