import { describe, expect, it } from "vitest";
import { duration } from "./duration";

describe("duration", () => {
    it.each([
        [0, "0 ms"],
        [839.6, "840 ms"],
        [12_340, "12.3 s"],
        [59_949, "59.9 s"],
        [59_999, "1 min 00 s"],
        [125_000, "2 min 05 s"],
    ])("says %d as %s", (ms, text) => expect(duration(ms)).toBe(text));
});
