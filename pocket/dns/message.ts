import { AUTHORITATIVE_ANSWER, type Answer, type DecodedPacket, type Packet, RECURSION_AVAILABLE, RECURSION_DESIRED } from "dns-packet";
import { canonical } from "./cloudflare";
import type { Locate } from "./places";

/** A network given as EDNS client subnet (RFC 7871), IPv4 only. */
export interface Subnet { ip: string; length: number; scope?: number }

/** Largest UDP answer that is sure not to be fragmented (DNS flag day 2020), bytes. */
export const UDP_SIZE = 1232;
const RCODES = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;
export type Rcode = keyof typeof RCODES;

export interface Content {
    rcode: Rcode;
    answers?: Answer[];
    authorities?: Answer[];
    authoritative?: boolean;
    recursive?: boolean;
    /** The scope to answer a client subnet with. */
    scope?: number;
}

/** The answer to a query; it repeats the question as asked, and the client subnet with its scope. */
export function respond(query: DecodedPacket, content: Content): Packet {
    const flags =
        RCODES[content.rcode] |
        (content.authoritative ? AUTHORITATIVE_ANSWER : 0) |
        (content.recursive ? RECURSION_AVAILABLE : 0) |
        (query.flag_rd ? RECURSION_DESIRED : 0);
    const subnet = subnetOf(query);
    return {
        id: query.id,
        type: "response",
        flags,
        questions: query.questions,
        answers: content.answers ?? [],
        authorities: content.authorities ?? [],
        additionals: hasEdns(query) ? [edns(subnet && { ...subnet, scope: content.scope ?? 0 })] : [],
    };
}

/** A recursive question, with a client subnet if one is given. */
export function question(id: number, name: string, type: string, subnet?: Subnet): Packet {
    return {
        id,
        type: "query",
        flags: RECURSION_DESIRED,
        questions: [{ name, type: type as "A", class: "IN" }],
        additionals: [edns(subnet)],
    };
}

/** The one question of a query, its name in canonical form; undefined when there is not exactly one. */
export function questionOf(query: Packet): { name: string; type: string } | undefined {
    const [only, ...more] = query.questions ?? [];
    return only && more.length === 0 ? { name: canonical(only.name), type: String(only.type) } : undefined;
}

/** The client subnet of a message, if it carries an IPv4 one. A length of 0 means "do not use my network". */
export function subnetOf(packet: Packet): Subnet | undefined {
    for (const extra of packet.additionals ?? []) {
        for (const option of extra.type === "OPT" ? extra.options : []) {
            if (option.code === 8 && "ip" in option && option.ip && option.family === 1) {
                return { ip: option.ip, length: option.sourcePrefixLength ?? 0, scope: option.scopePrefixLength ?? 0 };
            }
        }
    }
    return undefined;
}

/** How large an answer over UDP may be, bytes: 512 without EDNS. */
export function udpSize(query: Packet): number {
    const opt = query.additionals?.find((extra) => extra.type === "OPT");
    return opt?.type === "OPT" ? Math.max(512, Math.min(opt.udpPayloadSize, UDP_SIZE)) : 512;
}

export function rcodeOf(packet: Packet): number {
    return (packet.flags ?? 0) & 0xf;
}

/**
 * The network that a resolver tells of its client: the /24, which RFC 7871 (section 11.1) advises, or as much more as it
 * takes to find the same place, since the pocket's two regions share one /24. Undefined when nobody knows the place.
 */
export function networkOf(address: string, locate: Locate): Subnet | undefined {
    const place = locate(address);
    if (!place) return undefined;
    for (let length = 24; ; length++) {
        const ip = masked(address, length);
        if (length === 32 || locate(ip) === place) return { ip, length };
    }
}

function masked(address: string, length: number): string {
    const bits = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
    const network = bits - (bits % 2 ** (32 - length));
    return [24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256).join(".");
}

function hasEdns(query: Packet): boolean {
    return query.additionals?.some((extra) => extra.type === "OPT") ?? false;
}

function edns(subnet?: Subnet): Answer {
    const lengths = { sourcePrefixLength: subnet?.length, scopePrefixLength: subnet?.scope ?? 0 };
    const options = subnet ? [{ code: 8 as const, type: "CLIENT_SUBNET" as const, family: 1, ip: subnet.ip, ...lengths }] : [];
    return { name: ".", type: "OPT", udpPayloadSize: UDP_SIZE, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options };
}
