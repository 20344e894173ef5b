import type { Counted } from "./client";
import { median } from "./statistics";

/** What was seen at the end of a minute. */
export interface Look {
    minute: number;
    /** Bytes of memory after a collection of garbage, and before it. */
    resting: number;
    working: number;
    idle: Pick<Counted, "open" | "lost" | "refused" | "complaint">;
    running: Pick<Counted, "open" | "done" | "lost" | "refused" | "misordered" | "tokens" | "latency" | "complaint">;
}

/** Memory that moves by less than this share is not growing: sessions differ, and V8 does not give back all at once. */
const STEADY = 0.03;
const MIB = 2 ** 20;

/** Judges the looks of a soak: every stream is there, and the memory of the last third is that of the first. */
export function verdict(looks: Look[], expected: { idle: number }): { well: boolean; lines: string[] } {
    const third = Math.max(1, Math.floor(looks.length / 3));
    const middle = (some: Look[]) => median(some.map(({ resting }) => resting));
    const [first, last] = [middle(looks.slice(0, third)), middle(looks.slice(-third))];
    const growth = last / first - 1;
    const { idle, running, minute } = looks.at(-1)!;
    const slowest = Math.max(...looks.slice(1).map(({ running: { latency } }) => latency.p99));
    const lost = expected.idle - idle.open + running.lost + running.refused;
    const faults = [
        lost > 0 && `${lost} streams were lost: ${[idle.complaint, running.complaint].filter(Boolean).join(" ")}`,
        running.misordered > 0 && `${running.misordered} tokens came in a wrong order, or twice`,
        growth > STEADY && `memory grew by ${(growth * 100).toFixed(1)} %`,
    ].filter((fault): fault is string => Boolean(fault));
    const lines = [
        `${minute} minutes: ${idle.open} idle streams are open, ${running.done} answers came whole beside them (${running.tokens} tokens, 99 % of a minute's within ${Math.round(slowest)} ms)`,
        `memory after a collection: ${looks.map(({ resting }) => Math.round(resting / MIB)).join(" ")} MiB, minute by minute; before it at most ${Math.round(Math.max(...looks.map(({ working }) => working)) / MIB)} MiB`,
        ...(faults.length > 0 ? faults.map((fault) => `✘ ${fault}`) : [`✔ no stream was lost, and memory did not grow (${(growth * 100).toFixed(1)} %)`]),
    ];
    return { well: faults.length === 0, lines };
}
