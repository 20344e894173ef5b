import { describe, expect, it } from "vitest";
import { clashes, overlaps, span, within } from "./ranges";
import { world } from "./world";

describe("address ranges", () => {
    it("span from the first to the last address", () => {
        expect(span("198.51.100.128/25")).toEqual({ first: 3325256832, last: 3325256959 });
        expect(span("10.0.0.1")).toEqual({ first: 167772161, last: 167772161 });
    });

    it.each([
        ["10.0.0.0/8", "10.11.0.0/16", true],
        ["10.11.0.0/16", "10.0.0.0/8", true],
        ["198.18.0.0/22", "198.18.4.0/24", false],
        ["0.0.0.0/0", "198.18.0.0/22", true],
    ])("%s and %s overlap: %s", (a, b, expected) => expect(overlaps(a, b)).toBe(expected));
});

describe("routes that are in the way", () => {
    const route = { dst: "198.51.100.0/24", dev: "eth1" };

    it("are named with the range that they are in", () => {
        expect(clashes([route], world.ranges, world.prefix)).toEqual([{ range: "198.51.100.0/24", route }]);
    });

    it("of a network of machines lie in it: a wider one (a VPN's) gives way to it", () => {
        const routes = [{ dst: "10.0.0.0/8", dev: "tun0" }, { dst: "10.12.1.128/25", dev: "eth1" }];
        expect(clashes(routes, ["10.12.1.0/24"], world.prefix, within)).toEqual([{ range: "10.12.1.0/24", route: routes[1] }]);
    });

    it("are neither the default route, nor IPv6, nor the pocket's own", () => {
        const harmless = [{ dst: "default", dev: "eth0" }, { dst: "fd00::/64", dev: "eth0" }, { dst: "198.18.0.0/24", dev: "ap-world" }, { dst: "192.0.2.0/24", dev: "eth0" }];
        expect(clashes(harmless, world.ranges, world.prefix)).toEqual([]);
    });
});
