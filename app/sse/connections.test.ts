import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Connections, type Place } from "./connections";

describe("the accounts of the limits", () => {
    it("hold for any order of coming, beginning and leaving", () => {
        const step = fc.record({ user: fc.integer({ min: 0, max: 4 }), act: fc.constantFrom("come", "begin", "leave"), which: fc.nat(20) });
        const limits = fc.record({ global: fc.integer({ min: 1, max: 4 }), perUser: fc.integer({ min: 1, max: 3 }) });
        fc.assert(
            fc.property(limits, fc.array(step, { maxLength: 60 }), (limit, steps) => {
                const connections = new Connections(limit);
                const open: { user: number; place: Place; begun: boolean; closed: boolean }[] = [];
                for (const { user, act, which } of steps) {
                    if (act === "come") {
                        const one = { user, begun: false, closed: false, place: undefined as unknown as Place };
                        try {
                            one.place = connections.admit(String(user), () => (one.closed = true));
                            open.push(one);
                        } catch {
                            expect(connections.activeGlobal).toBeGreaterThanOrEqual(limit.global);
                        }
                    } else if (open.length > 0) {
                        const one = open[which % open.length]!;
                        if (act === "begin") {
                            one.place.take();
                            one.begun = true;
                        } else {
                            one.place.release();
                            open.splice(open.indexOf(one), 1);
                        }
                    }
                    const reading = open.filter((one) => one.begun && !one.closed);
                    expect(connections.activeGlobal).toBe(open.filter((one) => !one.closed).length);
                    // A reservation counts beside what it will replace.
                    expect(connections.activeGlobal).toBeLessThanOrEqual(limit.global + open.filter((one) => !one.begun).length);
                    expect(reading.filter((one) => one.user === user).length).toBeLessThanOrEqual(limit.perUser);
                }
                for (const { place } of open) place.release();
                expect(connections.activeGlobal).toBe(0);
            }),
        );
    });
});
