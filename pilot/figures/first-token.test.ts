import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstTokenOf } from "./first-token";
import type { Cohort } from "./instance-metrics";

const cohort = (fast: number, slow: number): Cohort => ({ turns: 0, unfinished: 0, firstTokens: [{ within: 1, count: fast }, { within: 10, count: fast + slow }, { within: Infinity, count: fast + slow }] });
const times = (count: number, one: Cohort) => Array<Cohort>(count).fill(one);

describe("how long users wait for the first token", () => {
    it.each<[string, Cohort[], { count: number; p95: number }]>([
        ["nobody", [], { count: 0, p95: 0 }],
        ["users of one cohort", [cohort(0, 100)], { count: 0, p95: 0 }],
        ["many who wait for long", times(10, cohort(0, 10)), { count: 90, p95: 9_550 }],
        ["many who do not", times(10, cohort(10, 0)), { count: 90, p95: 950 }],
        ["one who waits for long, as often as he can", [...times(10, cohort(10, 0)), cohort(0, 100_000)], { count: 100, p95: 950 }],
    ])("of %s", (_, cohorts, wait) => {
        const { count, p95 } = firstTokenOf(cohorts);
        expect([count, Math.round(p95)]).toEqual([wait.count, wait.p95]);
    });

    it("is long if it is for all others, whatever one cohort does", () => {
        fc.assert(fc.property(fc.integer({ min: 3, max: 32 }), fc.nat(100_000), (cohorts, flood) => {
            expect(firstTokenOf([...times(cohorts, cohort(0, 10)), cohort(flood, 0)]).p95).toBeGreaterThan(5_000);
        }));
    });

    it("is short if it is for all others, whatever one cohort does", () => {
        fc.assert(fc.property(fc.integer({ min: 3, max: 32 }), fc.nat(100_000), (cohorts, flood) => {
            expect(firstTokenOf([...times(cohorts, cohort(10, 0)), cohort(0, flood)]).p95).toBeLessThanOrEqual(1_000);
        }));
    });
});
