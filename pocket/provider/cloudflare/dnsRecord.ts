import { parseIp } from "../cidr";
import { isIPv6 } from "node:net";
import type { Values } from "../values";
import { cloudflareKind, fqdn, list, zoneOf, type Zone } from "./kind";
import { failure, oneOf, refuse, within } from "./refuse";

export interface DnsRecord extends Values {
    zoneId: string; name: string; type: string; ttl: number; content?: string; proxied?: boolean; priority?: number; data?: Values;
}

const TYPES = ["A", "AAAA", "CNAME", "MX", "NS", "OPENPGPKEY", "PTR", "TXT", "CAA", "CERT", "DNSKEY", "DS", "HTTPS", "LOC", "NAPTR", "SMIMEA", "SRV", "SSHFP", "SVCB", "TLSA", "URI"];
const CALL = "POST https://api.cloudflare.com/client/v4/zones/…/dns_records";

export const dnsRecord = cloudflareKind<DnsRecord, DnsRecord>({
    token: "cloudflare:index/dnsRecord:DnsRecord",
    kind: "dnsRecord",
    replaceOn: ["zoneId", "type"],
    updates: true,
    check(inputs) {
        const { type, ttl, content, priority, proxied } = inputs;
        const failures = [...oneOf("type", type, TYPES), ...within("priority", priority, 0, 65_535)];
        if (ttl !== undefined && ttl !== 1) failures.push(...within("ttl", ttl, 60, 86_400).map((f) => ({ ...f, reason: `${f.reason} (or 1 for automatic)` })));
        if (type === "A" && content !== undefined && parseIp(content) === undefined) failures.push(failure("content", `for an A record must be an IPv4 address, got "${content}"`));
        if (type === "AAAA" && content !== undefined && !isIPv6(content)) failures.push(failure("content", `for an AAAA record must be an IPv6 address, got "${content}"`));
        if (proxied && type !== undefined && !["A", "AAAA", "CNAME"].includes(type)) failures.push(failure("proxied", `is not possible for a ${type} record`));
        return failures;
    },
    admit(inputs, context, self) {
        const zone = zoneOf(context, inputs.zoneId, CALL);
        if (inputs.content === undefined && inputs.data === undefined) throw refuse(CALL, "400 Bad Request", 9101, "content is a required field", "content");
        const name = fqdn(inputs.name, zone.props.name);
        const beside = list<DnsRecord>(context.store, "dnsRecord", (r) => r.zoneId === zone.id)
            .filter((r) => r.id !== self?.id && fqdn(r.props.name, zone.props.name) === name);
        if (beside.some((r) => r.props.type === inputs.type && r.props.content === inputs.content)) {
            throw refuse(CALL, "400 Bad Request", 81058, "An identical record already exists.", "content");
        }
        const clash = beside.find((r) => (inputs.type === "CNAME" && ["A", "AAAA", "CNAME"].includes(r.props.type)) || (["A", "AAAA"].includes(inputs.type) && r.props.type === "CNAME"));
        if (!clash) return;
        throw refuse(CALL, "400 Bad Request", 81053, `An A, AAAA, or CNAME record with that host already exists (${clash.props.type} ${name}).`, "name");
    },
    compute: (_id, inputs) => ({
        proxied: false, tags: [], settings: {}, meta: "{}", ...inputs,
        proxiable: ["A", "AAAA", "CNAME"].includes(inputs.type),
    }),
});

/** The record's full name, whichever way the program wrote it. */
export function recordName(record: DnsRecord, zone: Zone): string {
    return fqdn(record.name, zone.name);
}
