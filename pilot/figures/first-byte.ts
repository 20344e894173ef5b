import type { Figures } from "../releases/verdict";
import { firstTokenOf } from "./first-token";
import { sourceOf } from "./visitors";

/** Upper ends of the intervals that waits are counted in, in milliseconds. */
const BOUNDS = [10, 25, 50, 100, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, Infinity];
/** Groups of visitors, as instances have cohorts of users. */
const COHORTS = 64;
/** Older seconds of a window need no numbers of their own. */
const APART_SECONDS = 60;

/** Waits by cohort, and by interval in each. */
type Counts = Map<number, number[]>;

/**
 * How long an instance takes to its first byte, as the gateway's log tells it. It stands for the first token of an app
 * without metrics.
 */
export class FirstBytes {
    /** By second, in order. */
    private slices: { from: number; counts: Counts }[] = [];
    /** Nobody outside can tell which addresses are in one cohort. */
    private readonly salt = Math.floor(Math.random() * 2 ** 32);

    add(second: number, visitor: string, ms: number): void {
        const bound = BOUNDS.findIndex((most) => ms <= most);
        countsOf(this.sliceOf(second), this.cohortOf(visitor))[bound]! += 1;
    }

    /** @param first the second with which the window begins */
    since(first: number): Figures["firstToken"] {
        this.mergeOld(first);
        const window: Counts = new Map();
        for (const { from, counts } of this.slices) if (from >= first) merge(window, counts);
        return firstTokenOf([...window.values()].map((counts) => {
            let sum = 0;
            return { turns: 0, unfinished: 0, firstTokens: counts.map((count, index) => ({ within: BOUNDS[index]! / 1_000, count: (sum += count) })) };
        }));
    }

    forget(before: number): void {
        this.slices = this.slices.filter(({ from }) => from >= before);
    }

    get size(): number {
        return this.slices.length;
    }

    private sliceOf(second: number): Counts {
        const index = this.slices.findLastIndex(({ from }) => from <= second);
        if (this.slices[index]?.from === second) return this.slices[index].counts;
        const fresh = { from: second, counts: new Map() };
        this.slices.splice(index + 1, 0, fresh);
        return fresh.counts;
    }

    private mergeOld(first: number): void {
        const last = this.slices.at(-1)?.from ?? 0;
        const old = this.slices.filter(({ from }) => from >= first && from < last - APART_SECONDS);
        for (const slice of old.slice(1)) merge(old[0]!.counts, slice.counts);
        const merged = new Set(old.slice(1));
        this.slices = this.slices.filter((slice) => !merged.has(slice));
    }

    /** FNV-1a. */
    private cohortOf(visitor: string): number {
        let hash = this.salt;
        for (const character of sourceOf(visitor)) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619);
        return (hash >>> 0) % COHORTS;
    }
}

function countsOf(all: Counts, cohort: number): number[] {
    const counts = all.get(cohort) ?? BOUNDS.map(() => 0);
    all.set(cohort, counts);
    return counts;
}

function merge(into: Counts, from: Counts): void {
    for (const [cohort, counts] of from) {
        const sum = countsOf(into, cohort);
        counts.forEach((count, index) => (sum[index]! += count));
    }
}
