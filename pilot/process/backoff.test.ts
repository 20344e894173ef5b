import { describe, expect, it } from "vitest";
import { backoff } from "./backoff";

describe("back-off", () => {
    it("goes from 5 seconds to an hour", () => {
        expect([1, 2, 3, 4, 5, 6, 50].map((failures) => backoff(failures, 0.5))).toEqual([5, 20, 80, 320, 1280, 3600, 3600]);
    });
    it("is spread by a fifth", () => {
        expect([backoff(1, 0), backoff(2, 0)]).toEqual([4, 16]);
    });
});
