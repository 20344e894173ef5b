import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { createBody, MAX_STATE_DEPTH, stateBody, stepBody } from "../agents/requests";
import { viewOf } from "../agents/view";
import { authenticate } from "../auth/token";
import { createOperation, endOperation, readOperation, saveOperation, stepOperation } from "../docs/agents";
import { HttpError } from "../errors/errors";
import type { Service } from "../service";
import { uuidOf } from "../session/ids";
import { Connection } from "./connection";
import { perMinute } from "./limits";
import { chatHeaders, parse } from "./parse";
import { lateLog } from "./streams";

const SESSION = "/api/agents/sessions/:id";
/** Eight agents' instructions, each character written as an escape of six bytes, and some room. */
const CREATE_BYTES = 256 * 1024;
/** A state whose text has blanks and escapes. */
const STATE_BYTES = 256 * 1024;
/** A state is kept as text. One level more is the body's own. */
const STATE = { depth: MAX_STATE_DEPTH + 1, anyKey: true };

interface Session {
    Params: { id: string };
}

/**
 * Sessions of several agents: `POST /api/agents/sessions`; `GET`, `DELETE`, `PUT …/state` and `POST …/steps` of one. All
 * need the database. A step is a turn like a chat's: its stream is resumed and stopped by the same routes.
 */
export function registerAgents(app: FastifyInstance, service: Service): void {
    const { agents, steps, database, settings } = service;
    const limit = () => perMinute(app, settings.CHATS_PER_MINUTE, "too_many_chats", (request) => request.user.sub);

    app.post("/api/agents/sessions", { onRequest: [authenticate, ...limit()], bodyLimit: CREATE_BYTES, config: { operation: createOperation } }, async (request, reply) => {
        const { ttlSeconds = settings.AGENT_SESSION_SECONDS, ...given } = parse(createBody, request.body);
        database.require();
        const session = await agents.create({ userId: request.user.sub, ttlSeconds, ...given });
        return reply.code(201).send(viewOf(session));
    });

    app.get<Session>(SESSION, { onRequest: authenticate, config: { operation: readOperation } }, async (request) => {
        database.require();
        return viewOf(await agents.read(request.user.sub, request.params.id));
    });

    app.put<Session>(`${SESSION}/state`, { onRequest: authenticate, bodyLimit: STATE_BYTES, config: { operation: saveOperation, json: STATE } }, async (request) => {
        const { revision, state } = parse(stateBody, request.body);
        database.require();
        return agents.save(request.user.sub, request.params.id, revision, JSON.stringify(state));
    });

    app.delete<Session>(SESSION, { onRequest: authenticate, config: { operation: endOperation } }, async (request, reply) => {
        database.require();
        const userId = request.user.sub;
        const turnId = await agents.end(userId, request.params.id);
        if (turnId !== undefined) service.turns.find(turnId, userId)?.stop("session_lost");
        return reply.code(204).send();
    });

    app.post<Session>(`${SESSION}/steps`, { onRequest: [authenticate, ...limit()], config: { operation: stepOperation } }, async (request, reply) => {
        const { message } = parse(stepBody, request.body);
        const userId = request.user.sub;
        const sessionId = request.params.id;
        const key = parse(chatHeaders, request.headers)["idempotency-key"];
        const stepId = key === undefined ? randomUUID() : uuidOf("step", userId, sessionId, key);
        const asked = { userId, sessionId, stepId, message };
        const known = steps.find(asked);
        if (!known && service.draining) throw new HttpError("draining", { retryAfter: 1, untouched: true });
        if (!known) database.require();

        const connection = new Connection(service, request, reply);
        try {
            const log = known ?? (await steps.begin(asked, request.log));
            connection.read(log ?? (await lateLog(service, connection, stepId, userId, 0)), 0);
        } catch (error) {
            connection.refuse();
            throw error;
        }
    });
}
