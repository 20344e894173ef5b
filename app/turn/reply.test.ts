import { expect, it } from "vitest";
import type { TurnLog } from "./log";
import { Reply, type Pace } from "./reply";

it("tells the first piece of each kind when it comes, once in a turn of several replies", () => {
    const told: string[] = [];
    const pace: Pace = { gap: () => undefined, first: (type, ms) => void told.push(`${type} ${ms >= 50}`) };
    const log = { text: () => undefined } as unknown as TurnLog;
    const asked = performance.now() - 50;
    const first = new Reply(log, asked, pace);
    for (const type of ["reasoning", "reasoning", "delta", "delta"] as const) first.add({ type, text: "a" });
    expect(told).toEqual(["reasoning true", "delta true"]);

    const next = new Reply(log, asked, pace, 100, first.firstMs);
    next.add({ type: "delta", text: "b" });
    expect([told.length, next.firstMs.delta]).toEqual([2, first.firstMs.delta]);
});
