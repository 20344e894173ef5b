import { readObject } from "./json";

/** What a line of the gateway's log says of the instances that a request was brought to, one after another. */
export interface Attempt {
    /** Milliseconds since 1970. */
    at: number;
    /** `address:port`. */
    address: string;
    /** The instance did not do what it was asked: 5xx, no answer at all, or it had no database. Of a stream: it was cut. */
    outcome: "answered" | "failed" | "cut";
}

/**
 * Any answer but 5xx and 424; with the latter the app gives away what it cannot do without its database. That it gives away
 * what it has no room for (421) is no failure.
 */
const ANSWERED = /^(?!424)[1-4]\d\d$/;

/**
 * The attempts behind a line of the access log. Each counts, also one that the visitor did not notice because another
 * instance did its work. Relays to other regions are no instances of this one.
 */
export function attemptsOf(line: string): Attempt[] {
    const { time, upstream, upstream_status: status } = readObject(line) as Record<string, string>;
    const at = Date.parse(time ?? "");
    if (!upstream || !status || Number.isNaN(at)) return [];
    // One try after another has a comma between; one redirect after another, a colon (nginx.org, $upstream_addr).
    const [addresses, statuses] = [upstream, status].map((list) => list.split(/, | : /)) as [string[], string[]];
    return addresses.flatMap((address, index) => {
        if (!/^[\d.]+:\d+$/.test(address)) return [];
        return [{ at, address, outcome: ANSWERED.test(statuses[index] ?? "") ? "answered" as const : "failed" as const }];
    });
}

/** A line of the error log that tells of an answer that broke off after it had begun; its access line says 200. */
export function cutOf(line: string): Attempt[] {
    const [, date, time, address] = /^(\S+) (\S+) \[\w+\].* while reading upstream,.* upstream: "http:\/\/([\d.]+:\d+)\//.exec(line) ?? [];
    if (address === undefined) return [];
    // nginx writes its machine's time, which is the pilot's too.
    return [{ at: Date.parse(`${date!.replaceAll("/", "-")}T${time}`), address, outcome: "cut" }];
}
