import { isIPv6 } from "node:net";

/** An IPv4 network; addresses are unsigned 32-bit numbers. */
export interface Cidr { first: number; last: number; bits: number }

/** Absent when the text is no IPv4 CIDR with a canonical form ("10.0.0.0/16", not "10.0.1/16" or "010.0.0.0/16"). */
export function parseCidr(text: string): (Cidr & { address: number }) | undefined {
    const [ip, mask, more] = text.split("/");
    const address = parseIp(ip ?? "");
    if (address === undefined || more !== undefined || !/^(\d|[12]\d|3[0-2])$/.test(mask ?? "")) return undefined;
    const bits = Number(mask);
    const size = 2 ** (32 - bits);
    const first = address - (address % size);
    return { address, first, last: first + size - 1, bits };
}

export function parseIp(text: string): number | undefined {
    const parts = text.split(".");
    if (parts.length !== 4 || !parts.every((p) => /^(0|[1-9]\d{0,2})$/.test(p) && Number(p) <= 255)) return undefined;
    return parts.reduce((n, p) => n * 256 + Number(p), 0);
}

export function formatIp(address: number): string {
    return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** No host bits are set. */
export function isNetwork(text: string): boolean {
    const cidr = parseCidr(text);
    return cidr !== undefined && cidr.address === cidr.first;
}

/** An IPv6 network without host bits, such as "2001:db8::/32". */
export function isNetwork6(text: string): boolean {
    const [ip = "", mask, more] = text.split("/");
    if (!isIPv6(ip) || more !== undefined || !/^(\d|[1-9]\d|1[01]\d|12[0-8])$/.test(mask ?? "")) return false;
    const [head = "", tail = ""] = new URL(`http://[${ip}]`).hostname.slice(1, -1).split("::").map((half) => half.split(":").filter(Boolean).map((group) => group.padStart(4, "0")).join(""));
    const bits = BigInt(`0x${head}${tail.padStart(32 - head.length, "0")}`);
    return bits % 2n ** BigInt(128 - Number(mask)) === 0n;
}

export function contains(outer: Cidr, inner: Cidr): boolean {
    return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(a: Cidr, b: Cidr): boolean {
    return a.first <= b.last && b.first <= a.last;
}

/** Machines and public addresses start here: what a cloud keeps for itself lies below in every cloud. */
export const FIRST_HOST = 10;

/** Lowest address of the network from its tenth on that is not taken; absent when it is full. The last is broadcast. */
export function lowestFree(network: string, taken: Iterable<string>): string | undefined {
    const cidr = parseCidr(network);
    if (!cidr) return undefined;
    const used = new Set(taken);
    for (let address = cidr.first + FIRST_HOST; address < cidr.last; address++) {
        if (!used.has(formatIp(address))) return formatIp(address);
    }
    return undefined;
}
