import type { Address, Landscape, Place, Rule } from "../model";
import { places, world } from "./world";

/** Faults that were asked for: which regions do not hear each other. */
export interface Weather { partitions: [Place, Place][] }

/**
 * The packet filter of the pocket's world as one nft script that replaces the last one whole: 1:1 NAT for public
 * addresses (before and after connection tracking, so that a connection has its public addresses in it), and the
 * clouds' firewalls outside of the guests. An established connection outlives its rule, as on AWS and Tencent.
 */
export function ruleset(landscape: Landscape, weather: Weather): string {
    const bound = landscape.addresses.filter((a): a is Bound => a.privateIp !== undefined);
    const known = landscape.firewalls.map((firewall, n) => ({ ...firewall, chain: `m${n}`, publicIp: bound.find((a) => a.privateIp === firewall.privateIp)?.publicIp }));
    return [
        `table ip ${world.table}`, // so that the delete below never fails
        `delete table ip ${world.table}`,
        `table ip ${world.table} {`,
        map("public_of", "ipv4_addr", bound.map((a) => [a.privateIp, a.publicIp])),
        map("private_of", "ipv4_addr", bound.map((a) => [a.publicIp, a.privateIp])),
        map("leaving", "verdict", known.flatMap((m) => [m.privateIp, m.publicIp].flatMap((ip) => (ip ? [[ip, `jump ${m.chain}_out`] as const] : [])))),
        map("arriving", "verdict", known.map((m) => [m.privateIp, `goto ${m.chain}_in`])),
        ...known.flatMap((m) => [chain(`${m.chain}_in`, judge(m.ingress, "saddr", "accept")), chain(`${m.chain}_out`, judge(m.egress, "daddr", "return"))]),
        ...base(landscape, weather),
        "}",
        "",
    ].join("\n");
}

type Bound = Required<Address>;

function base(landscape: Landscape, weather: Weather): string[] {
    const inside = landscape.subnets.map((s) => s.cidr);
    const leavesRegion = inside.length > 0 ? `ip daddr != ${set(inside)} ` : "";
    return [
        chain("public_source", ["type filter hook prerouting priority -310", 'iifname "ap-wan*" notrack return', `iifname "ap-s*" ${leavesRegion}ip saddr set ip saddr map @public_of`]),
        chain("private_target", ["type filter hook prerouting priority -110", "ip daddr set ip daddr map @private_of"]),
        chain("own_target", ["type route hook output priority -110", "ip daddr set ip daddr map @private_of"]),
        chain("through", ["type filter hook forward priority 0", 'iifname "ap-wan*" accept', ...cuts(landscape, weather), "ct state established,related accept", "ip saddr vmap @leaving", "ip daddr vmap @arriving"]),
        chain("from_world", ["type filter hook output priority 0", "ct state established,related accept", "ip daddr vmap @arriving"]),
        chain("to_world", ["type filter hook input priority 0", 'iifname "ap-s*" ct state established,related accept', 'iifname "ap-s*" ip saddr vmap @leaving']),
        chain("outside", ["type nat hook postrouting priority 100", `ip saddr ${set([...world.ranges])} oifname != "ap-*" oifname != "lo" masquerade`]),
    ];
}

function cuts(landscape: Landscape, weather: Weather): string[] {
    const machinesIn = (place: Place) => [...landscape.subnets.filter((s) => s.place === place).map((s) => s.cidr), ...places.filter((p) => p.place === place).flatMap((p) => p.pool ?? [])];
    return weather.partitions.flatMap(([a, b]) => {
        const [left, right] = [machinesIn(a), machinesIn(b)];
        if (left.length === 0 || right.length === 0) return [];
        return [`ip saddr ${set(left)} ip daddr ${set(right)} drop`, `ip saddr ${set(right)} ip daddr ${set(left)} drop`];
    });
}

function judge(rules: Rule[], side: "saddr" | "daddr", pass: "accept" | "return"): string[] {
    return [...rules.flatMap((rule) => match(rule).map((what) => `ip ${side} ${rule.cidr} ${what}${rule.action === "accept" ? pass : "drop"}`)), "drop"];
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

function chain(name: string, [first, ...rest]: string[]): string {
    return [`  chain ${name} {`, ...[first, ...rest].map((line) => `    ${line}`), "  }"].join("\n");
}

function set(items: string[]): string {
    return `{ ${items.join(", ")} }`;
}
