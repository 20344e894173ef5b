import { describe, expect, it } from "vitest";
import { until } from "./until";

describe("until", () => {
    it("gives what was found, as soon as it is", async () => {
        let looks = 0;
        expect(await until(() => (++looks === 3 ? "here" : undefined), 10_000, { everyMs: 1 })).toBe("here");
        expect(looks).toBe(3);
    });

    it("takes everything but undefined for found", async () => expect(await until(() => false, 10_000)).toBe(false));

    it("gives up after the time, with a last look at its end", async () => {
        let last = 0;
        const began = Date.now();
        expect(await until(() => void (last = Date.now()), 30, { everyMs: 1000 })).toBeUndefined();
        expect(last - began).toBeGreaterThanOrEqual(30);
    });

    it("rejects with what a look throws, and with the reason of its end", async () => {
        await expect(until(() => Promise.reject(new Error("no engine")), 10_000)).rejects.toThrow("no engine");
        const stop = new AbortController();
        const waiting = until(() => void stop.abort(new Error("the user left")), 10_000, { signal: stop.signal });
        await expect(waiting).rejects.toThrow("the user left");
    });
});
