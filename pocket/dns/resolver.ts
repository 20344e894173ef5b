import type { Answer, DecodedPacket } from "dns-packet";
import { ask, type Server } from "./ask";
import { canonical } from "./cloudflare";
import type { Handler } from "./listener";
import { type Content, networkOf, questionOf, rcodeOf, respond, type Rcode, type Subnet, subnetOf } from "./message";
import type { Locate } from "./places";

export interface ResolverOptions {
    /** Where this resolver stands: the address that it asks the authority from. */
    address: string;
    authority: Server;
    /** Whether the authority has the zone of a name: what a registry's delegation would tell. */
    delegated: (name: string) => boolean;
    /** Names of the pocket's world with their IPv4 addresses, in lower case. */
    hosts: Record<string, string>;
    /** Who answers for the rest of the world; without one, that is SERVFAIL. */
    upstream?: Server;
    locate: Locate;
    /** Nothing is kept for longer than this, seconds; resolvers call it their largest TTL. */
    longestTtl?: number;
    now?: () => number;
}

interface Kept { content: Content; at: number; until: number }

const HOST_TTL = 60;
const LONGEST_CHAIN = 8;

/**
 * The recursive resolver of a place. It adds its client's network as client subnet, keeps positive answers of the authority
 * for their TTL and for the networks that their scope covers, and never keeps "no such name", which would hide a record
 * that the next command makes. Names under `.test` are never asked of the outside (RFC 6761, section 6.2).
 */
export function createResolver(options: ResolverOptions): Handler {
    const { now = Date.now, longestTtl = Infinity } = options;
    const kept = new Map<string, Kept>();

    async function fromAuthority(name: string, type: string, subnet?: Subnet): Promise<Content> {
        for (const network of subnet ? [undefined, subnet] : [undefined]) {
            const known = kept.get(key(name, type, network));
            if (known && known.until > now()) return aged(known, now());
        }
        const answer = await ask(options.authority, name, type, { subnet, from: options.address });
        const content = contentOf(answer, subnetOf(answer)?.scope);
        const ttl = Math.min(longestTtl, ...(content.answers ?? []).map((record) => ("ttl" in record ? (record.ttl ?? 0) : 0)));
        if (content.rcode === "NOERROR" && content.answers?.length && content.authorities?.length === 0) {
            sweep(kept, now());
            kept.set(key(name, type, content.scope ? subnet : undefined), { content, at: now(), until: now() + ttl * 1000 });
        }
        return content;
    }

    async function once(name: string, type: string, subnet?: Subnet): Promise<Content> {
        if (options.delegated(name)) return fromAuthority(name, type, subnet);
        const host = options.hosts[name];
        if (host) return { rcode: "NOERROR", answers: type === "A" ? [{ name, type: "A", ttl: HOST_TTL, data: host }] : [] };
        if (name === "test" || name.endsWith(".test")) return { rcode: "NXDOMAIN" };
        if (!options.upstream) return { rcode: "SERVFAIL" };
        return contentOf(await ask(options.upstream, name, type));
    }

    /** Follows an alias that leads out of the zone that told it. */
    async function resolve(name: string, type: string, subnet?: Subnet): Promise<Content> {
        const answers: Answer[] = [];
        let scope = 0;
        for (let hop = 0; hop < LONGEST_CHAIN; hop++) {
            const content = await once(name, type, subnet);
            answers.push(...(content.answers ?? []));
            scope = Math.max(scope, content.scope ?? 0);
            const last = content.answers?.at(-1);
            const open = content.rcode === "NOERROR" && content.authorities?.length === 0 && last?.type === "CNAME" && type !== "CNAME";
            if (!open) return { ...content, answers, scope };
            name = canonical(last.data);
        }
        return { rcode: "SERVFAIL" };
    }

    return async (query, client) => {
        const asked = questionOf(query);
        if (!asked) return respond(query, { rcode: "FORMERR", recursive: true });
        const subnet = subnetFor(query, client, options.locate);
        const content = await resolve(asked.name, asked.type, subnet).catch((): Content => ({ rcode: "SERVFAIL" }));
        return respond(query, { ...content, recursive: true });
    };
}

/** The client's own subnet if it sent one, else its network. A length of 0 asks not to be located. */
function subnetFor(query: DecodedPacket, client: string, locate: Locate): Subnet | undefined {
    const given = subnetOf(query);
    if (given) return given.length > 0 ? { ip: given.ip, length: given.length } : undefined;
    return networkOf(client, locate);
}

function contentOf(answer: DecodedPacket, scope = 0): Content {
    const rcode: Rcode = rcodeOf(answer) === 0 ? "NOERROR" : rcodeOf(answer) === 3 ? "NXDOMAIN" : "SERVFAIL";
    return { rcode, answers: answer.answers ?? [], authorities: answer.authorities ?? [], scope };
}

function aged({ content, at }: Kept, now: number): Content {
    const passed = Math.floor((now - at) / 1000);
    const older = (record: Answer) => ("ttl" in record ? { ...record, ttl: Math.max(0, (record.ttl ?? 0) - passed) } : record) as Answer;
    return { ...content, answers: content.answers?.map(older) };
}

function sweep(kept: Map<string, Kept>, now: number): void {
    for (const [name, { until }] of kept) if (until <= now) kept.delete(name);
}

function key(name: string, type: string, subnet?: Subnet): string {
    return `${name} ${type} ${subnet ? `${subnet.ip}/${subnet.length}` : ""}`;
}
