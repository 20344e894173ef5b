import { describe, expect, it } from "vitest";
import { accepts, programs } from "./passage";

describe("the passage through another program's filter", () => {
    it("is what enters or leaves by the pocket's interfaces", () => {
        expect(accepts.map((words) => words.join(" "))).toEqual([
            "FORWARD -i ap-+ -m comment --comment antipode -j ACCEPT",
            "FORWARD -o ap-+ -m comment --comment antipode -j ACCEPT",
            "INPUT -i ap-+ -m comment --comment antipode -j ACCEPT",
        ]);
    });

    it.each([
        ["table ip antipode\n", "", []],
        ["table ip filter\ntable ip nat\n", "", ["iptables-nft"]],
        ["table ip6 filter\ntable inet filter\n", "nat\n", []],
        ["", "nat\nfilter\n", ["iptables-legacy"]],
        ["table ip filter\n", "filter\n", ["iptables-nft", "iptables-legacy"]],
    ])("with the tables %j and %j is opened by %j", (nft, legacy, expected) => expect(programs(nft, legacy)).toEqual(expected));
});
