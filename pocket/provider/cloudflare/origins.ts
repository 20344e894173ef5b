import { BlockList, isIP } from "node:net";
import type { Store } from "../../store";
import type { Values } from "../values";
import { CLOUD, fqdn, list, type Zone } from "./kind";
import type { DnsRecord } from "./dnsRecord";

export interface Origin extends Values { name?: string; address?: string; enabled?: boolean; weight?: number; port?: number; virtualNetworkId?: string; header?: { hosts?: string[] } }

/** Networks that no data center of Cloudflare reaches. */
const PRIVATE = new BlockList();
for (const [network, bits] of [["10.0.0.0", 8], ["172.16.0.0", 12], ["192.168.0.0", 16], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16]] as const) PRIVATE.addSubnet(network, bits);
for (const [network, bits] of [["fc00::", 7], ["fe80::", 10], ["::1", 128]] as const) PRIVATE.addSubnet(network, bits, "ipv6");

function isPrivate(address: string): boolean {
    const family = isIP(address);
    return family !== 0 && PRIVATE.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** What the API does not take in a pool's origins: the argument within the pool, and its words. Absent when all is well. */
export function originFault(origins: Origin[], accountId: string, store: Store): { property: string; message: string } | undefined {
    for (const [i, { name, address = "", port = 0, virtualNetworkId, header }] of origins.entries()) {
        const at = `origins[${i}]`;
        const before = origins.slice(0, i);
        const fault = (member: string, message: string) => ({ property: `${at}.${member}`, message: `${at}.${member}: ${message}` });
        if (named(address, store).some((record) => record.proxied)) return fault("address", `"${address}" is proxied by Cloudflare (DNS internal)`);
        if (name !== undefined && before.some((o) => o.name === name)) return fault("name", `"${name}" is the name of another origin of the pool`);
        // One address may serve several endpoints on different ports (Cloudflare docs, pools/create-pool, as of June 2026).
        if (before.some((o) => o.address?.toLowerCase() === address.toLowerCase() && (o.port ?? 0) === port)) return fault("address", `"${address}" is the address of another origin of the pool, on the same port`);
        // API reference, load_balancers/pools: "To set an internal/reserved address, virtual_network_id must also be set."
        if (isPrivate(address) && !virtualNetworkId) return fault("address", `"${address}" is a private address, which needs a virtual network`);
        // API reference, load_balancers/pools: "Current support is 1 'Host' header override per origin."
        const [host, ...more] = header?.hosts ?? [];
        if (more.length > 0) return fault("header.hosts", "one Host header is supported for each origin");
        if (host !== undefined && !hostAllowed(host.toLowerCase(), address.toLowerCase(), accountId, store)) {
            return fault("header.hosts", `Host header "${host}" not allowed for origin domain "${address}": validation failed`);
        }
    }
    return undefined;
}

/**
 * "Immediate subdomains of a zone associated with the account" (Cloudflare docs, troubleshooting/common-error-codes), the
 * address itself, or a name that resolves to it (additional-options/override-http-host-headers). The zone's own name is let pass.
 */
function hostAllowed(host: string, address: string, accountId: string, store: Store): boolean {
    const zones = list<Zone>(store, "zone", (zone) => zone.accountId === accountId).map((zone) => zone.props.name);
    return host === address || zones.includes(host) || zones.includes(host.slice(host.indexOf(".") + 1)) || named(host, store).some((record) => record.content === address);
}

function named(name: string, store: Store): DnsRecord[] {
    return list<DnsRecord>(store, "dnsRecord").map((record) => record.props).filter((record) => {
        const zone = store.get<Zone>(CLOUD, record.zoneId);
        return zone !== undefined && fqdn(record.name, zone.props.name) === name.toLowerCase();
    });
}
