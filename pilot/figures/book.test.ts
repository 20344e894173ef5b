import { describe, expect, it } from "vitest";
import { retained } from "../test/retained";
import { Book } from "./book";
import type { Sample } from "./instance-metrics";

const excluded = { left: 0, capped: 0, trimmed: 0 };
const nothing = { requests: 0, synthetic: 0, failed: 0, cut: 0, excluded, turns: { count: 0, unfinished: 0 }, firstToken: { count: 0, p95: 0 }, restarts: 0, outOfMemory: 0 };
/** Turns and first tokens of three cohorts alike: one of them decides nothing, and one more is left out for those that do well. */
const counted = (turns: number, unfinished = 0, tokens = turns): Sample =>
    new Map(["1", "2", "3"].map((name) => [name, { turns, unfinished, firstTokens: [{ within: 0.5, count: tokens }, { within: Infinity, count: tokens }] }]));

describe("the book of what was seen", () => {
    it("has nothing of who was not seen", () => {
        expect(new Book().figures("1.0.0", 0)).toEqual(nothing);
    });

    it("tells each version's own, of a window's beginning and after", () => {
        const book = new Book();
        for (const visitor of ["203.0.113.1", "203.0.113.2", "203.0.113.3"]) {
            for (const [at, outcome] of [[9_999, "failed"], [10_000, "answered"], [10_001, "answered"], [12_000, "failed"], [13_000, "cut"], [13_000, "left"]] as const) book.attempt("1.0.0", { at, visitor, outcome });
            book.attempt("1.1.0", { at: 20_000, visitor, outcome: "answered" });
        }
        book.own("1.0.0", 9_999, true);
        book.own("1.0.0", 11_000, false);
        book.own("1.0.0", 11_000, true);
        book.ended({ version: "1.0.0", at: 9_999, outOfMemory: true });
        book.ended({ version: "1.0.0", at: 12_000, outOfMemory: false });
        book.ended({ version: "1.0.0", at: 13_000, outOfMemory: true });
        book.counted("1.0.0", 9_000, counted(100, 100));
        book.counted("1.0.0", 14_000, counted(4, 1));
        book.counted("1.0.0", 14_001, counted(6, 1));
        expect(book.figures("1.0.0", 10_500)).toEqual({
            requests: 8, synthetic: 2, failed: 3, cut: 2, excluded: { left: 3, capped: 0, trimmed: 3 },
            turns: { count: 20, unfinished: 4 }, firstToken: { count: 20, p95: 475 }, restarts: 2, outOfMemory: 1,
        });
        expect(book.figures("1.0.0", 10_500, 14_900).firstToken).toEqual({ count: 20, p95: 475 });
        expect(book.figures("1.0.0", 10_500, 15_000)).toMatchObject({ requests: 8, cut: 2, firstToken: { count: 0, p95: 0 } });
        expect(book.figures("1.1.0", 10_500)).toEqual({ ...nothing, requests: 1, excluded: { ...excluded, trimmed: 2 } });
        expect(book.figures("1.1.0", 21_000)).toEqual(nothing);
    });

    it("has requests of the pilot itself count, whoever else asks", () => {
        const book = new Book();
        for (let times = 0; times < 1_000; times += 1) book.attempt("1.0.0", { at: 0, visitor: "203.0.113.1", outcome: "failed" });
        for (let times = 0; times < 20; times += 1) book.own("1.0.0", 0, times < 2);
        expect(book.figures("1.0.0", 0)).toMatchObject({ requests: 20, synthetic: 20, failed: 2, excluded: { trimmed: 1_000 } });
    });

    it("blames no version for an end that it shares with another, also one that is told of later", () => {
        const book = new Book();
        const restarts = () => ["1.0.0", "1.1.0"].map((version) => book.figures(version, 0).restarts);
        for (const at of [100_000, 200_000]) book.ended({ version: "1.1.0", at, outOfMemory: true });
        expect([restarts(), book.figures("1.1.0", 0).outOfMemory]).toEqual([[0, 2], 2]);
        book.ended({ version: "1.0.0", at: 200_004, outOfMemory: false });
        expect([restarts(), book.figures("1.1.0", 0).outOfMemory]).toEqual([[0, 1], 1]);
    });

    it("forgets what no window reaches back to", () => {
        const book = new Book();
        for (const at of [1_000, 2_000]) {
            for (const visitor of ["203.0.113.1", "203.0.113.2", "203.0.113.3"]) book.attempt("1.0.0", { at, visitor, outcome: "answered" });
            book.own("1.0.0", at, false);
            book.counted("1.0.0", at, counted(1));
            book.ended({ version: "1.0.0", at, outOfMemory: false });
        }
        book.forget(2_000);
        expect(book.figures("1.0.0", 0)).toMatchObject({ requests: 2, synthetic: 1, turns: { count: 1 }, restarts: 1 });
        const rest = retained(book);
        book.forget(3_000);
        expect([book.figures("1.0.0", 0), retained(book) < rest]).toEqual([nothing, true]);
    });
});
