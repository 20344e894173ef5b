import { MongoServerError } from "mongodb";
import { HttpError } from "../errors/errors";
import { uuidOf } from "../session/ids";
import type { SessionStore } from "../session/store";
import { turnOf, type Held } from "./held";
import type { Journal } from "./journal";

/** Sessions brought home at a time: over a border of 150 ms some 60 turns a second. */
const AT_ONCE = 10;
/** After a round that left something behind. */
const AGAIN_MS = 1_000;
/** How often a server that answers may refuse a turn before it is put aside: it would stand before all that follow it. */
const REFUSALS = 5;

export interface ReplayOptions {
    journal: Journal;
    store: SessionStore;
    /** Whether the database is there. */
    ready: () => boolean;
    /** A turn that the database will not have, for a reason that is not its absence. */
    onRefused: (turn: Held, error: unknown) => void;
}

/**
 * Brings what waits in the journal to the database: the turns of a session one after another as they came, several
 * sessions at a time. Each turn has an id, so that one that is brought twice is there once.
 */
export class Replay {
    private running: Promise<void> | undefined;
    private again = false;
    private readonly refusals = new Map<string, number>();

    constructor(private readonly options: ReplayOptions) {
        options.journal.onWaiting = () => this.wake();
    }

    /** There may be something to do. */
    wake(): void {
        if (!this.options.ready()) return;
        this.again = true;
        this.running ??= this.run().finally(() => (this.running = undefined));
    }

    /** Settles when the present round is over. */
    async settled(): Promise<void> {
        await this.running;
    }

    private async run(): Promise<void> {
        while (this.again && this.options.ready()) {
            this.again = false;
            const sessions = bySession(this.options.journal.waiting());
            const workers = Array.from({ length: AT_ONCE }, async () => {
                for (let turns = sessions.shift(); turns; turns = sessions.shift()) await this.bring(turns);
            });
            await Promise.all(workers);
        }
        if (this.options.journal.stats.turns > 0) setTimeout(() => this.wake(), AGAIN_MS).unref();
    }

    private async bring(turns: Held[]): Promise<void> {
        for (const turn of turns) {
            if (!this.options.ready()) return;
            try {
                await this.bringOne(turn);
                this.refusals.delete(turn.turn);
            } catch (error) {
                if (!(await this.isHopeless(turn, error))) return;
            }
        }
    }

    private async isHopeless(turn: Held, error: unknown): Promise<boolean> {
        if (error instanceof HttpError && !(error.cause instanceof MongoServerError)) return false;
        const refusals = (this.refusals.get(turn.turn) ?? 0) + 1;
        this.refusals.set(turn.turn, refusals);
        if (refusals < REFUSALS) return false;
        this.refusals.delete(turn.turn);
        await this.options.journal.putAside(turn.turn);
        this.options.onRefused(turn, error);
        return true;
    }

    private async bringOne(held: Held): Promise<void> {
        const { turn, session, user, message, end } = held;
        const { store, journal } = this.options;
        if (message !== undefined) {
            const whole = turnOf(held);
            const theirs = await store.restore(session, user, whole);
            // The session was not known when the turn was accepted, and it is somebody else's: the turn gets one of its own.
            if (!theirs) await store.restore(uuidOf("session", session, user), user, whole);
        }
        if (end) {
            await store.end(session, turn, end);
            journal.settled(turn);
        } else journal.stored(turn);
    }
}

/** A list for each session, in the order of their first turns. */
function bySession(turns: Held[]): Held[][] {
    const sessions = new Map<string, Held[]>();
    for (const turn of turns) sessions.set(turn.session, [...(sessions.get(turn.session) ?? []), turn]);
    return [...sessions.values()];
}
