import { BlockList, isIP } from "node:net";

/** An IPv4 range, its address as an unsigned number. */
export interface Cidr { address: number; prefix: number }

/** Reads `10.1.0.0/16`; a string names what is wrong with it. */
export function parseCidr(text: string): Cidr | string {
    const [address = "", length, ...rest] = text.split("/");
    const family = isIP(address);
    if (length === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length) || family === 0) return "is not an address range such as 203.0.113.7/32";
    const prefix = Number(length);
    if (prefix === 0) return "is everywhere";
    if (family === 6) return "is IPv6, and the machines have IPv4 addresses only";
    if (prefix > 32) return "has a mask longer than /32";
    const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    const network = mask(number, prefix);
    // The clouds refuse host bits (AWS: "must be a network address"), minutes later and with less to go by.
    if (network !== number) return `has bits beyond its mask: the range is ${dotted(network)}/${prefix}`;
    return { address: number, prefix };
}

/** Whether the whole of `inner` lies in `outer`. */
export function contains(outer: string, inner: string): boolean {
    const [address, prefix] = outer.split("/") as [string, string];
    const [start, length] = inner.split("/") as [string, string];
    const list = new BlockList();
    list.addSubnet(address, Number(prefix));
    return Number(length) >= Number(prefix) && list.check(start);
}

export function overlap(a: string, b: string): boolean {
    return contains(a, b) || contains(b, a);
}

/** The `index`th subnet of `length` bits in a range: subnetOf("10.11.0.0/16", 24, 1) is "10.11.1.0/24". */
export function subnetOf(range: string, length: number, index: number): string {
    const cidr = parseCidr(range);
    if (typeof cidr === "string" || cidr.prefix > length || index >= 2 ** (length - cidr.prefix)) throw new RangeError(`no /${length} number ${index} in ${range}`);
    return `${dotted(cidr.address + index * 2 ** (32 - length))}/${length}`;
}

function mask(address: number, prefix: number): number {
    return address - (address % 2 ** (32 - prefix));
}

function dotted(address: number): string {
    return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
