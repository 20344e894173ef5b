import { HttpError, type StreamErrorCode } from "../errors/errors";

/** A turn's place in the limits, from its admission to the moment its end is stored. */
export interface Place {
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
     * @param stop ends the turn with this code; its place is counted as free at once
     * @throws HttpError too_many_streams
     */
    admit(userId: string, stop: (code: StreamErrorCode) => void): Place {
        const mine = [...(this.byUser.get(userId) ?? [])];
        const oldest = mine.slice(0, Math.max(0, mine.length - this.limits.perUser + 1));
        const freed = oldest.filter((entry) => entry.connected).length;
        if (this.active - freed >= this.limits.global) throw new HttpError("too_many_streams", { retryAfter: RETRY_AFTER });
        for (const entry of oldest) {
            this.forget(entry);
            entry.stop("taken_over");
        }
        const entry: Entry = { userId, connected: true, stop };
        this.active += 1;
        this.running.add(entry);
        this.byUser.set(userId, (this.byUser.get(userId) ?? new Set()).add(entry));
        return { disconnected: () => this.disconnect(entry), release: () => this.release(entry) };
    }

    /** Ends every running turn with this code. */
    stopAll(code: StreamErrorCode): void {
        for (const entry of this.running) entry.stop(code);
    }

    /** Settles when no turn runs any more, also none whose client has gone. */
    async idle(): Promise<void> {
        if (this.running.size > 0) await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
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
