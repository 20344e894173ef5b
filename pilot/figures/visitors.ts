import { isIPv6 } from "node:net";
import type { Attempt } from "./gateway-log";
import type { Tally } from "./weigh";

/** A window begins at most this many seconds before anybody asks for it; older seconds need no numbers of their own. */
const APART_SECONDS = 60;
/**
 * A bound for the memory, and far more than a verdict needs. Beyond it, all further addresses are one: together they have
 * the share of one address, and like any other one they decide nothing. Somebody with a whole IPv6 network can fill the
 * places, but has then as many addresses as thousands of visitors, and no count of addresses tells them apart.
 */
const MOST_SOURCES = 2_000;
const OTHERS = "others";

type Tallies = Map<string, Tally>;

/**
 * Whom a verdict takes for one visitor: an IPv4 address, or the /64 of an IPv6 address. A host chooses the other 64 bits
 * itself (RFC 8981), and can have a new address for each request.
 */
export function sourceOf(address: string): string {
    const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
    if (mapped !== undefined) return mapped;
    if (!isIPv6(address)) return address;
    const [head = "", tail] = address.split("%")[0]!.split("::");
    const groups = (part: string) => (part === "" ? [] : part.split(":"));
    // A dotted end is the last two of the eight groups, so it never reaches the first four.
    const size = (part: string) => groups(part).length + (part.includes(".") ? 1 : 0);
    const zeros = tail === undefined ? 0 : 8 - size(head) - size(tail);
    const all = [...groups(head), ...Array<string>(zeros).fill("0"), ...groups(tail ?? "")];
    return `${all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

/** What the gateway's log tells of one version, by visitor and second. */
export class Visitors {
    /** In order, and of one second each until they are merged. */
    private slices: { from: number; to: number; tallies: Tallies }[] = [];
    private windowBegins = 0;

    /** @param second since 1970 */
    add(second: number, visitor: string, outcome: Attempt["outcome"]): void {
        tallyOf(this.sliceOf(second), sourceOf(visitor))[outcome] += 1;
    }

    /** Those of a window. @param first the second with which it begins */
    since(first: number): Tally[] {
        this.windowBegins = first;
        const window: Tallies = new Map();
        for (const { from, tallies } of this.slices) if (from >= first) merge(window, tallies);
        return [...window.values()];
    }

    /** Forgets what came before a second. */
    forget(before: number): void {
        this.slices = this.slices.filter(({ from }) => from >= before);
    }

    get isEmpty(): boolean {
        return this.slices.length === 0;
    }

    private sliceOf(second: number): Tallies {
        const known = this.slices.findLast(({ from, to }) => from <= second && second <= to);
        if (known) return known.tallies;
        this.mergeOld(Math.max(second, this.slices.at(-1)?.from ?? 0) - APART_SECONDS);
        const fresh = { from: second, to: second, tallies: new Map() };
        this.slices.splice(this.slices.findLastIndex(({ from }) => from < second) + 1, 0, fresh);
        return fresh.tallies;
    }

    /** Two neighbors that are old become one, unless a window begins between them. */
    private mergeOld(before: number): void {
        const merged: typeof this.slices = [];
        for (const slice of this.slices) {
            const last = merged.at(-1);
            if (last && slice.from < before && (last.from >= this.windowBegins) === (slice.from >= this.windowBegins)) {
                merge(last.tallies, slice.tallies);
                last.to = slice.to;
            } else merged.push(slice);
        }
        this.slices = merged;
    }
}

function tallyOf(tallies: Tallies, source: string): Tally {
    const key = tallies.has(source) || tallies.size < MOST_SOURCES ? source : OTHERS;
    const tally = tallies.get(key) ?? { answered: 0, failed: 0, cut: 0, left: 0 };
    tallies.set(key, tally);
    return tally;
}

function merge(into: Tallies, more: Tallies): void {
    for (const [source, { answered, failed, cut, left }] of more) {
        const tally = tallyOf(into, source);
        tally.answered += answered;
        tally.failed += failed;
        tally.cut += cut;
        tally.left += left;
    }
}
