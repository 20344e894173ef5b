import { describe, expect, it } from "vitest";
import { duration, milliseconds, nanoseconds } from "./duration";

describe("a duration", () => {
    it.each([
        ["0", 0], ["0s", 0], ["500ms", 5e8], ["7s", 7e9], ["1m30s", 90e9], ["1.5s", 1.5e9], ["2h", 7200e9], ["1h0m1s", 3601e9], ["-3s", -3e9], ["10us", 1e4],
    ])("%s is %d ns", (text, ns) => {
        expect(nanoseconds(text)).toBe(ns);
    });

    it.each(["", "7", "s", "7 s", "1d", "1m30", "ten"])("%j is none", (text) => {
        expect(nanoseconds(text)).toBeUndefined();
    });

    it.each([[0, "0s"], [90e9, "1m30s"], [60e9, "1m"], [3600e9, "1h"], [5e8, "500ms"], [1.5e9, "1.5s"], [250, "250ns"], [1500, "1.5us"]])("%d ns is written %s", (ns, text) => {
        expect(duration(ns)).toBe(text);
        expect(nanoseconds(text)).toBe(ns);
    });

    it("in milliseconds has a default", () => {
        expect(milliseconds(undefined, "7s")).toBe(7000);
        expect(milliseconds("3m", "7s")).toBe(180_000);
    });
});
