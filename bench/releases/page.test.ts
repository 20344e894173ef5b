import { expect, it } from "vitest";
import type { Measured } from "./measure";
import { releasePage } from "./page";

const ours: Measured = {
    release: 21.44, underWay: 6.2, undo: 2.5, rollback: 5, bad: { seconds: 4.2, reached: 0.1 },
    streams: { whole: 900, cut: 0 }, requests: { answered: 7000, failed: 2 }, p99: { before: 20, during: 23 },
};
const peer: Measured = {
    release: 10.72, underWay: 6.2, undo: 5, rollback: 10, bad: { seconds: 10.1, reached: 1 },
    streams: { whole: 800, cut: 40 }, requests: { answered: 6000, failed: 0 }, p99: { before: 10, during: 30 },
};

it("says of each figure of a release how it stands to the peer's, and whether it is as good as it should be", () => {
    const text = releasePage(ours, peer, { visitors: 200, perSecond: 100 }, 10, { cpus: 2, model: "a CPU", memoryGiB: 24, system: "Linux 6", node: "20.20.2" }, "2026-11-27");
    expect(text.split("\n").filter((line) => line.startsWith("| ")).slice(2).map((line) => line.slice(2, -2).split(" | ").slice(1).join(" · ").trimEnd())).toEqual([
        "21.4 · 10.7 · 2.00 · ≤ 15, missed",
        "6.20 ·  ·  ·",
        "2.50 · 5.00 · 0.50 · ≤ 3",
        "5.00 · 10.0 · 0.50 ·",
        "4.20 · stays until somebody sees it ·  · ≤ 10",
        "10 % · 100 % ·  ·",
        "0 of 900 · 40 of 840 ·  · ≤ 0",
        "2 of 7002 · 0 of 6000 ·  · ≤ 0, missed",
        "20.0 · 10.0 · 2.00 ·",
        "23.0 · 30.0 · 0.77 ·",
        "1.15 · 3.00 · 0.38 · ≤ 1.2",
    ]);
});
