import { expect, it } from "vitest";
import { bridge } from "../machine/container";
import { detours } from "./weather";

const us = { id: "subnet-1", place: "us", cidr: "10.11.0.0/24" } as const;
const cn = [{ id: "subnet-2", place: "cn", cidr: "10.12.0.0/24" }, { id: "subnet-3", place: "cn", cidr: "10.12.1.0/24" }] as const;

it("the delay line takes what us and cn send each other, and nothing else", () => {
    const [a, b, c] = [us, ...cn].map(({ id }) => bridge(id));
    expect(detours([us, ...cn, { id: "subnet-4", place: "eu", cidr: "10.13.0.0/24" }]).map((words) => words.join(" "))).toEqual([
        "route replace default dev ap-wan0 table 7411",
        `rule add iif ${a} to 10.12.0.0/24 lookup 7411 priority 7411`,
        `rule add iif ${a} to 10.12.1.0/24 lookup 7411 priority 7411`,
        "route replace default dev ap-wan1 table 7412",
        `rule add iif ${b} to 10.11.0.0/24 lookup 7412 priority 7412`,
        `rule add iif ${c} to 10.11.0.0/24 lookup 7412 priority 7412`,
    ]);
});

it("a region without a network is led nowhere", () => {
    expect(detours([us]).filter(([kind]) => kind === "rule")).toEqual([]);
});
