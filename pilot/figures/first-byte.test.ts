import { describe, expect, it } from "vitest";
import { FirstBytes } from "./first-byte";

const visitors = (count: number) => Array.from({ length: count }, (_, index) => `203.0.113.${index}`);

describe("how long visitors wait for the first byte", () => {
    it("is what 95 % of them wait at most, in a window", () => {
        const seen = new FirstBytes();
        for (const visitor of visitors(200)) {
            seen.add(99, visitor, 9_000);
            for (let times = 0; times < 5; times += 1) seen.add(100, visitor, 80);
        }
        const { count, p95 } = seen.since(100);
        expect([count > 900 && count <= 1_000, p95 > 50 && p95 <= 100]).toEqual([true, true]);
        expect(seen.since(99).p95).toBeGreaterThan(4_000);
        seen.forget(100);
        expect(seen.since(0).p95).toBeLessThanOrEqual(100);
        expect(seen.since(101)).toEqual({ count: 0, p95: 0 });
    });

    it("is decided by no single visitor", () => {
        const seen = new FirstBytes();
        for (const visitor of visitors(200)) for (let times = 0; times < 5; times += 1) seen.add(100, visitor, 80);
        for (let times = 0; times < 10_000; times += 1) seen.add(101, "198.51.100.1", 30_000);
        expect(seen.since(100).p95).toBeLessThanOrEqual(100);
    });

    it("is the same of a long window, in few numbers", () => {
        const [long, short] = [new FirstBytes(), new FirstBytes()];
        for (let second = 0; second < 600; second += 1) for (const visitor of visitors(30)) [long, short].forEach((seen) => seen.add(seen === long ? second : 0, visitor, second % 2 === 0 ? 80 : 400));
        const before = long.since(0);
        expect(before.count).toBeGreaterThan(10_000);
        expect([long.since(0), long.size <= 62]).toEqual([before, true]);
    });
});
