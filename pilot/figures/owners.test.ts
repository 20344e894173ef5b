import { describe, expect, it } from "vitest";
import type { SwarmTask } from "../swarm/versions";
import { Owners } from "./owners";

const minute = 60_000;
const time = (ms: number) => new Date(ms).toISOString();
const base = Date.parse("2026-11-27T12:00:00Z");

function task(version: string, ID: string, ip: string, State: string, at: number, CreatedAt = at - 5_000): SwarmTask & { version: string } {
    return {
        version, ID, ServiceID: version, DesiredState: "running", CreatedAt: time(CreatedAt), Status: { State, Timestamp: time(at) },
        NetworksAttachments: [{ Network: { Spec: { Name: "antipode" } }, Addresses: [`${ip}/24`] }],
    };
}

describe("whose an address is", () => {
    const owned = (owners: Owners, at: number, address = "10.0.1.7:80") => owners.of(address, at)?.version;

    it("goes by the time: each instance has it from when it could serve until the next one can", () => {
        const owners = new Owners(() => base);
        owners.observe([task("1.4.0", "t1", "10.0.1.7", "running", base - 10 * minute)]);
        owners.observe([task("1.4.0", "t1", "10.0.1.7", "failed", base - minute), task("1.5.0", "t2", "10.0.1.7", "running", base - 30_000)]);
        expect([base - 11 * minute, base - 10 * minute, base - 31_000, base - 30_000, base].map((at) => owned(owners, at))).toEqual([undefined, "1.4.0", "1.4.0", "1.5.0", "1.5.0"]);
        expect([owners.of("10.0.1.7:80", base - 45_000)?.ending, owners.of("10.0.1.7:80", base)?.ending]).toEqual([{ version: "1.4.0", at: base - minute, outOfMemory: false }, undefined]);
        expect(owned(owners, base, "10.0.1.8:80")).toBe(undefined);
    });

    it("is known to who has just begun to look as far as the Swarm remembers: of one that is over, since it was made", () => {
        const owners = new Owners(() => base);
        owners.observe([task("1.5.0", "t2", "10.0.1.7", "running", base - 20_000), task("1.4.0", "t1", "10.0.1.7", "failed", base - minute, base - 5 * minute)]);
        expect([base - 6 * minute, base - 4 * minute, base - 21_000, base - 20_000].map((at) => owned(owners, at))).toEqual([undefined, "1.4.0", "1.4.0", "1.5.0"]);
    });

    it("is nobody's while an instance only comes up; and the log, which tells whole seconds, may say a moment too early", () => {
        const owners = new Owners(() => base);
        owners.observe([task("1.5.0", "t1", "10.0.1.7", "starting", base)]);
        expect(owned(owners, base + minute)).toBe(undefined);
        owners.observe([task("1.5.0", "t1", "10.0.1.7", "running", base + 2_900)]);
        expect([owned(owners, base + 1_000), owned(owners, base + 2_000)]).toEqual([undefined, "1.5.0"]);
    });

    it("is remembered for a while of those that are over, also when the Swarm does not any more", () => {
        let now = base;
        const owners = new Owners(() => now);
        const running = task("1.5.0", "t2", "10.0.1.8", "running", base - minute);
        owners.observe([task("1.4.0", "t1", "10.0.1.7", "running", base - minute), running]);
        const seen = (ms: number) => {
            now += ms;
            owners.observe([running]);
            return [owned(owners, base), owned(owners, now, "10.0.1.8:80")];
        };
        expect([seen(minute), seen(179 * minute), seen(2 * minute)]).toEqual([["1.4.0", "1.5.0"], ["1.4.0", "1.5.0"], [undefined, "1.5.0"]]);
    });
});
