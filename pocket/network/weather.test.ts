import { describe, expect, it } from "vitest";
import { bridge } from "../machine/container";
import { detours, type Rule } from "./weather";

const us = { id: "subnet-1", place: "us", cidr: "10.11.0.0/24" } as const;
const cn = [{ id: "subnet-2", place: "cn", cidr: "10.12.0.0/24" }, { id: "subnet-3", place: "cn", cidr: "10.12.1.0/24" }] as const;
const [a, b, c] = [us, ...cn].map(({ id }) => bridge(id));
const words = (...of: Parameters<typeof detours>) => detours(...of).map((list) => list.join(" "));

/** As `ip -json rule show` tells them; the first three are on every machine. */
const others: Rule[] = [{ priority: 0 }, { priority: 32766 }, { priority: 32767 }];
const standing: Rule[] = [
    ...others,
    { priority: 7411, iif: a, dst: "10.12.0.0", dstlen: 24 },
    { priority: 7411, iif: a, dst: "10.12.1.0", dstlen: 24 },
    { priority: 7412, iif: b, dst: "10.11.0.0", dstlen: 24 },
    { priority: 7412, iif: c, dst: "10.11.0.0", dstlen: 24 },
];

describe("the delay line", () => {
    it("takes what us and cn send each other, and nothing else", () => {
        expect(words([us, ...cn, { id: "subnet-4", place: "eu", cidr: "10.13.0.0/24" }], others)).toEqual([
            `rule add iif ${a} to 10.12.0.0/24 lookup 7411 priority 7411`,
            `rule add iif ${a} to 10.12.1.0/24 lookup 7411 priority 7411`,
            `rule add iif ${b} to 10.11.0.0/24 lookup 7412 priority 7412`,
            `rule add iif ${c} to 10.11.0.0/24 lookup 7412 priority 7412`,
        ]);
    });

    it("is left alone while it leads where it should", () => expect(words([us, ...cn], standing)).toEqual([]));

    it("forgets a subnet that is gone, and takes one that came instead", () => {
        const instead = { ...cn[1], id: "subnet-9" };
        expect(words([us, cn[0], instead], standing)).toEqual([
            `rule del iif ${c} to 10.11.0.0/24 lookup 7412 priority 7412`,
            `rule add iif ${bridge("subnet-9")} to 10.11.0.0/24 lookup 7412 priority 7412`,
        ]);
    });

    it("has no rule left when it is taken away", () => {
        expect(words([], [...others, { priority: 7411, iif: a, dst: "10.12.0.7" }])).toEqual([`rule del iif ${a} to 10.12.0.7/32 lookup 7411 priority 7411`]);
    });

    it("leads a region without a network nowhere", () => expect(words([us], others)).toEqual([]));
});
