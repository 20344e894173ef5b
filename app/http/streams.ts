import type { FastifyInstance, FastifyRequest } from "fastify";
import { authenticate } from "../auth/token";
import { resumeOperation, stopOperation } from "../docs/streams";
import { asStreamErrorCode, HttpError } from "../errors/errors";
import { tellLate } from "../agents/tell";
import { LOST } from "../journal/held";
import type { Service } from "../service";
import type { Turn as StoredTurn } from "../session/document";
import { streamHeaders, streamIdOf, turnIdOf } from "../sse/frame";
import { TurnLog } from "../turn/log";
import type { Turn } from "../turn/turns";
import { Connection } from "./connection";
import { parse, resumeQuery } from "./parse";

/** How often the database is asked whether a turn of another instance is over. */
const LOOK_EVERY_MS = 1_000;
/** What a turn may take besides its answer: to be begun, and for its end to be kept. */
const MARGIN_MS = 60_000;

interface Stream {
    Params: { streamId: string };
}

/**
 * `GET /api/chat/streams/:streamId` with `Last-Event-ID` or `?starting_after=` → the events after that one, and those
 * that come; 204 when there are none and none will come. `POST /api/chat/streams/:streamId/stop` → `{streamId, stopped}`.
 */
export function registerStreams(app: FastifyInstance, service: Service): void {
    const path = "/api/chat/streams/:streamId";
    // HEAD has a route of its own below: Fastify's would run this one, and take the reader's place.
    app.get<Stream>(path, { onRequest: authenticate, exposeHeadRoute: false, config: { operation: resumeOperation } }, async (request, reply) => {
        const { turn, turnId, after, over } = asked(service, request);
        if (over) {
            service.metrics.resumed("nothing_left");
            return reply.code(204).send();
        }
        const connection = new Connection(service, request, reply);
        try {
            connection.read(turn?.log ?? (await lateLog(service, connection, turnId, request.user.sub, after)), after);
            service.metrics.resumed(turn ? "memory" : "database");
        } catch (error) {
            connection.refuse();
            throw error;
        }
        return reply;
    });

    /** Answers as a GET would, and has no effect (RFC 9110, 9.2.1 and 9.3.2). */
    app.head<Stream>(path, { onRequest: authenticate, config: { operation: "hidden" } }, async (request, reply) => {
        const { turn, turnId, over } = asked(service, request);
        if (over) return reply.code(204).send();
        const userId = request.user.sub;
        service.connections.requireRoom({ userId });
        if (!turn) await stored(service, turnId, userId);
        return reply.headers(streamHeaders(request.params.streamId)).send();
    });

    app.post<Stream>("/api/chat/streams/:streamId/stop", { onRequest: authenticate, config: { operation: stopOperation } }, async (request) => {
        const { streamId } = request.params;
        const turnId = turnOf(streamId);
        const turn = service.turns.find(turnId, request.user.sub);
        if (turn) {
            const stopped = service.turns.isRunning(turn) && !turn.signal.aborted;
            if (stopped) turn.stop("stopped");
            return { streamId, stopped };
        }
        if (!(await stored(service, turnId, request.user.sub)).over) throw new HttpError("stream_elsewhere");
        return { streamId, stopped: false };
    });
}

/**
 * What a request for a stream asks for: a turn, in memory if it is here, from after an event on. `over`: it has read all.
 * @throws HttpError stream_not_found, invalid_request
 */
function asked(service: Service, request: FastifyRequest<Stream>): { turnId: string; turn: Turn | undefined; after: number; over: boolean } {
    const { streamId } = request.params;
    const turnId = turnOf(streamId);
    const after = position(request, streamId);
    const turn = service.turns.find(turnId, request.user.sub);
    if (turn && after > turn.log.last) throw new HttpError("invalid_request", { message: "starting_after: there is no such event yet" });
    return { turnId, turn, after, over: turn?.log.ended === true && after === turn.log.last };
}

/** A turn as it is kept, of a chat or of a session of agents. */
interface Kept {
    /** It has ended, or whoever gave its answer is gone. */
    over: boolean;
    /** Writes it as a late reader gets it. */
    tell: (log: TurnLog) => void;
}

/**
 * The stream of a turn that is not in this instance's memory. What is kept of it comes as one message, which replaces
 * what the client has; where it is being answered elsewhere, its end is awaited.
 * @param after what the client has seen; the events here are numbered after it
 * @throws HttpError stream_not_found (also when it is another user's), database_unavailable
 */
export async function lateLog(service: Service, connection: Connection, turnId: string, userId: string, after: number): Promise<TurnLog> {
    const log = new TurnLog(streamIdOf(turnId), after);
    const turn = await stored(service, turnId, userId);
    if (turn.over) turn.tell(log);
    else void awaitEnd(service, connection, log, turnId, userId);
    return log;
}

async function awaitEnd(service: Service, connection: Connection, log: TurnLog, turnId: string, userId: string): Promise<void> {
    while (!log.ended && connection.open) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS).unref());
        if (service.draining) return log.suspend();
        const now = await stored(service, turnId, userId).catch((error: unknown) => (isGone(error) ? gone : undefined));
        if (now?.over) now.tell(log);
    }
}

/** A session that was ended while its turn was waited for. */
const gone: Kept = { over: true, tell: (log) => log.fail("session_lost") };
const isGone = (error: unknown): boolean => error instanceof HttpError && error.code === "stream_not_found";

async function stored(service: Service, turnId: string, userId: string): Promise<Kept> {
    const turn = await service.sessions.find(turnId, userId);
    if (turn) {
        const lostAt = turn.at.getTime() + service.settings.UPSTREAM_TOTAL_SECONDS * 1000 + MARGIN_MS;
        const end = turn.end ?? (Date.now() > lostAt ? LOST : undefined);
        return { over: end !== undefined, tell: (log) => tell(log, { ...turn, end }) };
    }
    const found = await service.agents.find(userId, turnId);
    if (!found) throw new HttpError("stream_not_found");
    return { over: !found.running, tell: (log) => tellLate(log, found.agents, found.step, service.upstream) };
}

function tell(log: TurnLog, { reply, end, finishReason, usage, provider, model }: StoredTurn): void {
    if (reply) log.append("message", { content: reply });
    if (end === "done") return log.append("done", { finishReason, usage, provider, model });
    log.fail(asStreamErrorCode(end) ?? "internal");
}

function turnOf(streamId: string): string {
    const turnId = turnIdOf(streamId);
    if (turnId === undefined) throw new HttpError("stream_not_found");
    return turnId;
}

/** The number of the last event that the client has: the query's, for one that cannot set headers, else the header's. */
function position(request: Pick<FastifyRequest, "query" | "headers">, streamId: string): number {
    const { starting_after: asked } = parse(resumeQuery, request.query);
    const header = request.headers["last-event-id"];
    if (asked !== undefined || header === undefined || header === "") return asked ?? 0;
    const seq = typeof header === "string" && header.startsWith(`${streamId}.`) ? header.slice(streamId.length + 1) : "";
    if (!/^\d{1,9}$/.test(seq)) throw new HttpError("invalid_request", { message: "Last-Event-ID: is no event of this stream" });
    return Number(seq);
}
