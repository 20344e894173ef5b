import { describe, expect, it } from "vitest";
import type { Landscape, Rule } from "../model";
import { ruleset } from "./ruleset";

const everywhere: Rule = { action: "accept", protocol: "all", cidr: "0.0.0.0/0" };
const landscape: Landscape = {
    subnets: [{ id: "subnet-us", place: "us", cidr: "10.11.1.0/24" }, { id: "subnet-cn", place: "cn", cidr: "10.12.1.0/24" }],
    machines: [],
    addresses: [{ publicIp: "198.51.100.10", place: "us", privateIp: "10.11.1.10" }, { publicIp: "198.51.100.11", place: "us" }],
    firewalls: [
        {
            privateIp: "10.11.1.10",
            ingress: [
                { action: "drop", protocol: "tcp", ports: [{ from: 22, to: 22 }], cidr: "203.0.113.0/24" },
                { action: "accept", protocol: "tcp", ports: [{ from: 80, to: 80 }, { from: 8000, to: 8010 }], cidr: "0.0.0.0/0" },
                { action: "accept", protocol: "icmp", cidr: "198.18.0.1/32" },
                { action: "accept", protocol: "udp", cidr: "198.18.0.1/32" },
            ],
            egress: [everywhere],
        },
    ],
};

const part = (text: string, kind: string) => new RegExp(`  ${kind} \\{\\n([^}]*(?:\\{[^}]*\\}[^}]*)*?)\\n  \\}`).exec(text)?.[1]!.split("\n").map((l) => l.trim());

describe("the packet filter of the pocket's world", () => {
    const text = ruleset(landscape, { partitions: [] });

    it("judges rules in order and ends with denial", () => {
        expect(part(text, "chain m0_in")).toEqual([
            "ip saddr 203.0.113.0/24 tcp dport 22-22 drop",
            "ip saddr 0.0.0.0/0 tcp dport 80-80 accept",
            "ip saddr 0.0.0.0/0 tcp dport 8000-8010 accept",
            "ip saddr 198.18.0.1/32 ip protocol icmp accept",
            "ip saddr 198.18.0.1/32 ip protocol udp accept",
            "drop",
        ]);
        expect(part(text, "chain m0_out")).toEqual(["ct original ip daddr 0.0.0.0/0 return", "drop"]);
    });

    it("binds public addresses to private ones, and leaves an unbound one alone", () => {
        expect(part(text, "map private_of")).toEqual(["type ipv4_addr : ipv4_addr", "elements = { 198.51.100.10 : 10.11.1.10 }"]);
        expect(text).not.toContain("198.51.100.11");
    });

    it("keeps a machine with no rule at all shut", () => {
        const shut = ruleset({ ...landscape, firewalls: [{ privateIp: "10.11.1.10", ingress: [], egress: [] }] }, { partitions: [] });
        expect(part(shut, "chain m0_in")).toEqual(["drop"]);
    });

    it("cuts two regions off each other, also what is established", () => {
        const through = part(ruleset(landscape, { partitions: [["us", "cn"]] }), "chain through")!;
        const cut = "ip saddr { 10.11.1.0/24, 198.51.100.0/25 } ip daddr { 10.12.1.0/24, 198.51.100.128/25 } drop";
        expect(through.indexOf(cut)).toBeGreaterThan(0);
        expect(through.indexOf(cut)).toBeLessThan(through.indexOf("ct state established,related accept"));
    });

    it("keeps private addresses at home: others get a public one, or nothing", () => {
        expect(part(text, "chain public_source")).toEqual([
            "type filter hook prerouting priority -310",
            'iifname "ap-wan*" notrack return',
            'iifname "ap-s*" ip saddr { 10.11.1.0/24 } ip daddr { 10.11.1.0/24 } return',
            'iifname "ap-s*" ip saddr { 10.12.1.0/24 } ip daddr { 10.12.1.0/24 } return',
            'iifname "ap-s*" ip saddr set ip saddr map @public_of',
            'iifname "ap-s*" ip saddr { 10.11.1.0/24, 198.51.100.0/25 } ip daddr 198.18.1.53 meta l4proto { tcp, udp } th dport 53 return',
            'iifname "ap-s*" ip saddr { 10.12.1.0/24, 198.51.100.128/25 } ip daddr 198.18.2.53 meta l4proto { tcp, udp } th dport 53 return',
            'iifname "ap-s*" ip saddr != { 198.51.100.0/25, 198.51.100.128/25 } drop',
            'iifname "ap-*" ip daddr { 10.11.1.0/24, 10.12.1.0/24 } drop',
        ]);
        expect(part(text, "chain own_target")).toEqual([
            "type route hook output priority -110",
            'oifname "ap-s*" ct state new ip daddr { 10.11.1.0/24, 10.12.1.0/24 } drop',
            "ip daddr set ip daddr map @private_of",
        ]);
    });

    it("lets a machine ask its resolver whatever its rules say", () => {
        expect(part(text, "chain to_world")).toEqual([
            "type filter hook input priority 0",
            'iifname "ap-s*" ct state established,related accept',
            'iifname "ap-s*" ip saddr { 10.11.1.0/24, 198.51.100.0/25 } ip daddr 198.18.1.53 meta l4proto { tcp, udp } th dport 53 accept',
            'iifname "ap-s*" ip saddr { 10.12.1.0/24, 198.51.100.128/25 } ip daddr 198.18.2.53 meta l4proto { tcp, udp } th dport 53 accept',
            'iifname "ap-s*" ip saddr vmap @leaving',
        ]);
    });

    it("names no network where there is none", () => {
        const empty = ruleset({ subnets: [], machines: [], addresses: [], firewalls: [] }, { partitions: [["us", "cn"]] });
        expect(empty).not.toMatch(/\{ *\}/);
        expect(part(empty, "chain own_target")).toEqual(["type route hook output priority -110", "ip daddr set ip daddr map @private_of"]);
    });

    it("replaces the last one whole", () => expect(text.split("\n").slice(0, 2)).toEqual(["table ip antipode", "delete table ip antipode"]));
});
