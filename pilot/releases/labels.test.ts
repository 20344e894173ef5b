import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRelease, writeRelease } from "./labels";
import type { Release } from "./release";
import { parseStrategy } from "./strategy";

const made = { "antipode.role": "app", "antipode.version": "1.5.0", "antipode.strategy": "routine" };
const release: Release = {
    id: "r1", version: "1.5.0", from: "1.4.0", strategy: { ...parseStrategy("10,50,100"), windowSeconds: 30 }, phase: "canary", step: 1, since: 1_700_000_000_000, watched: 2, paused: "by ops",
};

describe("a release in a service's labels", () => {
    it("stands beside what the program wrote, each thing by its name", () => {
        expect(writeRelease(made, release)).toEqual({
            ...made, "antipode.release": "r1", "antipode.from": "1.4.0", "antipode.weights": "10,50,100", "antipode.window": "30", "antipode.phase": "canary",
            "antipode.step": "1", "antipode.since": "1700000000000", "antipode.watched": "2", "antipode.paused": "by ops",
        });
    });

    it("is read as it was written, and leaves nothing of the one before", () => {
        const any = fc.record({
            id: fc.string({ minLength: 1 }), version: fc.constant("1.5.0"), from: fc.option(fc.constant("1.4.0"), { nil: undefined }),
            strategy: fc.constant(release.strategy), phase: fc.constantFrom("starting", "testing", "canary", "full", "finished", "back"), step: fc.nat(2),
            since: fc.nat(), watched: fc.nat(9), paused: fc.option(fc.string(), { nil: undefined }),
        }) as fc.Arbitrary<Release>;
        fc.assert(fc.property(any, any, (one, other) => {
            expect(readRelease(writeRelease(writeRelease(made, one), other))).toEqual(other);
        }));
    });

    it("is none where a version was never released", () => {
        expect(readRelease(made)).toBeUndefined();
    });

    it.each([
        ["antipode.phase", "brave", `the label antipode.phase is "brave" and none of starting, testing, canary, full, finished, back`],
        ["antipode.step", "3", "the label antipode.step is 3, and there are 3 steps"],
        ["antipode.since", "today", `the label antipode.since is "today" and no number`],
        ["antipode.weights", "50,10", "the weights 50, 10 do not rise from above 0 to 100"],
    ])("whose %s somebody made %s says so", (name, value, why) => {
        expect(() => readRelease({ ...writeRelease(made, release), [name]: value })).toThrow(new Error(why));
    });
});
