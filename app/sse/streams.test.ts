import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Streams, type Place } from "./streams";

describe("the accounts of the limits", () => {
    it("hold for any order of coming, leaving and ending", () => {
        const step = fc.record({ user: fc.integer({ min: 0, max: 4 }), act: fc.constantFrom("come", "begin", "leave", "end"), which: fc.nat(20) });
        const limits = fc.record({ global: fc.integer({ min: 1, max: 4 }), perUser: fc.integer({ min: 1, max: 3 }) });
        fc.assert(
            fc.property(limits, fc.array(step, { maxLength: 60 }), (limit, steps) => {
                const streams = new Streams(limit);
                const running: { user: number; place: Place; begun: boolean; stopped: boolean }[] = [];
                for (const { user, act, which } of steps) {
                    if (act === "come") {
                        const one = { user, begun: false, stopped: false, place: undefined as unknown as Place };
                        try {
                            one.place = streams.admit(String(user), () => (one.stopped = true));
                            running.push(one);
                        } catch {
                            expect(streams.activeGlobal).toBeGreaterThanOrEqual(limit.global);
                        }
                    } else if (running.length > 0) {
                        const one = running[which % running.length]!;
                        if (act === "begin") {
                            one.place.take();
                            one.begun = true;
                        } else {
                            one.place.disconnected();
                        }
                        if (act === "end") {
                            one.place.release();
                            running.splice(running.indexOf(one), 1);
                        }
                    }
                    const begun = running.filter((one) => one.begun && !one.stopped);
                    expect(streams.activeGlobal).toBeGreaterThanOrEqual(0);
                    // A reservation counts beside what it will replace.
                    expect(streams.activeGlobal).toBeLessThanOrEqual(limit.global + running.filter((one) => !one.begun).length);
                    expect(begun.filter((one) => one.user === user).length).toBeLessThanOrEqual(limit.perUser);
                }
                for (const { place } of running) place.release();
                expect(streams.activeGlobal).toBe(0);
            }),
        );
    });

    it("tell when the last turn has ended, one that was taken over included", async () => {
        const streams = new Streams({ global: 5, perUser: 1 });
        const first = streams.admit("ada", () => undefined);
        const second = streams.admit("ada", () => undefined);
        second.take();
        let idle = false;
        const waiting = streams.idle().then(() => (idle = true));
        second.release();
        await Promise.resolve();
        expect([streams.activeGlobal, idle]).toEqual([0, false]);
        first.release();
        await waiting;
        expect(idle).toBe(true);
    });
});
