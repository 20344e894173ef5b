import type { FastifyInstance } from "fastify";
import { createBody, MAX_STATE_DEPTH, stateBody } from "../agents/requests";
import { viewOf } from "../agents/view";
import { authenticate } from "../auth/token";
import { createOperation, endOperation, readOperation, saveOperation } from "../docs/agents";
import type { Service } from "../service";
import { parse } from "./parse";

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

/** Sessions of several agents: `POST /api/agents/sessions`; `GET`, `DELETE` and `PUT …/state` of one. All need the database. */
export function registerAgents(app: FastifyInstance, service: Service): void {
    const { agents, database, settings } = service;

    app.post("/api/agents/sessions", { onRequest: authenticate, bodyLimit: CREATE_BYTES, config: { operation: createOperation } }, async (request, reply) => {
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
        await agents.end(request.user.sub, request.params.id);
        return reply.code(204).send();
    });
}
