import type { Figures } from "../releases/verdict";
import { type Ending, isShared } from "./endings";
import { FirstBytes } from "./first-byte";
import { firstTokenOf } from "./first-token";
import type { Attempt } from "./gateway-log";
import { type Sample, together } from "./instance-metrics";
import { Visitors } from "./visitors";
import { weigh } from "./weigh";

/** What was seen of a version. Times are milliseconds since 1970. */
interface Seen {
    visitors: Visitors;
    /** What its instances counted since the look before. */
    counted: { at: number; sample: Sample }[];
    /** Requests of the pilot. */
    own: { at: number; failed: boolean }[];
    firstBytes: FirstBytes;
}

/** What was seen of each version, and when; the figures of any window that began a moment ago or that was asked for since. */
export class Book {
    private readonly versions = new Map<string, Seen>();
    private endings: Ending[] = [];

    attempt(version: string, { at, visitor, outcome, firstByteMs }: Pick<Attempt, "at" | "visitor" | "outcome" | "firstByteMs">): void {
        this.of(version).visitors.add(secondOf(at), visitor, outcome);
        if (firstByteMs !== undefined) this.of(version).firstBytes.add(secondOf(at), visitor, firstByteMs);
    }

    /** What an instance counted since the last look at it. */
    counted(version: string, at: number, sample: Sample): void {
        if (sample.size > 0) this.of(version).counted.push({ at, sample });
    }

    ended(ending: Ending): void {
        this.endings.push(ending);
    }

    /** The instance that ended so took others with it, or went with them. */
    isShared(ending: Ending): boolean {
        return isShared(ending, this.endings);
    }

    /** A request of the pilot. */
    own(version: string, at: number, failed: boolean): void {
        this.of(version).own.push({ at, failed });
    }

    /**
     * All but what is true of now alone. A window begins with a whole second.
     * @param warm from when first tokens count
     */
    figures(version: string, since: number, warm = since): Omit<Figures, "up" | "downSeconds" | "core"> {
        const first = secondOf(since);
        const seen = this.versions.get(version);
        const isIn = ({ at }: { at: number }) => secondOf(at) >= first;
        const own = seen?.own.filter(isIn) ?? [];
        const counted = seen?.counted.filter(isIn) ?? [];
        const ended = this.endings.filter((ending) => ending.version === version && isIn(ending) && !this.isShared(ending));
        const requests = weigh(seen?.visitors.since(first) ?? [], { requests: own.length, failed: own.filter(({ failed }) => failed).length, cut: 0 });
        const cohorts = [...together(counted.map(({ sample }) => sample)).values()];
        const turns = weigh(cohorts.map(({ turns, unfinished }) => ({ answered: turns - unfinished, failed: unfinished, cut: 0, left: 0 })));
        return {
            ...requests,
            synthetic: own.length,
            turns: { count: turns.requests, unfinished: turns.failed },
            firstToken: firstTokenOf(together(counted.filter(({ at }) => secondOf(at) >= secondOf(warm)).map(({ sample }) => sample)).values()),
            restarts: ended.length,
            outOfMemory: ended.filter(({ outOfMemory }) => outOfMemory).length,
        };
    }

    /** How long visitors waited for the first byte. @param warm from when that counts */
    firstByte(version: string, warm: number): Figures["firstToken"] {
        return this.versions.get(version)?.firstBytes.since(secondOf(warm)) ?? { count: 0, p95: 0 };
    }

    /** Forgets what came before a moment, of all versions. */
    forget(before: number): void {
        const isLater = ({ at }: { at: number }) => at >= before;
        for (const [version, seen] of this.versions) {
            seen.visitors.forget(secondOf(before));
            seen.firstBytes.forget(secondOf(before));
            seen.counted = seen.counted.filter(isLater);
            seen.own = seen.own.filter(isLater);
            if (seen.visitors.isEmpty && seen.counted.length + seen.own.length === 0) this.versions.delete(version);
        }
        this.endings = this.endings.filter(isLater);
    }

    private of(version: string): Seen {
        const known = this.versions.get(version);
        if (known) return known;
        const seen = { visitors: new Visitors(), counted: [], own: [], firstBytes: new FirstBytes() };
        this.versions.set(version, seen);
        return seen;
    }
}

const secondOf = (ms: number): number => Math.floor(ms / 1000);
