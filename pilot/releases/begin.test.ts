import { describe, expect, it } from "vitest";
import { begin, labelsAfter, strategyOf } from "./begin";
import type { Phase } from "./release";
import { strategies } from "./strategy";

const usual = strategies.routine!;

describe("how a version is released", () => {
    it.each([
        [{}, undefined, [10, 30, 50, 100], 600],
        [{}, 30, [10, 30, 50, 100], 30],
        [{ "antipode.strategy": "high" }, undefined, [5, 10, 30, 50, 80, 100], 900],
        [{ "antipode.strategy": "50,100" }, 30, [50, 100], 30],
    ])("%j, windows of %s s: by %j, %i s each", (labels, asked, weights, windowSeconds) => {
        expect(strategyOf(labels as never, usual, asked)).toEqual({ weights, windowSeconds });
    });

    it("begins with a name of its own, which says when", () => {
        expect(begin("1.5.0", "1.4.0", usual, Date.parse("2026-11-27T12:34:56.789Z"))).toEqual({
            id: "20261127123456-1.5.0", version: "1.5.0", from: "1.4.0", strategy: usual, phase: "starting", step: 0, since: 1795782896789, watched: 0,
        });
    });

    const release = begin("1.5.0", "1.4.0", usual, 1_000);
    /** Since when it is said to serve, after these phases at 1, 2, 3 … seconds. */
    const serving = (...phases: Phase[]) => phases.reduce<Record<string, string>>((labels, phase, index) => labelsAfter(labels, { ...release, phase }, (index + 1) * 1_000), {})["antipode.serving"];

    it.each<[Phase[], string | undefined]>([
        [["starting", "canary"], undefined],
        [["starting", "canary", "full"], "3000"],
        [["starting", "canary", "full", "full", "finished"], "3000"],
        [["starting", "finished"], "2000"],
        [["starting", "canary", "back"], undefined],
        [["starting", "full", "back"], undefined],
    ])("serves by its labels, after %j, since %s", (phases, since) => {
        expect(serving(...phases)).toBe(since);
    });

    it("serves from a new moment on when it is released again", () => {
        const first = labelsAfter({}, { ...release, phase: "finished" }, 5_000);
        const again = labelsAfter(first, { ...release, id: "another", phase: "starting" }, 6_000);
        expect([again["antipode.serving"], labelsAfter(again, { ...release, id: "another", phase: "full" }, 7_000)["antipode.serving"]]).toEqual(["5000", "7000"]);
        // It served once, and a rollback to it that fails takes nothing of that away.
        expect(labelsAfter(again, { ...release, id: "another", phase: "back" }, 7_000)["antipode.serving"]).toBe("5000");
    });
});
