import { describe, expect, it } from "vitest";
import { asWritten, canonical, checkMissing, checkRules, fillDefaults, valuesAt, type Rules } from "./rules";
import type { Values } from "./values";

const rules: Rules = {
    kind: { oneOf: ["tcp", "udp"], ignoreCase: true }, mode: { oneOf: ["a", "b"], default: "a" }, hops: { range: [1, 64], whole: true, code: "TooFar" },
    name: { length: [1, 3], pattern: /^[a-z]*$/, says: "has other characters than a to z" }, tags: { length: [0, 1] },
    zone: { conflictsWith: ["zoneId"] }, mask: { requiredWith: ["pool"] }, "routes[*].gateway": { conflictsWith: ["routes[*].peer"] }, "disk.type": { default: "gp3" },
    "routes[*].weight": { default: 1 },
};
const checked = (inputs: Values, unknown: string[] = []) => {
    const kind = { rules, exactlyOneOf: [["host", "address"]], atLeastOneOf: [["key", "password"]] };
    const all = { host: "h", key: "k", ...inputs };
    return [checkMissing, checkRules].flatMap((check) => check(kind, all, (path) => unknown.includes(path))).map(({ property, reason }) => `${property}: ${reason}`);
};

describe("a rule", () => {
    it.each<[Values, string[]]>([
        [{ kind: "TCP", mode: "b", hops: 64, name: "abc", tags: { a: "1" } }, []],
        [{ kind: "icmp" }, ['kind: expected kind to be one of ["tcp","udp"], got icmp']],
        [{ mode: "A" }, ['mode: expected mode to be one of ["a","b"], got A']],
        [{ hops: 0 }, ["hops: TooFar: expected hops to be in the range (1 - 64), got 0"]],
        [{ hops: 1.5 }, ["hops: TooFar: expected hops to be a whole number, got 1.5"]],
        [{ name: "" }, ["name: expected the length of name to be in the range (1 - 3), got 0"]],
        [{ name: "A" }, ['name: "name": "A" has other characters than a to z']],
        [{ tags: { a: "1", b: "2" } }, ["tags: expected the length of tags to be in the range (0 - 1), got 2"]],
        [{ zone: "1", zoneId: "2" }, ['zone: "zone" conflicts with "zoneId"']],
        [{ mask: 1 }, ['mask: "mask" needs "pool" beside it']],
        [{ mask: 1, pool: "p" }, []],
        [{ routes: [{ gateway: "g" }, { gateway: "g", peer: "p" }] }, ['routes[1].gateway: "routes[1].gateway" conflicts with "routes[1].peer"']],
        [{ address: "a" }, ['address: only one of "host", "address" can be given']],
        [{ host: undefined }, ['host: one of "host", "address" must be given']],
        [{ password: "p" }, []],
        [{ key: undefined }, ['key: one of "key", "password" must be given']],
    ])("%j", (inputs, expected) => expect(checked(inputs)).toEqual(expected));

    it("waits for what only the update will know", () => {
        expect(checked({ mask: 1, host: undefined, key: undefined }, ["pool", "address", "password"])).toEqual([]);
    });
});

describe("letters of either case", () => {
    it("become the service's own, and come back as they were written", () => {
        const inputs = { kind: "TCP", mode: "a" };
        expect(canonical(rules, inputs)).toEqual({ kind: "tcp", mode: "a" });
        expect(asWritten(rules, { kind: "tcp", id: "1" }, inputs)).toEqual({ kind: "TCP", id: "1" });
        expect(asWritten(rules, { kind: "udp" }, inputs)).toEqual({ kind: "udp" });
    });
});

describe("defaults", () => {
    it("are filled in at every level, and named", () => {
        expect(fillDefaults(rules, { __defaults: ["name"], disk: {}, routes: [{ weight: 2 }, { gateway: "g" }] })).toEqual({
            __defaults: ["name", "mode"], mode: "a", disk: { type: "gp3", __defaults: ["type"] },
            routes: [{ weight: 2 }, { gateway: "g", weight: 1, __defaults: ["weight"] }],
        });
    });
});

it("a pattern finds every value under it", () => {
    expect(valuesAt({ routes: [{ gateway: "a" }, {}, { gateway: "c" }] }, "routes[*].gateway")).toEqual([["routes[0].gateway", "a"], ["routes[2].gateway", "c"]]);
});
