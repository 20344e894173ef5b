import { MongoServerError, type Collection, type Db } from "mongodb";
import { DUPLICATE_KEY, KEPT, OPERATION_MS } from "../database/guard";
import type { Database } from "../database/database";
import { HttpError } from "../errors/errors";
import { LOST } from "../journal/held";
import { messagesOf, type Conversation, type StoredMessage, type Turn, type TurnEnd } from "./document";

/** Turns shown to the model before the new one: 20 messages. */
export const CONTEXT_TURNS = 10;
/** Some 700,000 Chinese characters. A document may hold 16 MB, but each turn has mongod read and write the whole of it. */
export const MAX_BYTES = 2 * 1024 * 1024;

/** A stretch of a conversation: at most `limit` turns, the newest ones or those before the turn of this number. */
export interface Page {
    limit: number;
    /** Turns count from 0; they are only ever added, so a number stays a turn's own. */
    before?: number;
}

export interface Asked {
    userId: string;
    sessionId: string;
    /** The session is made by this turn. */
    fresh: boolean;
    turnId: string;
    message: string;
    at: Date;
    /** The turn's id comes from a key that its client may have used before. */
    repeatable: boolean;
}

/** Conversations, one document each, so that a turn costs one round trip before its first token and one after its last. */
export class SessionStore {
    private readonly conversations: Collection<Conversation>;

    constructor(private readonly database: Database) {
        this.conversations = database.db.collection<Conversation>("conversations", KEPT);
    }

    /** A turn is found by its own id when a reader comes back, in any region, and when its message is repeated. */
    static async prepare(db: Db): Promise<void> {
        await db.collection("conversations").createIndex({ "turns.id": 1 });
    }

    /**
     * Keeps a user's message and gives the newest turns with it, in one round trip.
     * @returns undefined when this very turn is there already
     * @throws HttpError session_not_found (also when it is another user's), session_full, idempotency_key_reused, database_unavailable
     */
    async begin(asked: Asked): Promise<Turn[] | undefined> {
        const { sessionId, userId, turnId } = asked;
        // Beside each other: it is not worth a round trip of its own.
        const [found, taken] = await Promise.all([this.add(asked), asked.repeatable && this.isElsewhere(asked)]);
        if (taken) {
            if (found) await this.takeBack(asked);
            throw new HttpError("idempotency_key_reused");
        }
        if (found) return found.turns;
        const there = await this.look(sessionId, userId, turnId);
        if (!there) throw new HttpError("session_not_found");
        const [turn] = there.turns ?? [];
        if (!turn) throw new HttpError("session_full");
        if (turn.message !== asked.message) throw new HttpError("idempotency_key_reused");
        return undefined;
    }

    private add({ userId, sessionId, fresh, turnId, message, at }: Asked): Promise<Pick<Conversation, "turns"> | null> {
        return this.database.run(() =>
            this.conversations.findOneAndUpdate(
                { _id: sessionId, userId, bytes: { $lt: MAX_BYTES }, "turns.id": { $ne: turnId } },
                {
                    $push: { turns: { id: turnId, message, at } },
                    $inc: { bytes: Buffer.byteLength(message) },
                    $set: { updatedAt: at },
                    $setOnInsert: { createdAt: at },
                },
                { upsert: fresh, returnDocument: "after", projection: { turns: { $slice: -(CONTEXT_TURNS + 1) } }, maxTimeMS: OPERATION_MS },
            ).catch(unlessThere),
        );
    }

    /** Whether the turn is in another session of its user. */
    private async isElsewhere({ userId, sessionId, turnId }: Asked): Promise<boolean> {
        const options = { projection: { _id: 1 }, maxTimeMS: OPERATION_MS };
        return (await this.database.run(() => this.conversations.findOne({ "turns.id": turnId, userId, _id: { $ne: sessionId } }, options))) !== null;
    }

    /** Undoes `add`, and the session that it made. */
    private async takeBack({ userId, sessionId, turnId, message }: Asked): Promise<void> {
        const taken = { $pull: { turns: { id: turnId } }, $inc: { bytes: -Buffer.byteLength(message) } };
        await this.database.run(() => this.conversations.updateOne({ _id: sessionId, userId, "turns.id": turnId }, taken, { maxTimeMS: OPERATION_MS }));
        await this.database.run(() => this.conversations.deleteOne({ _id: sessionId, userId, turns: { $size: 0 } }, { maxTimeMS: OPERATION_MS }));
    }

    /**
     * Keeps a turn's end; does nothing where it has one, unless it was only thought to be lost.
     * @throws HttpError database_unavailable
     */
    async end(sessionId: string, turnId: string, end: TurnEnd): Promise<void> {
        const fields = Object.entries(end).filter(([, value]) => value !== undefined);
        await this.database.run(() =>
            this.conversations.updateOne(
                { _id: sessionId, turns: { $elemMatch: { id: turnId, end: { $in: [null, LOST] } } } },
                {
                    $set: { ...Object.fromEntries(fields.map(([name, value]) => [`turns.$.${name}`, value])), updatedAt: end.endedAt },
                    $inc: { bytes: Buffer.byteLength(end.reply) },
                },
                { maxTimeMS: OPERATION_MS },
            ),
        );
    }

    /**
     * Brings in a turn that was kept elsewhere while the database was away, at its place in time. Does nothing where the
     * turn is there already.
     * @returns false when the session belongs to somebody else
     * @throws HttpError database_unavailable
     */
    async restore(sessionId: string, userId: string, turn: Turn): Promise<boolean> {
        const bytes = Buffer.byteLength(turn.message) + Buffer.byteLength(turn.reply ?? "");
        const result = await this.database.run(() =>
            this.conversations.updateOne(
                { _id: sessionId, userId, "turns.id": { $ne: turn.id } },
                {
                    $push: { turns: { $each: [turn], $sort: { at: 1 } } },
                    $inc: { bytes },
                    $max: { updatedAt: turn.at },
                    $setOnInsert: { createdAt: turn.at },
                },
                { upsert: true, maxTimeMS: OPERATION_MS },
            ).catch(unlessThere),
        );
        return result !== null || (await this.look(sessionId, userId, turn.id)) !== null;
    }

    /**
     * A turn by its id, whichever session it is in.
     * @throws HttpError database_unavailable
     */
    async turn(turnId: string, userId: string): Promise<Turn | undefined> {
        const options = { projection: { turns: { $elemMatch: { id: turnId } } }, maxTimeMS: OPERATION_MS };
        const found = await this.database.run(() => this.conversations.findOne({ "turns.id": turnId, userId }, options));
        return found?.turns[0];
    }

    /**
     * A page of a conversation; `first` is the number of its first turn, so there are older ones unless it is 0.
     * @throws HttpError session_not_found (also when it is another user's), database_unavailable
     */
    async messages(userId: string, sessionId: string, { limit, before }: Page): Promise<{ messages: StoredMessage[]; first: number }> {
        const from = before === undefined ? undefined : Math.max(0, before - limit);
        const turns = { $slice: from === undefined ? ["$turns", -limit] : ["$turns", from, before! - from] };
        const options = { projection: { turns, count: { $size: "$turns" } }, maxTimeMS: OPERATION_MS };
        const found = await this.database.run(() => this.conversations.findOne<Conversation & { count: number }>({ _id: sessionId, userId }, options));
        if (!found) throw new HttpError("session_not_found");
        return { messages: messagesOf(found.turns), first: from ?? Math.max(0, found.count - limit) };
    }

    /** Whether the session is this user's, and the turn in it. */
    private look(sessionId: string, userId: string, turnId: string): Promise<Partial<Conversation> | null> {
        const options = { projection: { turns: { $elemMatch: { id: turnId } } }, maxTimeMS: OPERATION_MS };
        return this.database.run(() => this.conversations.findOne({ _id: sessionId, userId }, options));
    }
}

/** An insert that found its session there: it is another user's, or the filter had another reason. */
function unlessThere(error: unknown): null {
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return null;
    throw error;
}
