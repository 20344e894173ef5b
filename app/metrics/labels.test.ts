import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cohortEndOf, cohortOf } from "./labels";

describe("the cohort of a user", () => {
    it("is always the same one, on every instance and in every version", () => {
        // printf 'e7c9a2f4-5b1d-4c3e-8f6a-0d2b4c6e8a10' | sha256sum: fa1590ac…, modulo 32
        expect(cohortOf("e7c9a2f4-5b1d-4c3e-8f6a-0d2b4c6e8a10")).toBe(String(0xfa1590ac % 32));
    });

    it("is one of 32, and each has users", () => {
        const cohorts = new Set(Array.from({ length: 2_000 }, () => cohortOf(randomUUID())));
        expect([...cohorts].map(Number).sort((one, other) => one - other)).toEqual(Array.from({ length: 32 }, (_, index) => index));
    });
});

describe("a turn in its cohort", () => {
    it.each<[string, ReturnType<typeof cohortEndOf>]>([
        ["done", "finished"],
        ["content_refused", "finished"],
        ["upstream_cut", "unfinished"],
        ["upstream_unreachable", "unfinished"],
        ["internal", "unfinished"],
        ["stopped", undefined],
        ["taken_over", undefined],
        ["draining", undefined],
    ])("that ended with %s is %s", (end, counted) => expect(cohortEndOf(end)).toBe(counted));
});
