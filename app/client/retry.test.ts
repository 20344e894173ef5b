import { describe, expect, it } from "vitest";
import { isPassing, isPassingPage, Patience, retryAfterMs, usualTiming } from "./retry";

const timing = { ...usualTiming, firstMs: 500, capMs: 4_000, stallMs: 45_000 };

describe("patience", () => {
    it("waits twice as long each time, up to a cap, half of it by lot", () => {
        const waits = (random: number) => {
            const patience = new Patience(timing, () => random);
            return Array.from({ length: 5 }, () => patience.next(1e9, 0));
        };
        expect(waits(1)).toEqual([500, 1_000, 2_000, 4_000, 4_000]);
        expect(waits(0)).toEqual([250, 500, 1_000, 2_000, 2_000]);
    });

    it("begins anew after progress", () => {
        const patience = new Patience(timing, () => 1);
        patience.next(600, 0);
        patience.renew();
        expect(patience.next(600, 0)).toBe(500);
    });

    it("waits at least as long as it is asked to, but gives up where that is too long", () => {
        const patience = new Patience(timing, () => 1);
        expect([patience.next(1e9, 0, 3_000), patience.next(1e9, 0, 60_000)]).toEqual([3_250, undefined]);
    });

    it("ends by what was tried, not by the clock: an hour of sleep counts as one dead connection", () => {
        const patience = new Patience(timing, () => 1);
        expect(patience.next(50_000, 3_600_000)).toBe(500);
        expect(patience.next(50_000, 10_000)).toBeUndefined();
    });

    it.each([
        ["3", 3_000],
        [" 0 ", 0],
        ["1.5", 1_500],
        ["Wed, 21 Oct 2026 07:28:00 GMT", undefined],
        ["-1", undefined],
        [undefined, undefined],
    ])("reads Retry-After %j as %j", (header, ms) => expect(retryAfterMs(header)).toBe(ms));

    const statuses = [200, 204, 302, 400, 401, 403, 404, 408, 409, 421, 422, 424, 425, 429, 500, 502, 503, 504, 511, 520, 530];

    it("knows what passes of the service's answers", () => expect(statuses.filter(isPassing)).toEqual([408, 421, 424, 425, 429, 502, 503, 504, 511, 520, 530]));
    it("knows what passes of a page", () => expect(statuses.filter(isPassingPage)).toEqual([200, 204, 302, 408, 421, 424, 425, 429, 500, 502, 503, 504, 511, 520, 530]));
});
