import { randomUUID } from "node:crypto";
import { MongoServerError, type Collection, type Db } from "mongodb";
import type { Database } from "../database/database";
import { KEPT, OPERATION_MS } from "../database/guard";
import { HttpError, StreamError } from "../errors/errors";
import type { Agent, AgentSession, Lease, Step } from "./document";
import { begun, created, kept, living, released, renewed, saved, type NewSession, type NewWords, type StepEnd } from "./updates";

const COLLECTION = "multi_agent_sessions";
/** Steps that come along when one begins, for the agents to be shown. */
const CONTEXT_STEPS = 10;
/** Seconds. */
export const BUSY_RETRY_AFTER = 2;
/** The index is there with other options. The pilot makes it anew; what has expired is not shown meanwhile. */
const INDEX_CONFLICTS = [85, 86];

/** A session of whose document only the newest steps were read. */
export type Recent = Pick<AgentSession, "sessionId" | "userId" | "agents" | "rounds" | "steps">;

/** The right to go on with a step, of one instance. */
export interface Held {
    session: Recent;
    step: Step;
    lease: Lease;
}

/** What a request for a step finds: it may run it; it is over; or somebody, maybe this instance, runs it now. */
export type BegunStep = { as: "held"; held: Held } | { as: "ended"; session: Recent; step: Step } | { as: "running"; turn: string };

export interface FoundStep {
    agents: Agent[];
    step: Step;
    running: boolean;
}

type Found = Recent & Pick<AgentSession, "lease"> & { asked: Step[]; busy: boolean };

/**
 * Sessions of several agents, one document each: a step costs one round trip before its first token and one after each
 * agent. Every function answers `session_not_found` for a session of somebody else or that has expired, and
 * `database_unavailable`; the journal is for chats, a step does not run without the database.
 */
export class AgentSessions {
    /** How often something of a session was kept: a user's message, an agent's words, a client's state. */
    saves = 0;
    private readonly sessions: Collection<AgentSession>;

    constructor(private readonly database: Pick<Database, "db" | "run">) {
        this.sessions = database.db.collection<AgentSession>(COLLECTION, KEPT);
    }

    /** The indexes, where no pilot makes them; a step is found by a turn of its own when a reader comes back, in any region. */
    static async prepare(db: Db): Promise<void> {
        const conflict = (error: unknown) => {
            if (!(error instanceof MongoServerError && INDEX_CONFLICTS.includes(Number(error.code)))) throw error;
        };
        await db.collection(COLLECTION).createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 }).catch(conflict);
        await db.collection(COLLECTION).createIndex({ sessionId: 1, userId: 1 }).catch(conflict);
        await db.collection(COLLECTION).createIndex({ "steps.turns": 1 }).catch(conflict);
    }

    async create(given: Omit<NewSession, "sessionId">): Promise<AgentSession> {
        const sessionId = randomUUID();
        const options = { upsert: true, returnDocument: "after", maxTimeMS: OPERATION_MS } as const;
        return (await this.database.run(() => this.sessions.findOneAndUpdate({ _id: sessionId }, created({ sessionId, ...given }), options)))!;
    }

    async read(userId: string, sessionId: string): Promise<AgentSession> {
        return found(await this.database.run(() => this.sessions.findOne(living(userId, sessionId), { maxTimeMS: OPERATION_MS })));
    }

    /**
     * Keeps the user's message and takes the lease, in one round trip. The same step again is the same step.
     * @throws HttpError session_busy when another step runs, session_full, idempotency_key_reused when the step has another message
     */
    async begin(userId: string, sessionId: string, id: string, message: string): Promise<BegunStep> {
        const nonce = randomUUID();
        const projection = {
            ...{ _id: 0, sessionId: 1, userId: 1, agents: 1, rounds: 1, lease: 1 },
            steps: { $slice: ["$steps", -CONTEXT_STEPS] },
            busy: { $gt: ["$lease.until", "$$NOW"] },
            asked: { $filter: { input: "$steps", cond: { $eq: ["$$this.id", id] } } },
        };
        const options = { returnDocument: "after", projection, maxTimeMS: OPERATION_MS } as const;
        const update = begun({ id, message, nonce });
        const { lease, busy, asked, ...session } = found(
            await this.database.run(() => this.sessions.findOneAndUpdate(living(userId, sessionId), update, options) as Promise<Found | null>),
        );
        const [step] = asked;
        if (step && step.message !== message) throw new HttpError("idempotency_key_reused");
        if (step && lease?.nonce === nonce) {
            if (lease.turn === id) this.saves += 1;
            return { as: "held", held: { session, step, lease } };
        }
        if (step?.end) return { as: "ended", session, step };
        if (step) return { as: "running", turn: lease!.turn };
        throw busy ? new HttpError("session_busy", { retryAfter: BUSY_RETRY_AFTER }) : new HttpError("session_full");
    }

    /** A step by the id of one of its turns, whichever session it is in. */
    async find(userId: string, turnId: string): Promise<FoundStep | undefined> {
        const projection = {
            ...{ _id: 0, agents: 1, lease: 1 },
            busy: { $gt: ["$lease.until", "$$NOW"] },
            asked: { $filter: { input: "$steps", cond: { $in: [turnId, "$$this.turns"] } } },
        };
        const options = { projection, maxTimeMS: OPERATION_MS };
        const filter = { userId, "steps.turns": turnId, $expr: { $gt: ["$expiresAt", "$$NOW"] } };
        const document = (await this.database.run(() => this.sessions.findOne(filter, options))) as Found | null;
        const step = document?.asked[0];
        return step && { agents: document!.agents, step, running: document!.busy && document!.lease?.step === step.id };
    }

    /**
     * Keeps what an agent said; with an `end` the step is over.
     * @throws StreamError session_lost when the session is gone or another instance has taken the step over
     * @throws HttpError database_unavailable
     */
    async keep(held: Held, place: number, words: NewWords | undefined, end?: StepEnd): Promise<void> {
        await this.change(held, kept(place, words, end));
        if (words) this.saves += 1;
    }

    /** @throws as `keep` does */
    renew(held: Held): Promise<void> {
        return this.change(held, renewed());
    }

    /** @throws as `keep` does */
    release(held: Held): Promise<void> {
        return this.change(held, released());
    }

    /**
     * Keeps the client's state.
     * @param revision the newest that the client has seen
     * @param state JSON text
     * @throws HttpError revision_conflict when it is another one by now
     */
    async save(userId: string, sessionId: string, revision: number, state: string): Promise<Pick<AgentSession, "revision" | "expiresAt">> {
        const options = { returnDocument: "after", projection: { revision: 1, expiresAt: 1 }, maxTimeMS: OPERATION_MS } as const;
        const done = await this.database.run(() => this.sessions.findOneAndUpdate({ ...living(userId, sessionId), revision }, saved(state), options));
        if (done) {
            this.saves += 1;
            return { revision: done.revision, expiresAt: done.expiresAt };
        }
        const projection = { revision: 1, expiresAt: 1, state: 1 };
        const there = found(await this.database.run(() => this.sessions.findOne(living(userId, sessionId), { projection, maxTimeMS: OPERATION_MS })));
        // The same request again, whose first answer was lost.
        if (there.revision === revision + 1 && there.state === state) return { revision: there.revision, expiresAt: there.expiresAt };
        throw new HttpError("revision_conflict");
    }

    /**
     * Ends a session, with all that was said in it.
     * @returns the turn that ran in it, at this instance or another
     */
    async end(userId: string, sessionId: string): Promise<string | undefined> {
        const options = { projection: { lease: 1 }, maxTimeMS: OPERATION_MS } as const;
        return found(await this.database.run(() => this.sessions.findOneAndDelete(living(userId, sessionId), options))).lease?.turn;
    }

    /** Sessions that have not expired, of all users and regions. */
    count(): Promise<number> {
        return this.database.run(() => this.sessions.countDocuments({ expiresAt: { $gt: new Date() } }, { maxTimeMS: OPERATION_MS }));
    }

    private async change({ session: { userId, sessionId }, lease }: Held, update: object[]): Promise<void> {
        const mine = { sessionId, userId, "lease.nonce": lease.nonce };
        const { matchedCount } = await this.database.run(() => this.sessions.updateOne(mine, update, { maxTimeMS: OPERATION_MS }));
        if (matchedCount === 0) throw new StreamError("session_lost");
    }
}

function found<T>(document: T | null): T {
    if (document === null) throw new HttpError("session_not_found");
    return document;
}
