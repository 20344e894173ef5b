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
    /** How long the head of an answer took. */
    firstByteMs?: number;
}

/** A line of the access log: its attempts, and the connection that a line of the error log can name. */
export interface Access {
    at: number;
    connection?: string;
    visitor: string;
    attempts: Attempt[];
}

const ANSWERED = /^[1-4]\d\d$/;
/** The bundled app gives away what it can't do without its database: nginx redirects the request. An app of one's own may answer so itself. */
const GIVEN_AWAY = "424";
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
    const instances = triesOf(upstream, status, read.upstream_first_byte ?? "").filter(({ address }) => INSTANCE.test(address));
    return { at, connection, visitor, attempts: attempts() };

    function attempts(): Attempt[] {
        if (hasLeft(read)) {
            const last = instances.at(-1);
            if (last) return [{ at, address: last.address, visitor, outcome: "left" }];
            return upstream === "" && version ? [{ at, version, visitor, outcome: "left" }] : [];
        }
        if (status === "") return [];
        return instances.map(({ address, status, seconds, isRedirected }) => {
            if (!ANSWERED.test(status) || (status === GIVEN_AWAY && isRedirected)) return { at, address, visitor, outcome: "failed" };
            const firstByteMs = /^[\d.]+$/.test(seconds) ? Math.round(Number(seconds) * 1_000) : undefined;
            return { at, address, visitor, outcome: "answered", ...(firstByteMs !== undefined && { firstByteMs }) };
        });
    }
}

/** One address that a request was sent to. `isRedirected` if nginx then sent the request elsewhere. */
interface Try {
    address: string;
    status: string;
    seconds: string;
    isRedirected: boolean;
}

/** One try after another has a comma between; one redirect after another, a colon (nginx.org, $upstream_addr). */
function triesOf(...lists: [addresses: string, statuses: string, seconds: string]): Try[] {
    const [addresses, statuses, seconds] = lists.map((list) => list.split(" : ").map((group) => group.split(", "))) as [string[][], string[][], string[][]];
    return addresses.flatMap((group, redirect) => group.map((address, index) => ({
        address,
        status: statuses[redirect]?.[index] ?? "",
        seconds: seconds[redirect]?.[index] ?? "",
        isRedirected: redirect < addresses.length - 1 && index === group.length - 1,
    })));
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
