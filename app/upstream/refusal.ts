import { StreamError, type StreamErrorCode } from "../errors/errors";

/** What a service says of an error. All services use one envelope, `{error: {code, type, message}}`; empty where it is not there. */
export interface Told {
    status: number;
    code: string;
    message: string;
}

/** What a service's own words mean; undefined: the status tells. */
export type Dialect = (told: Told) => StreamErrorCode | undefined;

/** A service's refusal. Its cause is the status and the service's code: the message may hold account numbers or the user's words. */
export class Refusal extends StreamError {
    /** @param retryAfterMs how long the service wants to be left alone, if it says so */
    constructor(code: StreamErrorCode, cause: string, readonly retryAfterMs?: number) {
        super(code, { cause });
    }
}

/**
 * What an error answer means to a client.
 * @param status of the HTTP answer; 200 for an error inside a stream
 * @param body the answer's text; need not be JSON
 * @param retryAfter the header
 */
export function readRefusal(dialect: Dialect, status: number, body: string, retryAfter?: string | string[]): Refusal {
    const told = { status, ...envelope(body) };
    return new Refusal(dialect(told) ?? byStatus(status), `${status} ${told.code}`.trim(), wait(retryAfter));
}

/** The first rule whose pattern fits. */
export const rules = (table: [pattern: RegExp, code: StreamErrorCode][], text: string): StreamErrorCode | undefined => table.find(([pattern]) => pattern.test(text))?.[1];

function byStatus(status: number): StreamErrorCode {
    if (status === 402) return "upstream_quota";
    if (status === 401 || status === 403 || status === 404) return "upstream_misconfigured";
    if (status === 429 || status === 503) return "upstream_busy";
    return status >= 400 && status < 500 ? "upstream_refused" : "upstream_failed";
}

const CODE = /^[A-Za-z][\w.]{0,99}$/;

function envelope(body: string): { code: string; message: string } {
    const text = (value: unknown) => (typeof value === "string" ? value.slice(0, 1000) : "");
    try {
        const error = (JSON.parse(body) as { error?: { code?: unknown; message?: unknown } } | null)?.error;
        const code = text(error?.code);
        // It is logged: one that is no word could be anything, the user's own text too.
        return { code: CODE.test(code) ? code : "", message: text(error?.message) };
    } catch {
        return { code: "", message: "" };
    }
}

/** Seconds or a date. */
function wait(header: string | string[] | undefined): number | undefined {
    if (typeof header !== "string") return undefined;
    const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
    return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
