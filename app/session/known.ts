import { LRUCache } from "lru-cache";
import type { Turn, TurnEnd } from "./document";
import { CONTEXT_TURNS } from "./store";

/** What this instance knows of a session: its newest turns, at most as many as a model is shown, and one more. */
export interface KnownSession {
    userId: string;
    turns: Turn[];
    /** There are no other recent turns, as far as the database has said. */
    complete: boolean;
}

const MAX_SESSIONS = 10_000;
/** Characters, which V8 keeps in one byte each, or in two where they are Chinese. */
const MAX_CHARS = 32 * 1024 * 1024;

/** The sessions that this instance has served lately. */
export class KnownSessions {
    private readonly sessions = new LRUCache<string, KnownSession>({
        max: MAX_SESSIONS,
        maxSize: MAX_CHARS,
        sizeCalculation: ({ turns }) => turns.reduce((sum, { message, reply = "" }) => sum + message.length + reply.length, 200),
    });

    get(sessionId: string): KnownSession | undefined {
        return this.sessions.get(sessionId);
    }

    /** What the database has said. */
    learn(sessionId: string, userId: string, turns: Turn[]): void {
        this.set(sessionId, { userId, turns, complete: true });
    }

    /** A turn that this instance has begun by itself. */
    began(sessionId: string, userId: string, turn: Turn, fresh: boolean): void {
        const { turns, complete } = this.sessions.get(sessionId) ?? { turns: [], complete: fresh };
        if (turns.some(({ id }) => id === turn.id)) return;
        this.set(sessionId, { userId, turns: [...turns, turn], complete });
    }

    ended(sessionId: string, turnId: string, end: TurnEnd): void {
        const known = this.sessions.get(sessionId);
        if (known) this.set(sessionId, { ...known, turns: known.turns.map((turn) => (turn.id === turnId ? { ...turn, ...end } : turn)) });
    }

    forget(sessionId: string): void {
        this.sessions.delete(sessionId);
    }

    private set(sessionId: string, session: KnownSession): void {
        this.sessions.set(sessionId, { ...session, turns: session.turns.slice(-(CONTEXT_TURNS + 1)) });
    }
}
