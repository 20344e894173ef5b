import { isIPv4, isIPv6 } from "node:net";
import type { Answer } from "dns-packet";
import { type Account, type DnsRecord, type LoadBalancer, zoneOf } from "./cloudflare";
import type { Locate } from "./places";
import { type Asker, type IsUp, locateAsker, steer } from "./steering";

export interface Question extends Asker {
    /** In lower case, without a trailing dot. */
    name: string;
    type: string;
}

export interface Reply {
    rcode: "NOERROR" | "NXDOMAIN" | "REFUSED";
    answers: Answer[];
    authorities: Answer[];
    /** Whether the answer depends on the client subnet. */
    bySubnet: boolean;
}

/** What an answer depends on beside the account. */
export interface Senses { isUp: IsUp; locate: Locate; random: () => number }

/** Cloudflare's "automatic", seconds. developers.cloudflare.com/dns/manage-dns-records/reference/ttl. */
const AUTOMATIC_TTL = 300;
/** The `ttl` of a load balancer that names none, seconds (the provider's schema). */
const BALANCER_TTL = 30;
const LONGEST_CHAIN = 8;

/**
 * What Cloudflare's name servers answer. A name outside every zone is refused; a missing name or type is told with the
 * zone's SOA. Proxied records answer with their own content, since the pocket has no proxy in front of the machines.
 */
export function answer(question: Question, account: Account, senses: Senses): Reply {
    const zone = zoneOf(account, question.name);
    if (!zone) return { rcode: "REFUSED", answers: [], authorities: [], bySubnet: false };

    const answers: Answer[] = [];
    let bySubnet = false;
    let { name } = question;
    for (let hop = 0; hop < LONGEST_CHAIN; hop++) {
        const node = nodeAt(account, name);
        const home = zoneOf(account, name);
        if (!home) return { rcode: "NOERROR", answers, authorities: [], bySubnet };
        if (!node) return { rcode: "NXDOMAIN", answers, authorities: [soa(home.name)], bySubnet };
        const alias = node.balancer && isAddressType(question.type) ? undefined : node.records.find(({ type }) => type === "CNAME");
        if (alias?.content && question.type !== "CNAME") {
            answers.push({ name, type: "CNAME", ttl: seconds(alias.ttl), data: alias.content });
            name = alias.content.toLowerCase();
            continue;
        }
        const found = recordsAt(name, question, home.name, node, account, senses);
        answers.push(...found.answers);
        bySubnet ||= found.bySubnet;
        break;
    }
    const complete = answers.some(({ type }) => type === question.type || question.type === "ANY");
    const owner = zoneOf(account, name) ?? zone;
    return { rcode: "NOERROR", answers, authorities: complete ? [] : [soa(owner.name)], bySubnet };
}

/** The IPv4 addresses that a hostname of the account leads to, load balancers left aside; an address is itself. */
export function addressesOf(account: Account, host: string, hops = LONGEST_CHAIN): string[] {
    if (isIPv4(host)) return [host];
    if (hops === 0) return [];
    const records = nodeAt(account, host.toLowerCase().replace(/\.$/, ""))?.records ?? [];
    return records.flatMap(({ type, content = "" }) => {
        if (type === "A") return [content];
        return type === "CNAME" ? addressesOf(account, content, hops - 1) : [];
    });
}

interface Found { answers: Answer[]; bySubnet: boolean }
interface Node { records: DnsRecord[]; balancer?: LoadBalancer }

/** What stands at a name: its own records, else those of the nearest wildcard, else undefined (RFC 4592). */
function nodeAt(account: Account, name: string): Node | undefined {
    const zone = zoneOf(account, name);
    if (!zone) return undefined;
    const names = [...account.records, ...account.loadBalancers].map((item) => item.name);
    const exists = (at: string) => at === zone.name || names.some((known) => known === at || known.endsWith(`.${at}`));
    if (exists(name)) return at(account, name);
    for (let parent = name; parent !== zone.name; ) {
        parent = parent.slice(parent.indexOf(".") + 1);
        if (names.includes(`*.${parent}`)) return at(account, `*.${parent}`);
        if (exists(parent)) return undefined;
    }
    return undefined;
}

function at(account: Account, name: string): Node {
    return {
        records: account.records.filter((record) => record.name === name),
        balancer: account.loadBalancers.find((balancer) => balancer.name === name && balancer.enabled !== false),
    };
}

function recordsAt(name: string, question: Question, zone: string, node: Node, account: Account, senses: Senses): Found {
    const { type } = question;
    if (node.balancer && isAddressType(type)) return balanced(name, question, node.balancer, account, senses);
    if (type === "ANY") return { answers: [{ name, type: "HINFO", ttl: 3600, data: { cpu: "RFC8482", os: "" } }], bySubnet: false };
    if (name === zone && type === "SOA") return { answers: [soa(zone)], bySubnet: false };
    if (name === zone && type === "NS") {
        return { answers: nameServers.map((data) => ({ name, type: "NS", ttl: 86400, data })), bySubnet: false };
    }
    return { answers: node.records.filter((record) => record.type === type).flatMap((record) => encode(name, record) ?? []), bySubnet: false };
}

function balanced(name: string, question: Question, balancer: LoadBalancer, account: Account, senses: Senses): Found {
    const { location, bySubnet } = locateAsker(balancer, question, senses.locate);
    const address = steer(balancer, account.pools, senses.isUp, location, senses.random)?.origin.address;
    const ttl = balancer.ttl ?? BALANCER_TTL;
    const found = !address ? [] : question.type === "A" ? addressesOf(account, address) : isIPv6(address) ? [address] : [];
    const answers = found.map((data): Answer => ({ name, type: question.type as "A" | "AAAA", ttl, data }));
    return { answers, bySubnet };
}

const isAddressType = (type: string) => type === "A" || type === "AAAA";
const seconds = (ttl: number) => (ttl > 1 ? ttl : AUTOMATIC_TTL);
const nameServers = ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"];

function soa(zone: string): Answer {
    const data = { mname: nameServers[0]!, rname: "dns.cloudflare.com", serial: 1, refresh: 10000, retry: 2400, expire: 604800, minimum: 1800 };
    return { name: zone, type: "SOA", ttl: 1800, data };
}

/** A record's form on the wire; undefined for types that the pocket does not serve. */
function encode(name: string, { type, content = "", priority = 0, data = {}, ttl }: DnsRecord): Answer | undefined {
    const base = { name, ttl: seconds(ttl) };
    switch (type) {
        case "A":
        case "AAAA":
        case "CNAME":
        case "NS":
            return { ...base, type, data: content };
        case "TXT":
            return { ...base, type, data: content.replace(/^"(.*)"$/, "$1") };
        case "MX":
            return { ...base, type, data: { preference: priority, exchange: content } };
        case "CAA":
            return { ...base, type, data: { flags: Number(data.flags ?? 0), tag: data.tag as "issue", value: String(data.value) } };
        case "SRV":
            return {
                ...base,
                type,
                data: { priority: Number(data.priority), weight: Number(data.weight), port: Number(data.port), target: String(data.target) },
            };
        default:
            return undefined;
    }
}
