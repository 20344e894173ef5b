import { type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, isIP } from "node:net";
import type { Target } from "./plan";

/** How a check ended. `reason` is in the words of Cloudflare's event log. */
export type Outcome = { pass: true } | { pass: false; reason: string };

export interface ProbeOptions {
    /** PEM of the authorities that an https endpoint may be certified by; the system's when absent. */
    ca?: string[];
    /** Addresses of the host that a redirect leads to. */
    resolve?: (host: string) => string[];
}

/** A check reads this much of a body (developers.cloudflare.com/load-balancing/troubleshooting/common-error-codes), bytes. */
const BODY_LIMIT = 10 * 1024;
const REDIRECT_LIMIT = 5;
const TIMEOUT = "HTTP timeout occurred";

/**
 * One check as one data centre makes it. It is made again at once, up to `retries` times, when it ran into the timeout
 * and in no other case: "The number of retries to attempt in case of a timeout before marking the origin as unhealthy.
 * Retries are attempted immediately." (Cloudflare API, load balancing monitors)
 */
export async function probe(target: Target, options: ProbeOptions = {}): Promise<Outcome> {
    let outcome: Outcome = { pass: false, reason: TIMEOUT };
    for (let attempt = 0; attempt <= target.retries; attempt++) {
        outcome = await once(target, options);
        if (outcome.pass || outcome.reason !== TIMEOUT) break;
    }
    return outcome;
}

async function once(target: Target, options: ProbeOptions): Promise<Outcome> {
    const [address] = target.addresses;
    if (!address) return { pass: false, reason: "DNS resolution failed" };
    const signal = AbortSignal.timeout(target.timeoutMs);
    try {
        switch (target.type) {
            case "tcp":
                return await handshake(address, target.port, signal);
            case "http":
            case "https": {
                const url = new URL(`${target.type}://${urlHost(target.headers.Host!)}:${target.port}${target.path}`);
                return await exchange(target, url, address, options, signal);
            }
            default:
                return { pass: false, reason: `no checks of type ${target.type} here` };
        }
    } catch (error) {
        return { pass: false, reason: signal.aborted ? TIMEOUT : reasonOf(error as NodeJS.ErrnoException) };
    }
}

/** A TCP check passes when the connection stands: SYN and its acknowledgement. */
function handshake(host: string, port: number, signal: AbortSignal): Promise<Outcome> {
    return new Promise((resolve, reject) => {
        const socket = connect({ host, port, signal });
        socket.on("error", reject);
        socket.on("connect", () => {
            socket.destroy();
            resolve({ pass: true });
        });
    });
}

async function exchange(target: Target, url: URL, address: string, options: ProbeOptions, signal: AbortSignal, hop = 0): Promise<Outcome> {
    const { status, location, body } = await fetchFrom(target, url, address, options, signal, hop);
    if (target.followRedirects && status >= 300 && status < 400 && location && hop < REDIRECT_LIMIT) {
        const next = new URL(location, url);
        const [to] = next.hostname === url.hostname ? [address] : isIP(next.hostname) ? [next.hostname] : (options.resolve?.(next.hostname) ?? []);
        return to ? exchange(target, next, to, options, signal, hop + 1) : { pass: false, reason: "DNS resolution failed" };
    }
    if (!codeMatches(status, target.expectedCodes)) return { pass: false, reason: `Response code mismatch error (${status})` };
    if (!body.toLowerCase().includes(target.expectedBody.toLowerCase())) return { pass: false, reason: "Response body mismatch error" };
    return { pass: true };
}

interface Fetched { status: number; location?: string; body: string }

function fetchFrom(target: Target, url: URL, address: string, options: ProbeOptions, signal: AbortSignal, hop: number): Promise<Fetched> {
    const secure = url.protocol === "https:";
    const name = url.hostname.replace(/^\[|\]$/g, "");
    return new Promise((resolve, reject) => {
        const request = (secure ? httpsRequest : httpRequest)(
            {
                host: address,
                port: url.port || (secure ? 443 : 80),
                path: url.pathname + url.search,
                method: target.method,
                headers: hop === 0 ? target.headers : { ...target.headers, Host: url.host },
                agent: false,
                signal,
                // An address is no server name (RFC 6066, section 3).
                ...(secure && { servername: isIP(name) ? "" : name, ca: options.ca, rejectUnauthorized: !target.allowInsecure }),
            },
            (response) => {
                const { statusCode: status = 0, headers } = response;
                read(response).then((body) => resolve({ status, location: headers.location, body }), reject);
            },
        );
        request.on("error", reject);
        request.end();
    });
}

async function read(response: IncomingMessage): Promise<string> {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of response as AsyncIterable<Buffer>) {
        parts.push(part);
        if ((size += part.length) >= BODY_LIMIT) break;
    }
    return Buffer.concat(parts).subarray(0, BODY_LIMIT).toString();
}

/** `expected` is a code, a class such as "2xx", a range such as "200-299", or a list of them with commas. */
export function codeMatches(status: number, expected: string): boolean {
    return expected.split(",").some((part) => {
        const [from, to = from] = part.trim().split("-") as [string, string?];
        return status >= Number(from.replace(/x/gi, "0")) && status <= Number(to.replace(/x/gi, "9"));
    });
}

function urlHost(host: string): string {
    return (isIP(host) === 6 ? `[${host}]` : host).replace(/:\d+$/, "");
}

function reasonOf({ code = "", message }: NodeJS.ErrnoException): string {
    if (["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH"].includes(code)) return `TCP connection failed (${code})`;
    if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return "TLS certificate name mismatch";
    if (/CERT|SIGNATURE|SELF_SIGNED/.test(code)) return `TLS untrusted certificate error (${code})`;
    return message;
}
