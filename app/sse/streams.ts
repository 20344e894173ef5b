import { HttpError, type StreamErrorCode } from "../errors/errors";

/** A turn's place in the limits, from its admission to the moment its end is stored. */
export interface Place {
    /** The turn has begun: only now the user's oldest ones beyond the limit make room. A refused request stops nothing. */
    take(): void;
    /** The client is gone: its connection no longer counts, while the turn goes on and still belongs to its user. */
    disconnected(): void;
    /** The turn is over. */
    release(): void;
}

interface Entry {
    userId: string;
    connected: boolean;
    stop: (code: StreamErrorCode) => void;
}

/** Seconds after which a refused client may come again. */
const RETRY_AFTER = 5;

/**
 * The limits of this instance, in its own memory: each region protects its own machine.
 * Over the user's limit the newest takes the oldest's place (a refusal would let a ghost block its own user's return);
 * over the instance's limit the newest is refused.
 */
export class Streams {
    private active = 0;
    private readonly byUser = new Map<string, Set<Entry>>();
    private readonly running = new Set<Entry>();
    private idleWaiters: (() => void)[] = [];

    constructor(private readonly limits: { global: number; perUser: number }) {}

    get activeGlobal(): number {
        return this.active;
    }

    get maxGlobal(): number {
        return this.limits.global;
    }

    /**
     * Reserves a place. It counts at once, also beside the stream that it is to replace.
     * @param stop ends the turn with this code; its place is counted as free at once
     * @throws HttpError too_many_streams
     */
    admit(userId: string, stop: (code: StreamErrorCode) => void): Place {
        const entry: Entry = { userId, connected: true, stop };
        const freed = this.replacedBy(entry).filter(({ connected }) => connected).length;
        // Another region may have room.
        if (this.active - freed >= this.limits.global) throw new HttpError("too_many_streams", { retryAfter: RETRY_AFTER, untouched: true });
        this.active += 1;
        this.running.add(entry);
        this.byUser.set(userId, (this.byUser.get(userId) ?? new Set()).add(entry));
        return { take: () => this.take(entry), disconnected: () => this.disconnect(entry), release: () => this.release(entry) };
    }

    /** Ends every running turn with this code. */
    stopAll(code: StreamErrorCode): void {
        for (const entry of this.running) entry.stop(code);
    }

    /** Settles when no turn runs any more, also none whose client has gone. */
    async idle(): Promise<void> {
        if (this.running.size > 0) await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
    }

    private take(entry: Entry): void {
        for (const old of this.replacedBy(entry)) {
            this.forget(old);
            old.stop("taken_over");
        }
    }

    /** Those of the same user that came before this one, but for as many as the limit allows beside it. */
    private replacedBy(entry: Entry): Entry[] {
        const mine = [...(this.byUser.get(entry.userId) ?? [])];
        const before = mine.includes(entry) ? mine.indexOf(entry) : mine.length;
        return mine.slice(0, Math.max(0, before - this.limits.perUser + 1));
    }

    private disconnect(entry: Entry): void {
        if (!entry.connected) return;
        entry.connected = false;
        this.active -= 1;
    }

    private forget(entry: Entry): void {
        this.disconnect(entry);
        const mine = this.byUser.get(entry.userId);
        mine?.delete(entry);
        if (mine?.size === 0) this.byUser.delete(entry.userId);
    }

    private release(entry: Entry): void {
        this.forget(entry);
        this.running.delete(entry);
        if (this.running.size > 0) return;
        for (const resolve of this.idleWaiters.splice(0)) resolve();
    }
}
