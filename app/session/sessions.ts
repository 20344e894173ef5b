import type { Database } from "../database/database";
import { within } from "../database/guard";
import { HttpError, StreamError } from "../errors/errors";
import { turnOf, type Held } from "../journal/held";
import type { Journal } from "../journal/journal";
import type { ChatMessage } from "../upstream/upstream";
import { contextOf, type Turn, type TurnEnd } from "./document";
import { KnownSessions } from "./known";
import { SessionStore, type Asked } from "./store";

/** How long a turn waits for those of its session that are on their way from the journal to the database. */
const HOMECOMING_MS = 5_000;

/** What the model is shown of what was said: all of the recent turns, those that this instance knows, or nothing. */
export type History = "complete" | "partial" | "unknown";

export interface Question {
    userId: string;
    sessionId: string;
    /** It begins the session. */
    fresh: boolean;
    turnId: string;
    message: string;
    /** The newest turn that the client has seen. */
    after?: string;
    /** The client may send the same again, by a key that it may have used before. */
    repeatable: boolean;
    /** Another region may still be asked, so nothing need be served here that is better served there. */
    elsewhere: boolean;
}

/** A turn that was accepted: its message is on a disk, of the database or of this machine. */
export interface Begun {
    sessionId: string;
    turnId: string;
    context: ChatMessage[];
    history: History;
    degraded: boolean;
    /** The write that goes on beside the turn; rejects with a StreamError when the turn cannot be. */
    written: Promise<void>;
}

/**
 * Where conversations begin and end. With the database there, a turn is written to it; a session that is known here and
 * to which the client has seen nothing newer begins without waiting for that. Without it, turns go to this machine's
 * journal, and from there to the database when it is back.
 */
export class Sessions {
    private readonly known = new KnownSessions();

    constructor(private readonly database: Database, readonly store: SessionStore, private readonly journal: Journal) {
        journal.onBroughtHome = (sessionId) => this.known.forget(sessionId);
        for (const held of journal.all()) {
            if (held.message === undefined) continue;
            this.known.began(held.session, held.user, turnOf(held), held.fresh);
        }
    }

    /**
     * Accepts a user's message.
     * @returns undefined when this very turn was accepted before
     * @throws HttpError session_not_found (also when it is another user's), session_full, idempotency_key_reused, database_unavailable
     */
    async begin({ elsewhere, after, ...question }: Question): Promise<Begun | undefined> {
        const { sessionId, turnId } = question;
        const asked: Asked = { ...question, at: new Date() };
        const held = this.journal.find(turnId);
        if (held) return this.requireSame(asked, held);
        if (this.database.ok) await within(this.journal.broughtHome(sessionId), HOMECOMING_MS).catch(() => undefined);
        if (!this.database.ok || this.journal.holds(sessionId)) return this.beginAway(asked, elsewhere);
        if (after !== undefined && this.isNewest(asked, after)) {
            const warm = await this.beginWarm(asked).catch(unlessUnavailable);
            if (warm) return warm;
        }
        try {
            return await this.beginCold(asked);
        } catch (error) {
            // What the database did is not known; but the turn's id is, and it is kept once.
            if (unavailable(error)) return this.beginAway(asked, false);
            throw error;
        }
    }

    /**
     * Keeps a turn's end: in the database, or in the journal while that is away.
     * @throws StreamError when the turn cannot be; whatever the journal throws when its disk fails
     */
    async end({ sessionId, turnId, written }: Begun, end: TurnEnd): Promise<void> {
        await written;
        this.known.ended(sessionId, turnId, end);
        if (this.database.ok && !this.journal.holds(sessionId)) {
            try {
                await this.store.end(sessionId, turnId, end);
                this.journal.settled(turnId);
                return;
            } catch (error) {
                if (!unavailable(error)) throw error;
            }
        }
        await this.journal.ended(turnId, end);
    }

    /**
     * A turn by its id, as far as it is kept.
     * @throws HttpError database_unavailable
     */
    async find(turnId: string, userId: string): Promise<Turn | undefined> {
        const held = this.journal.find(turnId);
        if (held?.end && held.user === userId) return turnOf(held);
        return this.store.turn(turnId, userId);
    }

    /** @throws HttpError idempotency_key_reused when the turn is another question's */
    private async requireSame({ sessionId, userId, turnId, message }: Asked, held: Held): Promise<undefined> {
        // The journal lets go of a message that the database has.
        const kept = held.message ?? (await this.store.turn(turnId, userId))?.message;
        if (held.session !== sessionId || (kept !== undefined && kept !== message)) throw new HttpError("idempotency_key_reused");
    }

    private isNewest({ sessionId, userId }: Asked, after: string): boolean {
        const known = this.known.get(sessionId);
        const newest = known?.turns.at(-1);
        return known?.userId === userId && known.complete && newest?.id === after && newest.end !== undefined;
    }

    private async beginCold(asked: Asked): Promise<Begun | undefined> {
        const turns = await this.store.begin(asked);
        if (!turns) return undefined;
        const { sessionId, userId, turnId } = asked;
        this.journal.note({ turn: turnId, session: sessionId, user: userId, at: asked.at.getTime(), fresh: false });
        this.known.learn(sessionId, userId, turns);
        return { sessionId, turnId, context: contextOf(turns), history: "complete", degraded: false, written: Promise.resolve() };
    }

    /** The message is on this machine's disk before its first event, and on its way to the database beside it. */
    private async beginWarm(asked: Asked): Promise<Begun> {
        const begun = await this.beginHere(asked, false);
        const written = this.store.begin(asked).then(
            (turns) => {
                this.journal.stored(asked.turnId);
                if (turns) this.known.learn(asked.sessionId, asked.userId, turns);
                else this.giveUp(asked, new StreamError("answered_elsewhere"));
            },
            (error: unknown) => {
                if (unavailable(error)) this.journal.wait(asked.turnId);
                else this.giveUp(asked, new StreamError(isReused(error) ? "idempotency_key_reused" : "session_gone", { cause: error }));
            },
        );
        written.catch(() => undefined);
        return { ...begun, history: "complete", degraded: false, written };
    }

    private giveUp({ sessionId, turnId }: Asked, error: StreamError): never {
        this.journal.settled(turnId);
        this.known.forget(sessionId);
        throw error;
    }

    private async beginAway(asked: Asked, elsewhere: boolean): Promise<Begun> {
        const known = this.known.get(asked.sessionId);
        if (known && known.userId !== asked.userId) throw new HttpError("session_not_found");
        // A session that is not known here is better served where the database is, if a gateway can take it there.
        const better = elsewhere && !known && !asked.fresh;
        if (better || !this.database.tried || !this.journal.hasRoom) throw new HttpError("database_unavailable", { retryAfter: 2, untouched: true });
        const history = asked.fresh ? "complete" : known ? "partial" : "unknown";
        return { ...(await this.beginHere(asked, true)), history, degraded: true, written: Promise.resolve() };
    }

    private async beginHere({ sessionId, userId, turnId, message, at, fresh }: Asked, waiting: boolean): Promise<Omit<Begun, "history" | "degraded" | "written">> {
        const turn: Turn = { id: turnId, message, at };
        const held = { turn: turnId, session: sessionId, user: userId, at: at.getTime(), fresh, message };
        await this.journal.begun(held, waiting).catch((cause: unknown) => {
            // This machine's disk does not take it.
            throw new HttpError("database_unavailable", { retryAfter: 2, untouched: true, cause });
        });
        this.known.began(sessionId, userId, turn, fresh);
        return { sessionId, turnId, context: contextOf(this.known.get(sessionId)!.turns) };
    }
}

const unavailable = (error: unknown): boolean => error instanceof HttpError && error.code === "database_unavailable";

const isReused = (error: unknown): boolean => error instanceof HttpError && error.code === "idempotency_key_reused";

function unlessUnavailable(error: unknown): undefined {
    if (!unavailable(error)) throw error;
}
