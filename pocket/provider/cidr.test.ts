import { describe, expect, it } from "vitest";
import { contains, isNetwork, lowestFree, overlaps, parseCidr } from "./cidr";

describe("cidr", () => {
    it("parses only the canonical form", () => {
        expect(parseCidr("10.20.0.0/16")).toEqual({ address: 169082880, first: 169082880, last: 169148415, bits: 16 });
        for (const bad of ["10.0.0/16", "10.0.0.0", "10.0.0.0/33", "010.0.0.0/8", "10.0.0.256/8", "10.0.0.0/8/8", ""]) expect(parseCidr(bad)).toBeUndefined();
    });

    it("tells host bits, containment and overlap", () => {
        expect([isNetwork("10.0.1.0/24"), isNetwork("10.0.1.1/24")]).toEqual([true, false]);
        const [vpc, inside, outside] = ["10.0.0.0/16", "10.0.255.0/24", "10.1.0.0/24"].map((c) => parseCidr(c)!);
        expect([contains(vpc!, inside!), contains(vpc!, outside!), overlaps(vpc!, inside!), overlaps(inside!, outside!)]).toEqual([true, false, true, false]);
    });

    it("gives the lowest free address from .10 on, and none when the network is full", () => {
        expect(lowestFree("198.51.100.128/25", [])).toBe("198.51.100.138");
        expect(lowestFree("10.0.0.0/24", ["10.0.0.10", "10.0.0.12"])).toBe("10.0.0.11");
        expect(lowestFree("10.0.0.0/28", ["10.0.0.10", "10.0.0.11", "10.0.0.12", "10.0.0.13", "10.0.0.14"])).toBeUndefined();
    });
});
