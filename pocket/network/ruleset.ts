import type { Address, Landscape, Place, Rule } from "../model";
import { chain, set, table } from "./nft";
import { fromMachines, fromOperator, machinesIn, toResolvers } from "./private";
import type { Weather } from "./weather";
import { placeOf, world } from "./world";

type Partitions = Pick<Weather, "partitions">;

/**
 * The packet filter of the pocket's world as one nft script that replaces the last one whole: 1:1 NAT for public
 * addresses (before and after connection tracking, so that a connection has its public addresses in it), private ones
 * kept at home, and the clouds' firewalls outside of the guests. An established connection outlives its rule, as on AWS and Tencent.
 */
export function ruleset(landscape: Landscape, weather: Partitions): string {
    const bound = landscape.addresses.filter((a): a is Bound => a.privateIp !== undefined);
    const known = landscape.firewalls.map((firewall, n) => ({ ...firewall, chain: `m${n}`, publicIp: bound.find((a) => a.privateIp === firewall.privateIp)?.publicIp }));
    return table(world.table, [
        map("public_of", "ipv4_addr", bound.map((a) => [a.privateIp, a.publicIp])),
        map("private_of", "ipv4_addr", bound.map((a) => [a.publicIp, a.privateIp])),
        map("leaving", "verdict", known.flatMap((m) => [m.privateIp, m.publicIp].flatMap((ip) => (ip ? [[ip, `jump ${m.chain}_out`] as const] : [])))),
        map("arriving", "verdict", known.map((m) => [m.privateIp, `goto ${m.chain}_in`])),
        ...known.flatMap((m) => [chain(`${m.chain}_in`, judge(m.ingress, "ip saddr", "accept")), chain(`${m.chain}_out`, judge(m.egress, "ct original ip daddr", "return"))]),
        ...base(landscape, weather),
    ]);
}

type Bound = Required<Address>;

function base(landscape: Landscape, weather: Partitions): string[] {
    return [
        chain("public_source", ["type filter hook prerouting priority -310", 'iifname "ap-wan*" notrack return', ...fromMachines(landscape)]),
        // After the kernel's own NAT (-100), which gives the answer to a machine that went out of the world its public address back.
        chain("private_target", ["type filter hook prerouting priority -90", "ip daddr set ip daddr map @private_of"]),
        chain("own_target", ["type route hook output priority -110", ...fromOperator(landscape), "ip daddr set ip daddr map @private_of"]),
        chain("through", ["type filter hook forward priority 0", 'iifname "ap-wan*" accept', ...cuts(landscape, weather), "ct state established,related accept", "ip saddr vmap @leaving", "ip daddr vmap @arriving"]),
        chain("from_world", ["type filter hook output priority 0", "ct state established,related accept", "ip daddr vmap @arriving"]),
        chain("to_world", [
            "type filter hook input priority 0",
            'iifname "ap-s*" ct state established,related accept',
            // A group's rules do not keep a machine from its resolver (docs.aws.amazon.com/vpc, "Security groups").
            ...toResolvers(landscape).map((question) => `${question} accept`),
            'iifname "ap-s*" ip saddr vmap @leaving',
        ]),
    ];
}

function cuts(landscape: Landscape, weather: Partitions): string[] {
    return weather.partitions.flatMap(([a, b]) => {
        const [left, right] = [machinesIn(landscape, placeOf(a)), machinesIn(landscape, placeOf(b))];
        if (left.length === 0 || right.length === 0) return [];
        return [`ip saddr ${set(left)} ip daddr ${set(right)} drop`, `ip saddr ${set(right)} ip daddr ${set(left)} drop`];
    });
}

/** Egress is judged by the address that the machine asked for: by then the packet itself may have a private one. */
function judge(rules: Rule[], side: "ip saddr" | "ct original ip daddr", pass: "accept" | "return"): string[] {
    return [...rules.flatMap((rule) => match(rule).map((what) => `${side} ${rule.cidr} ${what}${rule.action === "accept" ? pass : "drop"}`)), "drop"];
}

function match(rule: Rule): string[] {
    if (rule.protocol === "all") return [""];
    if (rule.protocol === "icmp") return ["ip protocol icmp "];
    if (!rule.ports) return [`ip protocol ${rule.protocol} `];
    return rule.ports.map((p) => `${rule.protocol} dport ${p.from}-${p.to} `);
}

function map(name: string, value: "ipv4_addr" | "verdict", entries: (readonly [string, string])[]): string {
    const elements = entries.length === 0 ? "" : `\n    elements = { ${entries.map(([k, v]) => `${k} : ${v}`).join(", ")} }`;
    return `  map ${name} {\n    type ipv4_addr : ${value}${elements}\n  }`;
}
