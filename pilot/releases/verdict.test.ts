import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorPercent, type Figures, judge, judgeEarly, usualRules } from "./verdict";

const good: Figures = { requests: 1000, synthetic: 0, failed: 0, cut: 0, firstToken: { count: 300, p95: 400 }, restarts: 0, outOfMemory: 0, up: true, downSeconds: 0, core: "passed" };
const of = (more: Partial<Figures>): Figures => ({ ...good, ...more });
const down = (downSeconds: number): Figures => of({ up: false, downSeconds });

describe("the verdict of a window", () => {
    it.each<[string, Figures | undefined, Figures | undefined, string, string]>([
        ["nothing wrong", good, good, "pass", "0 % errors of 1000 requests"],
        ["few errors", of({ failed: 5, cut: 4 }), good, "pass", "0.9 % errors of 1000 requests"],
        ["requests of the pilot's own", of({ requests: 20, synthetic: 20 }), of({ requests: 0 }), "pass", "0 % errors of 20 requests, 20 of them the pilot's own"],
        ["some errors", of({ failed: 6, cut: 4 }), of({ failed: 1 }), "watch", "1 % errors of 1000 requests, the stable version 0.1 %"],
        ["some errors of both", of({ failed: 20 }), of({ failed: 20 }), "pass", "2 % errors of 1000 requests"],
        ["as many as may be", of({ failed: 50 }), good, "watch", "5 % errors of 1000 requests, the stable version 0 %"],
        ["too many errors", of({ failed: 51 }), good, "fail", "5.1 % errors of 1000 requests (51 failed, 0 streams cut), more than 5 %"],
        ["cut streams", of({ cut: 100 }), good, "fail", "10 % errors of 1000 requests (0 failed, 100 streams cut), more than 5 %"],
        ["no instance", down(20), good, "fail", "no instance has been healthy for 20 s"],
        ["no instance for a moment", down(19), good, "blind", "no instance is healthy, for 19 s so far"],
        ["no instance of the stable version", good, down(60), "pass", "0 % errors of 1000 requests"],
        ["no instance of either", down(20), down(60), "fire", "no instance has been healthy for 20 s; of the stable version: no instance has been healthy for 60 s"],
        ["no instance of either for a moment", down(19), down(60), "blind", "no instance is healthy, of neither version"],
        ["no instance of either for a moment, after crashes", { ...down(60), restarts: 5 }, down(19), "blind", "no instance is healthy, of neither version"],
        ["a failed check", of({ core: "failed" }), good, "fail", "its own check failed"],
        ["a failed check that says why", of({ core: "failed", complaint: "GET / is answered with 500 instead of 200" }), good, "fail", "its own check failed: GET / is answered with 500 instead of 200"],
        ["no check at all", of({ core: "none" }), of({ core: "none" }), "pass", "0 % errors of 1000 requests"],
        ["a failed check beside a version that has none", of({ core: "failed" }), of({ core: "none" }), "fail", "its own check failed"],
        ["a check that fails, maybe on both", of({ core: "failing" }), good, "blind", "its own check fails, and so may the stable version's"],
        ["no memory", of({ outOfMemory: 1, restarts: 1 }), good, "fail", "it ran out of memory"],
        ["one crash", of({ restarts: 1 }), good, "pass", "0 % errors of 1000 requests"],
        ["crashes", of({ restarts: 2 }), good, "fail", "its instances ended by themselves 2 times"],
        ["a late first token", of({ firstToken: { count: 20, p95: 901 } }), good, "fail", "its first token comes after 901 ms, the stable version's after 400 ms (95 % of them)"],
        ["a token that is late by little", of({ firstToken: { count: 20, p95: 900 } }), good, "pass", "0 % errors of 1000 requests"],
        ["a late token of few", of({ firstToken: { count: 19, p95: 5000 } }), good, "pass", "0 % errors of 1000 requests"],
        ["twice as late as a slow model", of({ firstToken: { count: 20, p95: 4000 } }), of({ firstToken: { count: 20, p95: 2000 } }), "pass", "0 % errors of 1000 requests"],
        ["turns that do not finish", of({ turns: { count: 100, unfinished: 6 } }), good, "fail", "6 % of 100 turns did not finish (6 turns), more than 5 %"],
        ["some turns that do not finish", of({ turns: { count: 100, unfinished: 2 } }), of({ turns: { count: 100, unfinished: 1 } }), "watch", "2 % of 100 turns did not finish, the stable version 1 %"],
        ["turns that do not finish, of both", of({ turns: { count: 100, unfinished: 6 } }), of({ turns: { count: 50, unfinished: 5 } }), "fire", "6 % of 100 turns did not finish (6 turns), more than 5 %; of the stable version: 10 % of 50 turns did not finish (5 turns), more than 5 %"],
        ["few turns, none of which finished", of({ turns: { count: 19, unfinished: 19 } }), good, "pass", "0 % errors of 1000 requests"],
        ["requests that have a fraction: an address beyond its share counts in part", of({ requests: 123.4, failed: 12.34 }), good, "fail", "10 % errors of 123 requests (12 failed, 0 streams cut), more than 5 %"],
        ["nearly enough requests", of({ requests: 19.99 }), good, "little", "19 requests of at least 20"],
        ["a late first byte, without metrics", of({ firstByte: { count: 20, p95: 901 } }), of({ firstByte: { count: 20, p95: 400 } }), "fail", "its first byte comes after 901 ms, the stable version's after 400 ms (95 % of them)"],
        ["a late first byte beside a version that is judged by its tokens", of({ firstByte: { count: 20, p95: 901 } }), good, "pass", "0 % errors of 1000 requests"],
        ["few requests", of({ requests: 19 }), good, "little", "19 requests of at least 20"],
        ["few requests, all failed", of({ requests: 19, failed: 19 }), good, "little", "19 requests of at least 20"],
        ["none, and no instance", { ...down(30), requests: 0 }, good, "fail", "no instance has been healthy for 30 s"],
        ["no figures", undefined, good, "blind", "nothing can be seen of the candidate"],
        ["no figures beside it", good, undefined, "blind", "nothing can be seen of the stable version"],
        ["no check yet", of({ core: "not yet" }), good, "blind", "its own check has not come to an end yet"],
        ["no instance, and no figures beside it", down(20), undefined, "fail", "no instance has been healthy for 20 s"],
        ["two bad versions", of({ failed: 100 }), of({ failed: 90 }), "fire", "10 % errors of 1000 requests (100 failed, 0 streams cut), more than 5 %; of the stable version: 9 % errors of 1000 requests (90 failed, 0 streams cut), more than 5 %"],
        ["a check that fails on both", of({ core: "failed" }), of({ core: "failed" }), "fire", "its own check failed; of the stable version: its own check failed"],
    ])("with %s", (_, candidate, stable, is, why) => {
        expect(judge(candidate, stable, usualRules)).toEqual({ is, why });
    });

    it.each<[string, Figures | undefined, string | undefined, Figures?]>([
        ["nothing wrong", good, undefined],
        ["errors that a window is for", of({ failed: 250 }), undefined],
        ["gross errors", of({ failed: 251 }), "fail"],
        ["gross errors, and some of the stable version", of({ failed: 251 }), undefined, of({ failed: 10 })],
        ["gross errors, and many of the stable version", of({ failed: 251 }), "fire", of({ failed: 51 })],
        ["gross errors of few requests", of({ requests: 19, failed: 19 }), undefined],
        ["gross errors, and of few requests of the stable version too", of({ failed: 251 }), undefined, of({ requests: 3, failed: 2 })],
        ["turns of which few finish", of({ turns: { count: 20, unfinished: 6 } }), "fail"],
        ["turns of which few finish, and some of the stable version did not", of({ turns: { count: 20, unfinished: 6 } }), undefined, of({ turns: { count: 10, unfinished: 1 } })],
        ["no instance", down(20), "fail"],
        ["no instance for a moment", down(19), undefined],
        ["crashes, and no instance for a moment", { ...down(1), restarts: 2 }, "fail"],
        ["no instance of either", down(600), undefined, down(600)],
        ["crashes, and no instance of either", { ...down(600), restarts: 2 }, undefined, down(1)],
        ["a failed check", of({ core: "failed" }), "fail"],
        ["a check that fails, maybe on both", of({ core: "failing" }), undefined],
        ["no figures", undefined, undefined],
    ])("before it is over, with %s", (_, candidate, is, ...[stable = good]) => {
        expect(judgeEarly(candidate, stable, usualRules)?.is).toBe(is);
    });

    const figures = fc.record({
        turns: fc.option(fc.record({ count: fc.integer({ min: 20, max: 40 }), unfinished: fc.nat(20) }), { nil: undefined }),
        requests: fc.nat(200), synthetic: fc.nat(20), failed: fc.nat(20), cut: fc.nat(20),
        firstToken: fc.record({ count: fc.nat(100), p95: fc.nat(5000) }),
        restarts: fc.nat(3), outOfMemory: fc.nat(1), up: fc.boolean(), downSeconds: fc.nat(40), core: fc.constantFrom("passed" as const, "failed" as const, "failing" as const, "not yet" as const, "none" as const),
    });

    it("is a pass only of what was seen, was enough, and was good", () => {
        fc.assert(fc.property(fc.option(figures, { nil: undefined }), fc.option(figures, { nil: undefined }), (candidate, stable) => {
            if (judge(candidate, stable, usualRules).is !== "pass") return;
            expect(candidate!.requests).toBeGreaterThanOrEqual(20);
            expect(stable).toBeDefined();
            expect([candidate!.up, ["passed", "none"].includes(candidate!.core), candidate!.outOfMemory]).toEqual([true, true, 0]);
            expect(errorPercent(candidate!)).toBeLessThanOrEqual(5);
        }), { numRuns: 5_000 });
    });

    it("that comes early is never a good one, and never another than the window's would be", () => {
        fc.assert(fc.property(figures, fc.option(figures, { nil: undefined }), (candidate, stable) => {
            const early = judgeEarly(candidate, stable, usualRules);
            if (early) expect(judge(candidate, stable, usualRules).is).toBe(early.is);
            expect(["fail", "fire", undefined]).toContain(early?.is);
        }), { numRuns: 5_000 });
    });
});
