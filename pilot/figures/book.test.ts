import { describe, expect, it } from "vitest";
import { Book } from "./book";

const nothing = { requests: 0, synthetic: 0, failed: 0, cut: 0, firstToken: { count: 0, p95: 0 }, restarts: 0, outOfMemory: 0 };

describe("the book of what was seen", () => {
    it("has nothing of who was not seen", () => {
        expect(new Book().figures("1.0.0", 0)).toEqual(nothing);
    });

    it("tells each version's own, of a window's beginning and after", () => {
        const book = new Book();
        for (const [at, outcome] of [[9_999, "failed"], [10_000, "answered"], [10_001, "answered"], [12_000, "failed"], [13_000, "cut"]] as const) {
            book.attempt("1.0.0", { at, address: "10.0.0.1:80", visitor: "203.0.113.9", outcome });
        }
        book.attempt("1.1.0", { at: 20_000, address: "10.0.0.2:80", visitor: "203.0.113.9", outcome: "answered" });
        book.synthetic("1.0.0", 11_000);
        book.ended({ version: "1.0.0", at: 9_999, outOfMemory: true });
        book.ended({ version: "1.0.0", at: 12_000, outOfMemory: false });
        book.ended({ version: "1.0.0", at: 13_000, outOfMemory: true });
        book.counted("1.0.0", 9_000, { unfinished: 100, firstTokens: [] });
        book.counted("1.0.0", 14_000, { unfinished: 1, firstTokens: [{ within: 0.5, count: 4 }, { within: Infinity, count: 4 }] });
        book.counted("1.0.0", 14_001, { unfinished: 1, firstTokens: [{ within: 0.5, count: 6 }, { within: Infinity, count: 6 }] });
        expect(book.figures("1.0.0", 10_500)).toEqual({ requests: 3, synthetic: 1, failed: 1, cut: 3, firstToken: { count: 10, p95: 475 }, restarts: 2, outOfMemory: 1 });
        expect(book.figures("1.0.0", 10_500, 14_900).firstToken).toEqual({ count: 10, p95: 475 });
        expect(book.figures("1.0.0", 10_500, 15_000)).toMatchObject({ requests: 3, cut: 3, firstToken: { count: 0, p95: 0 } });
        expect(book.figures("1.1.0", 10_500)).toEqual({ ...nothing, requests: 1 });
        expect(book.figures("1.1.0", 21_000)).toEqual(nothing);
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
        for (let second = 0; second < 10 * 3_600; second += 1) book.attempt("1.0.0", { at: second * 1_000, address: "10.0.0.1:80", visitor: "203.0.113.9", outcome: "answered" });
        for (let hour = 0; hour < 10; hour += 1) book.ended({ version: "1.0.0", at: hour * 3_600_000, outOfMemory: false });
        expect(book.figures("1.0.0", 0)).toMatchObject({ requests: 3 * 3_600 + 1, restarts: 4 });
    });
});
