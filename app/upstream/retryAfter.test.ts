import { describe, expect, it } from "vitest";
import { readRetryAfter } from "./retryAfter";

const NOW = Date.parse("2026-12-01T00:00:00Z");
const read = (after: string | undefined, ms?: string) => readRetryAfter({ "retry-after": after, "retry-after-ms": ms }, NOW);

describe("how long a service wants to be left alone", () => {
    it.each<[string, number | undefined]>([
        ["2", 2_000],
        ["1.5", 1_500],
        [" 0.25 ", 250],
        ["2s", 2_000],
        ["0", 0],
        ["Tue, 01 Dec 2026 00:00:10 GMT", 10_000],
        ["Tuesday, 01-Dec-26 00:00:10 GMT", 10_000],
        ["Tue Dec  1 00:00:10 2026 GMT", 10_000],
        ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
        ["Fri, 31 Dec 9999 23:59:59 GMT", 86_400_000],
        ["1e9", undefined],
        ["9".repeat(400), 86_400_000],
        ["Infinity", undefined],
        ["NaN", undefined],
        ["-1", undefined],
        ["soon", undefined],
        ["", undefined],
        ["1, 2", undefined],
    ])("%j is %s", (header, ms) => expect(read(header)).toBe(ms));

    it("is undefined without a header", () => expect(read(undefined)).toBeUndefined());

    it("is exact in `retry-after-ms`, which goes before a rounded `Retry-After`", () => {
        expect([read("1", "250.4"), read("1", "soon"), read(undefined, "0")]).toEqual([250, 1_000, 0]);
    });
});
