import { describe, expect, it } from "vitest";
import { leftAlone, untold } from "./arrival";
import type { Phase, Release } from "./release";
import { parseStrategy } from "./strategy";

const release = (phase: Phase, since: number): Release => ({ id: "r1", version: "1.5.0", from: "1.4.0", strategy: parseStrategy("routine"), phase, step: 1, since: since * 1000, watched: 0 });

describe("a pilot that comes to a release", () => {
    it.each<[string, Phase, number, number | undefined, number, string | undefined]>([
        ["goes on", "canary", 0, 500, 1_400, undefined],
        ["takes back what was left alone", "canary", 0, 500, 1_401, "nobody watched it for 901 s"],
        ["goes on where somebody wrote a step since", "canary", 600, 500, 1_500, undefined],
        ["takes back what may have been left alone", "canary", 100, undefined, 1_001, "nobody is known to have watched it for 901 s"],
        ["goes on where that cannot have been", "canary", 100, undefined, 1_000, undefined],
        ["goes on with what starts", "starting", 0, 500, 9_000, undefined],
        ["goes on with testers", "testing", 0, 500, 9_000, undefined],
        ["goes on with what all have", "full", 0, 500, 9_000, undefined],
        ["leaves what is over", "back", 0, undefined, 9_000, undefined],
    ])("%s (%s since %s, alone since %s, at %s)", (_, phase, since, away, now, why) => {
        expect(leftAlone(release(phase, since), away === undefined ? undefined : away * 1000, 900, now * 1000)).toBe(why);
    });

    it.each<[string, Phase, { phase: Phase; weight: number } | undefined, string | undefined]>([
        ["nothing", "canary", { phase: "canary", weight: 30 }, undefined],
        ["a step", "canary", { phase: "canary", weight: 10 }, "found: canary at 30 %"],
        ["its end", "back", { phase: "canary", weight: 30 }, "found: back at 0 %"],
        ["its last phase", "finished", { phase: "full", weight: 100 }, "found: finished at 100 %"],
        ["everything", "canary", undefined, "found: canary at 30 %"],
    ])("tells what the log lacks: %s (%s after %j)", (_, phase, last, told) => {
        expect(untold(release(phase, 0), last && { time: "", release: "r1", version: "1.5.0", what: "", who: "", ...last })).toBe(told);
    });
});
