import { parseIp } from "../cidr";
import { isIPv6 } from "node:net";
import type { Failure } from "../kind";
import type { Rule, Rules } from "../rules";
import type { Values } from "../values";
import { OFF, SIXTEEN_BITS, cloudflareKind, fqdn, list, word, zoneOf, type Zone } from "./kind";
import { failure, refuse } from "./refuse";

export interface DnsRecord extends Values {
    zoneId: string; name: string; type: string; ttl: number; content?: string; proxied?: boolean; priority?: number; data?: Values;
}

const TYPES = ["A", "AAAA", "CNAME", "MX", "NS", "OPENPGPKEY", "PTR", "TXT", "CAA", "CERT", "DNSKEY", "DS", "HTTPS", "LOC", "NAPTR", "SMIMEA", "SRV", "SSHFP", "SVCB", "TLSA", "URI"];
const PROXIABLE = ["A", "AAAA", "CNAME"];
const CALL = "POST https://api.cloudflare.com/client/v4/zones/…/dns_records";

export const dnsRecord = cloudflareKind<DnsRecord, DnsRecord>({
    token: "cloudflare:index/dnsRecord:DnsRecord",
    kind: "dnsRecord",
    replaceOn: ["zoneId", "type"],
    updates: true,
    // terraform-provider-cloudflare, internal/services/dns_record/schema.go.
    rules: {
        type: word(...TYPES),
        content: { conflictsWith: ["data"] },
        priority: SIXTEEN_BITS,
        proxied: OFF,
        tags: { set: true },
        ...each(["priority", "port", "weight", "keyTag", "order", "preference"], SIXTEEN_BITS),
        ...each(["algorithm", "protocol", "digestType", "matchingType", "selector", "usage"], { range: [0, 255] }),
        ...each(["latMinutes", "longMinutes"], { range: [0, 59] }),
        ...each(["latSeconds", "longSeconds"], { range: [0, 59.999] }),
        ...each(["precisionHorz", "precisionVert", "size"], { range: [0, 90_000_000] }),
        ...each(["type"], { range: [0, Infinity] }),
        ...each(["altitude"], { range: [-100_000, 42_849_672.95] }),
        ...each(["latDegrees"], { range: [0, 90] }),
        ...each(["longDegrees"], { range: [0, 180] }),
        ...each(["latDirection"], word("N", "S")),
        ...each(["longDirection"], word("E", "W")),
    },
    check(inputs) {
        const { ttl, content, proxied } = inputs;
        const type = inputs.type?.toUpperCase();
        const failures: Failure[] = [];
        const fail = (property: string, message: string): void => void failures.push(failure(property, "value", `${property} ${message}`));
        // 30 seconds are for Enterprise zones.
        if (ttl !== undefined && ttl !== 1 && (ttl < 60 || ttl > 86_400)) fail("ttl", `must be between 60 and 86400, or 1 for automatic, got ${ttl}`);
        if (type === "A" && content !== undefined && parseIp(content) === undefined) fail("content", `for an A record must be an IPv4 address, got "${content}"`);
        if (type === "AAAA" && content !== undefined && !isIPv6(content)) fail("content", `for an AAAA record must be an IPv6 address, got "${content}"`);
        if (proxied && type !== undefined && !PROXIABLE.includes(type)) fail("proxied", `is not possible for a ${type} record`);
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
        const clash = beside.find((r) => (inputs.type === "CNAME" && PROXIABLE.includes(r.props.type)) || (["A", "AAAA"].includes(inputs.type) && r.props.type === "CNAME"));
        if (!clash) return;
        throw refuse(CALL, "400 Bad Request", 81053, `An A, AAAA, or CNAME record with that host already exists (${clash.props.type} ${name}).`, "name");
    },
    compute: (_id, inputs) => ({
        proxied: false, tags: [], settings: {}, meta: "{}", ...inputs,
        proxiable: PROXIABLE.includes(inputs.type),
    }),
});

/** The record's full name, whichever way the program wrote it. */
export function recordName(record: DnsRecord, zone: Zone): string {
    return fqdn(record.name, zone.name);
}

/** One rule for several members of `data`. */
function each(names: string[], rule: Rule): Rules {
    return Object.fromEntries(names.map((name) => [`data.${name}`, rule]));
}
