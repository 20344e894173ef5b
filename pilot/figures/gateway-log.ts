import { readObject } from "./json";

/** What a line of the gateway's log says of one instance that a request was sent to. */
export interface Attempt {
    /** Milliseconds since 1970. */
    at: number;
    /** The instance, `address:port`. Absent if the visitor left before the gateway chose one. */
    address?: string;
    /** The version that the gateway chose, for a line without an instance. */
    version?: string;
    /** The address of the visitor, also if a peer's gateway relayed the request. */
    visitor: string;
    /**
     * `failed`: 5xx, no answer, or no database. `cut`: a stream that the instance broke off after it had answered. `left`: the
     * visitor ended the request, which says nothing about the instance.
     */
    outcome: "answered" | "failed" | "cut" | "left";
}

/** A line of the access log: its attempts, and the connection that a line of the error log can name. */
export interface Access {
    at: number;
    connection?: string;
    visitor: string;
    attempts: Attempt[];
}

/**
 * Any answer but 5xx and 424; with the latter the app gives away what it cannot do without its database. That it gives away
 * what it has no room for (421) is no failure.
 */
const ANSWERED = /^(?!424)[1-4]\d\d$/;
const INSTANCE = /^[\d.]+:\d+$/;

/**
 * What a line of the access log tells; undefined if it is none. Each attempt counts, also one that the visitor did not
 * notice because another instance answered. Relays to other regions are no instances of this one.
 */
export function accessOf(line: string): Access | undefined {
    const read = readObject(line) as Record<string, string | undefined>;
    const { time = "", connection, version, upstream = "", upstream_status: status = "" } = read;
    const at = Date.parse(time);
    if (Number.isNaN(at)) return undefined;
    // A gateway from before wrote no `visitor`.
    const visitor = read.visitor ?? read.remote ?? "";
    // One try after another has a comma between; one redirect after another, a colon (nginx.org, $upstream_addr).
    const [addresses, statuses] = [upstream, status].map((list) => list.split(/, | : /)) as [string[], string[]];
    const instances = addresses.flatMap((address, index) => (INSTANCE.test(address) ? [{ address, status: statuses[index] ?? "" }] : []));
    return { at, connection, visitor, attempts: attempts() };

    function attempts(): Attempt[] {
        if (hasLeft(read)) {
            const last = instances.at(-1);
            if (last) return [{ at, address: last.address, visitor, outcome: "left" }];
            return upstream === "" && version ? [{ at, version, visitor, outcome: "left" }] : [];
        }
        if (status === "") return [];
        return instances.map(({ address, status }) => ({ at, address, visitor, outcome: ANSWERED.test(status) ? "answered" : "failed" }));
    }
}

/**
 * The visitor ended the request: closed the connection, reset the stream, or never finished the body. nginx 1.22 and 1.28
 * leave `$request_completion` empty then, whatever the status; if the instance ends the answer, also too early, it is "OK".
 * For a body that is shorter than it said, nginx itself answers 400.
 */
function hasLeft({ status = "", completion, upstream }: Record<string, string | undefined>): boolean {
    return completion === "" || /^(408|499)$/.test(status) || (status === "400" && upstream === "");
}

/** A line of the error log about an answer that broke off after it had begun; its line in the access log says 200. */
export interface Cut {
    at: number;
    connection: string;
    /** The other end of the connection; a peer's gateway, if that relayed the request. */
    client: string;
    address: string;
}

/**
 * Fixed from its first character to the instance's address. A visitor chooses much of what nginx writes of a request, the
 * referrer with spaces and quotes in it, and must not be able to write a cut of an instance.
 */
const CUT = /^(\S+) (\S+) \[error\] \d+#\d+: \*(\d+) (?:upstream [a-z ]+|(?:recv|readv)\(\) failed)(?: \(\d+: [^()]*\))? while reading upstream, client: ([^ ,]+), server: [^ ,]*, request: "\S+ \S+ \S+", upstream: "http:\/\/([\d.]+:\d+)\//;

export function cutOf(line: string): Cut | undefined {
    const [, date, time, connection, client, address] = CUT.exec(line) ?? [];
    if (address === undefined) return undefined;
    // nginx writes its machine's time, which is the pilot's too.
    return { at: Date.parse(`${date!.replaceAll("/", "-")}T${time}`), connection: connection!, client: client!, address };
}
