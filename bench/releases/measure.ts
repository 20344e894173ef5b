import { setTimeout as pause } from "node:timers/promises";
import { Load, type LoadSize } from "../../e2e/load/load";
import type { Met } from "../../e2e/load/visitor";
import { quantile } from "../statistics";
import type { Way } from "./way";

/** What releases came to; seconds, milliseconds where it says so. All of it is what the visitors saw. */
export interface Measured {
    /** From the command to the last request that the version before answered, and of that, from the moment that it was under way. */
    release: number;
    underWay: number;
    /** From the command that takes a release back at once to the last request that its version answered. */
    undo: number;
    /** From the command that brings back a version without an instance to the last request that the other one answered. */
    rollback: number;
    /** Of a bad version: from its first request to its last one, and which share of the visitors met it. */
    bad: { seconds: number; reached: number };
    /** Of all visitors but those of the bad version, in its time. */
    streams: { whole: number; cut: number };
    requests: { answered: number; failed: number };
    /** Of requests, in milliseconds. */
    p99: { before: number; during: number };
}

export interface Versions { base: string; good: string; bad: string }

/** Measures a way that leads all visitors to `base`. The bad version is left to itself for a window's seconds. */
export async function measure(way: Way, { base, good, bad }: Versions, size: LoadSize, windowSeconds: number, note: (what: string) => void): Promise<Measured> {
    const load = await Load.begin("us", way.origin, size);
    try {
        // Visitors who all come at once are no everyday sight.
        await pause(settleSeconds * 1000);
        await load.met();
        await pause(restSeconds * 1000);
        const before = await load.met();
        note("a release");
        const released = await way.release(good);
        const during = await load.met();
        note("a kept version comes back");
        const kept = await way.back(base);
        const back = await load.met();
        note("there and back at once");
        const undone = await way.thereAndBack(good);
        const undo = await load.met();
        note("a bad version");
        await way.trouble(bad, windowSeconds);
        const trouble = await load.met();
        const last = await load.end();

        const reached = new Set(trouble.filter(({ versions }) => versions.includes(bad)).map(({ id }) => id));
        const others = [...before, ...during, ...back, ...undo, ...[...trouble, ...last].filter(({ id }) => !reached.has(id))];
        const [firstOfBad, lastOfBad] = ends(trouble, bad);
        return {
            release: (ends(during, base)[1] - released.ordered) / 1000,
            underWay: (ends(during, base)[1] - released.from) / 1000,
            rollback: (ends(back, good)[1] - kept.ordered) / 1000,
            undo: (ends(undo, good)[1] - undone) / 1000,
            bad: { seconds: (lastOfBad - firstOfBad) / 1000, reached: reached.size / size.visitors },
            streams: { whole: sum(others, ({ whole }) => whole), cut: sum(others, ({ cut }) => cut.length) },
            requests: { answered: sum(others, ({ requests }) => requests.length), failed: sum(others, ({ failed }) => failed.length) },
            p99: { before: p99(before, 0, Infinity), during: p99(during, released.from, released.to) },
        };
    } finally {
        load.leave();
    }
}

const settleSeconds = 15;
const restSeconds = 30;

/** When the first and the last request began that a version answered. */
function ends(met: Met[], version: string): [first: number, last: number] {
    const began = met.flatMap(({ requests }) => requests.flatMap(([at, , by]) => (by === version ? [at] : [])));
    return [Math.min(...began), Math.max(...began)];
}

const sum = (met: Met[], of: (one: Met) => number) => met.reduce((all, one) => all + of(one), 0);
const p99 = (met: Met[], from: number, to: number) => quantile(met.flatMap(({ requests }) => requests.filter(([began]) => began >= from && began <= to).map(([, ms]) => ms)), 0.99);
