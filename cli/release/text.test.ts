import { describe, expect, it } from "vitest";
import { good, toldOf } from "./fixture";
import { bar, clock, eventLines, figuresText } from "./text";

describe("what is said of a release", () => {
    it.each([[0, "0:00"], [-5, "0:00"], [1, "0:01"], [9_400, "0:10"], [600_000, "10:00"], [3_600_000, "60:00"]])("is %i ms as %s", (ms, text) => expect(clock(ms)).toBe(text));

    it.each([[0, "░░░░░░░░░░"], [1, "█░░░░░░░░░"], [10, "█░░░░░░░░░"], [50, "█████░░░░░"], [99, "█████████░"], [100, "██████████"]])("is %i %% as %s", (share, text) => expect(bar(share, 10)).toBe(text));

    it.each<[string, Parameters<typeof figuresText>[0], string]>([
        ["a version that is well", good, "0 % errors of 812, first token 412 ms"],
        ["errors", { ...good, failed: 3, cut: 1 }, "0.5 % errors of 812 (3 failed, 1 cut), first token 412 ms"],
        ["the pilot's own requests", { ...good, requests: 20, synthetic: 15, firstToken: { count: 0, p95: 0 } }, "0 % errors of 20, 15 the pilot's own"],
        ["both", { ...good, requests: 20, synthetic: 15, failed: 1, firstToken: { count: 0, p95: 0 } }, "5 % errors of 20 (1 failed, 15 the pilot's own)"],
        ["nobody yet", { ...good, requests: 0, firstToken: { count: 0, p95: 0 } }, "no requests that count"],
        ["everything at once", { ...good, requests: 0, firstToken: { count: 0, p95: 0 }, up: false, outOfMemory: 1, restarts: 2, core: "failed" }, "no requests that count, no instance is healthy, out of memory, ended 2×, its check failed"],
        ["requests that do not count", { ...good, excluded: { left: 134, capped: 70.4, trimmed: 12 } }, "0 % errors of 812, first token 412 ms, not counted: 134 left by visitors + 70 above one address's share + 12 of the two extreme addresses"],
        ["requests that all count", { ...good, excluded: { left: 0, capped: 0, trimmed: 0 } }, "0 % errors of 812, first token 412 ms"],
        ["requests that count in part", { ...good, requests: 812.5, failed: 40.63 }, "5 % errors of 813 (40.6 failed), first token 412 ms"],
        ["turns that did not finish", { ...good, turns: { count: 50, unfinished: 2 } }, "0 % errors of 812, first token 412 ms, 2 of 50 turns not finished"],
        ["an app without metrics", { ...good, firstToken: { count: 0, p95: 0 }, firstByte: { count: 800, p95: 41.7 }, core: "none" }, "0 % errors of 812, first byte 42 ms"],
        ["a source that is lost", undefined, "nothing is seen of it"],
    ])("is, of %s", (_, figures, text) => expect(figuresText(figures)).toBe(text));
});

describe("an event as it comes", () => {
    it("is one line, which names a person where it was one", () => {
        expect(eventLines(toldOf("10 % of the visitors get it"))).toEqual(["2026-11-27 12:34:56  us  1.5.0  10 % of the visitors get it"]);
        expect(eventLines(toldOf("resumed", { who: "by ada" }))).toEqual(["2026-11-27 12:34:56  us  1.5.0  resumed  (by ada)"]);
    });

    it("has below it what was seen, and what the version said last", () => {
        expect(eventLines(toldOf("gone back: 3 instances ended before they were healthy", { figures: { candidate: { ...good, failed: 81 } }, log: ["Error: no such setting", "    at main.ts:3"] }))).toEqual([
            "2026-11-27 12:34:56  us  1.5.0  gone back: 3 instances ended before they were healthy",
            "    1.5.0: 10 % errors of 812 (81 failed), first token 412 ms; beside it: nothing is seen of it",
            "    │ Error: no such setting",
            "    │     at main.ts:3",
        ]);
    });
});
