import { describe, expect, it } from "vitest";
import { contains, overlap, parseCidr, subnetOf } from "./cidr";

describe("an address range", () => {
    it.each([
        ["203.0.113.7/32", { address: 0xcb007107, prefix: 32 }],
        ["10.0.0.0/8", { address: 0x0a000000, prefix: 8 }],
        ["0.0.0.0/0", "is everywhere"],
        ["::/0", "is everywhere"],
        ["2001:db8::/32", "is IPv6, and the machines have IPv4 addresses only"],
        ["10.1.2.3/16", "has bits beyond its mask: the range is 10.1.0.0/16"],
        ["10.1.0.0/33", "has a mask longer than /32"],
        ["10.1.0.0", "is not an address range such as 203.0.113.7/32"],
        ["300.1.0.0/16", "is not an address range such as 203.0.113.7/32"],
        ["10.1.0.0/16/2", "is not an address range such as 203.0.113.7/32"],
    ])("%s", (text, expected) => expect(parseCidr(text)).toEqual(expected));

    it("knows what lies in it", () => {
        expect(contains("10.0.0.0/12", "10.12.0.0/16")).toBe(true);
        expect(contains("10.0.0.0/12", "10.16.0.0/16")).toBe(false);
        expect(contains("10.12.0.0/16", "10.0.0.0/12")).toBe(false);
        expect(overlap("172.16.0.0/12", "172.30.0.0/16")).toBe(true);
    });

    it("is cut into subnets", () => {
        expect(subnetOf("10.11.0.0/16", 24, 1)).toBe("10.11.1.0/24");
        expect(subnetOf("10.11.0.0/23", 24, 1)).toBe("10.11.1.0/24");
        expect(() => subnetOf("10.11.0.0/28", 24, 0)).toThrow(new RangeError("no /24 number 0 in 10.11.0.0/28"));
        expect(() => subnetOf("10.11.0.0/24", 24, 1)).toThrow(new RangeError("no /24 number 1 in 10.11.0.0/24"));
    });
});
