import { HttpError } from "../errors/errors";

/** A connection's place in the limits, from its admission to its end. */
export interface Place {
    /** The stream has begun: only now the user's oldest ones beyond the limit make room. A refused request closes nothing. */
    take(): void;
    /** The connection is over. */
    release(): void;
}

interface Entry {
    userId: string;
    close: () => void;
}

/** Seconds after which a refused client may come again. */
const RETRY_AFTER = 5;

/**
 * The open streams of this instance, in its own memory: each region protects its own machine.
 * Over the user's limit the newest takes the oldest's place (a refusal would let a ghost block its own user's return);
 * over the instance's limit the newest is refused.
 */
export class Connections {
    private active = 0;
    private readonly byUser = new Map<string, Entry[]>();

    constructor(private readonly limits: { global: number; perUser: number }) {}

    get activeGlobal(): number {
        return this.active;
    }

    get maxGlobal(): number {
        return this.limits.global;
    }

    /**
     * Reserves a place. It counts at once, also beside the stream that it is to replace.
     * @param close tells the connection that another one has taken its place, which is counted as free at once
     * @throws HttpError too_many_streams
     */
    admit(userId: string, close: () => void): Place {
        const entry: Entry = { userId, close };
        this.requireRoom(entry);
        this.active += 1;
        this.byUser.set(userId, [...this.of(userId), entry]);
        return { take: () => this.take(entry), release: () => this.release(entry) };
    }

    /**
     * Refuses what `admit` would refuse, and reserves nothing.
     * @throws HttpError too_many_streams
     */
    requireRoom(entry: Pick<Entry, "userId">): void {
        // Another region may have room.
        if (this.active - this.replacedBy(entry).length >= this.limits.global) throw new HttpError("too_many_streams", { retryAfter: RETRY_AFTER, untouched: true });
    }

    private take(entry: Entry): void {
        for (const old of this.replacedBy(entry)) {
            this.release(old);
            old.close();
        }
    }

    /** Those of the same user that came before this one, but for as many as the limit allows beside it. */
    private replacedBy(entry: Pick<Entry, "userId">): Entry[] {
        const mine = this.of(entry.userId);
        const place = mine.findIndex((other) => other === entry);
        const before = place < 0 ? mine.length : place;
        return mine.slice(0, Math.max(0, before - this.limits.perUser + 1));
    }

    private release(entry: Entry): void {
        const mine = this.of(entry.userId);
        const left = mine.filter((other) => other !== entry);
        if (left.length === mine.length) return;
        this.active -= 1;
        if (left.length > 0) this.byUser.set(entry.userId, left);
        else this.byUser.delete(entry.userId);
    }

    /** The oldest first. */
    private of(userId: string): Entry[] {
        return this.byUser.get(userId) ?? [];
    }
}
