import { randomUUID } from "node:crypto";
import type { Collection, Db } from "mongodb";
import { guarded, KEPT, OPERATION_MS } from "../database/guard";
import { HttpError } from "../errors/errors";
import type { ChatMessage } from "../upstream/upstream";
import { contextOf, messagesOf, type Conversation, type StoredMessage, type Turn } from "./document";

/** Turns shown to the model before the new one: 20 messages. */
const CONTEXT_TURNS = 10;
/** Some 700,000 Chinese characters. A document may hold 16 MB, but each turn has mongod read and write the whole of it. */
export const MAX_BYTES = 2 * 1024 * 1024;
/** A turn's end is not given up at the first lost packet; the write does nothing the second time. */
const STORE_ATTEMPTS = 3;

/** A stretch of a conversation: at most `limit` turns, the newest ones or those before the turn of this number. */
export interface Page {
    limit: number;
    /** Turns count from 0; they are only ever added, so a number stays a turn's own. */
    before?: number;
}

export interface Begun {
    sessionId: string;
    context: ChatMessage[];
}

/** Conversations, one document each, so that a turn costs one round trip before its first token and one after its last. */
export class SessionStore {
    private readonly conversations: Collection<Conversation>;

    constructor(db: Db) {
        this.conversations = db.collection<Conversation>("conversations", KEPT);
    }

    /**
     * Keeps a user's message and gives what came before it, in one round trip.
     * @param asked the session to go on with; undefined begins a new one
     * @throws HttpError session_not_found (also when it is another user's), session_full, database_unavailable
     */
    async begin(userId: string, asked: string | undefined, turnId: string, message: string): Promise<Begun> {
        const sessionId = asked ?? randomUUID();
        const now = new Date();
        const turn: Turn = { id: turnId, message, at: now };
        const found = await guarded(() =>
            this.conversations.findOneAndUpdate(
                { _id: sessionId, userId, bytes: { $lt: MAX_BYTES } },
                {
                    $push: { turns: turn },
                    $inc: { bytes: Buffer.byteLength(message) },
                    $set: { updatedAt: now },
                    $setOnInsert: { createdAt: now },
                },
                {
                    upsert: asked === undefined,
                    returnDocument: "after",
                    projection: { turns: { $slice: -(CONTEXT_TURNS + 1) } },
                    maxTimeMS: OPERATION_MS,
                },
            ),
        );
        if (found) return { sessionId, context: contextOf(found.turns) };
        throw new HttpError((await this.owns(userId, sessionId)) ? "session_full" : "session_not_found");
    }

    /**
     * Keeps a turn's end.
     * @param end "done" or the code of the error
     * @throws HttpError database_unavailable, after several attempts
     */
    async end(sessionId: string, turnId: string, reply: string, end: string): Promise<void> {
        const now = new Date();
        for (let attempt = 1; ; attempt += 1) {
            try {
                await guarded(() =>
                    this.conversations.updateOne(
                        { _id: sessionId, turns: { $elemMatch: { id: turnId, end: { $exists: false } } } },
                        {
                            $set: { "turns.$.reply": reply, "turns.$.end": end, "turns.$.endedAt": now, updatedAt: now },
                            $inc: { bytes: Buffer.byteLength(reply) },
                        },
                        { maxTimeMS: OPERATION_MS },
                    ),
                );
                return;
            } catch (error) {
                if (attempt === STORE_ATTEMPTS) throw error;
            }
        }
    }

    /**
     * A page of a conversation; `first` is the number of its first turn, so there are older ones unless it is 0.
     * @throws HttpError session_not_found (also when it is another user's), database_unavailable
     */
    async messages(userId: string, sessionId: string, { limit, before }: Page): Promise<{ messages: StoredMessage[]; first: number }> {
        const from = before === undefined ? undefined : Math.max(0, before - limit);
        const turns = { $slice: from === undefined ? ["$turns", -limit] : ["$turns", from, before! - from] };
        const options = { projection: { turns, count: { $size: "$turns" } }, maxTimeMS: OPERATION_MS };
        const found = await guarded(() => this.conversations.findOne<Conversation & { count: number }>({ _id: sessionId, userId }, options));
        if (!found) throw new HttpError("session_not_found");
        return { messages: messagesOf(found.turns), first: from ?? Math.max(0, found.count - limit) };
    }

    private async owns(userId: string, sessionId: string): Promise<boolean> {
        const options = { projection: { _id: 1 }, maxTimeMS: OPERATION_MS } as const;
        return (await guarded(() => this.conversations.findOne({ _id: sessionId, userId }, options))) !== null;
    }
}
