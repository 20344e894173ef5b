import { describe, expect, it } from "vitest";
import { duration } from "./duration";

describe("a duration", () => {
    it.each([
        [0, "0s"], [1, "1s"], [15, "15s"], [60, "1m"], [90, "1m30s"], [600, "10m"], [3600, "1h"], [3605, "1h0m5s"], [3660, "1h1m"], [36_000, "10h"],
    ])("of %d s is written %s", (seconds, text) => expect(duration(seconds)).toBe(text));
});
