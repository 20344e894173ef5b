import { expect, it } from "vitest";
import { releasePage } from "./release-page";

it("says of each figure of a release whether it is as good as it should be", () => {
    const text = releasePage(
        {
            release: 21.44, releaseByPilot: 6.2, rollback: 2.5, kept: 5, bad: 4.2, windowSeconds: 10, streams: { whole: 900, cut: 0 },
            requests: { answered: 7000, failed: 2 }, p99: { before: 20, during: 23 },
        },
        { visitors: 200, perSecond: 100 },
        { cpus: 2, model: "a CPU", memoryGiB: 24, system: "Linux 6", node: "20.20.2" },
        "2026-11-27",
    );
    expect(text.split("\n").filter((line) => line.startsWith("| ")).slice(2).map((line) => line.split(" | ").slice(1).join(" · "))).toEqual([
        "21.4 · ≤ 15, missed |", "6.20 ·  |", "2.50 · ≤ 3 |", "5.00 ·  |", "4.20 · ≤ 10 |", "0 · ≤ 0 |", "2 · ≤ 0, missed |", "20.0 ·  |", "23.0 ·  |", "1.15 · ≤ 1.2 |",
    ]);
});
