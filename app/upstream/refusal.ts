import type { IncomingHttpHeaders } from "node:http";
import { StreamError, type StreamErrorCode } from "../errors/errors";
import { isTooLong } from "./length";
import { readRetryAfter } from "./retryAfter";
import { genericDialect, ofSentence, statusOf } from "./words";

/** What a service says of an error; empty where it is not there. */
export interface Told {
    /** Of the HTTP answer; of an error inside an answer with status 200, the HTTP status that the error names, else 200. */
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
 * @param status of the HTTP answer
 * @param body the answer's text; need not be JSON
 */
export function readRefusal(dialect: Dialect, status: number, body: string, headers: IncomingHttpHeaders = {}): Refusal {
    // The setting names the wrong address, or a portal is in between. Where to is not logged: it may hold a token.
    if (status >= 300 && status < 400) return new Refusal("upstream_misconfigured", `${status} redirect`);
    return refusalOf(dialect, status, parse(body), headers);
}

/**
 * What an error value means to a client: the body of an error answer, or an error inside an answer with status 200.
 * @param status of the HTTP answer
 */
export function refusalOf(dialect: Dialect, status: number, value: unknown, headers: IncomingHttpHeaders = {}): Refusal {
    const { code, type, status: named, message } = envelope(value);
    const told = { status: status < 300 ? (named ?? statusOf(type || code) ?? status) : status, code, message };
    const tooLong = isTooLong([code, type], message) ? "context_too_long" : undefined;
    const meaning = tooLong ?? dialect(told) ?? genericDialect(code) ?? genericDialect(type) ?? ofSentence(message) ?? byStatus(told.status);
    return new Refusal(meaning, `${status} ${code || (named ?? "")}`.trim(), readRetryAfter(headers));
}

/** The first rule whose pattern fits. */
export const rules = (table: [pattern: RegExp, code: StreamErrorCode][], text: string): StreamErrorCode | undefined => table.find(([pattern]) => pattern.test(text))?.[1];

function byStatus(status: number): StreamErrorCode {
    if (status === 402) return "upstream_quota";
    // A proxy's limit, too: a chat has nothing large but its conversation.
    if (status === 413) return "context_too_long";
    // 405 and 410: the path or the model is none (any more); 407: a proxy wants a login; 451: not in this country.
    if ([401, 403, 404, 405, 407, 410, 451].includes(status)) return "upstream_misconfigured";
    // 498 and 529: the words of Groq and of MiniMax for "overloaded".
    if ([429, 498, 503, 529].includes(status)) return "upstream_busy";
    // A proxy's own trouble, which says nothing about the request.
    if ([408, 409, 421, 425, 499].includes(status)) return "upstream_failed";
    return status >= 400 && status < 500 ? "upstream_refused" : "upstream_failed";
}

interface Envelope {
    code: string;
    type: string;
    status: number | undefined;
    message: string;
}

/**
 * The fields of an error, wherever it stands: `{error: {…}}` twice over, `{error: "…"}`, `{errors: […]}`, `[{error}]`,
 * `{detail: …}`, `{code, message}`, `{error_code, error_msg}`, `{base_resp: {…}}`.
 */
function envelope(value: unknown, depth = 0): Envelope {
    if (typeof value !== "object" || value === null) return { code: "", type: "", status: undefined, message: text(value) };
    const fields = (Array.isArray(value) ? value[0] : value) as Record<string, unknown> | null;
    const inner = fields?.error ?? (fields?.errors as unknown[] | undefined)?.[0] ?? fields?.base_resp ?? (typeof fields?.detail === "object" ? fields.detail : undefined);
    const own = fieldsOf(fields ?? {});
    if (inner === undefined || inner === null || depth > 3) return own;
    const within = envelope(inner, depth + 1);
    return { code: within.code || own.code, type: within.type || own.type, status: within.status ?? own.status, message: within.message || own.message };
}

function fieldsOf(fields: Record<string, unknown>): Envelope {
    const codes = [fields.code, fields.error_code, fields.status_code, fields.statusCode, fields.http_code, fields.status];
    const words = codes.map((code) => text(code)).filter((code) => CODE.test(code));
    const type = text(fields.type);
    return {
        // A word says more than a number.
        code: words.find((code) => !/^\d/.test(code)) ?? words[0] ?? "",
        type: CODE.test(type) ? type : "",
        status: words.map(Number).find((code) => code >= 400 && code < 600),
        message: text(fields.message) || text(fields.msg) || text(fields.error_msg) || text(fields.status_msg) || text(fields.detail),
    };
}

/** It is logged: one that is no word could be anything, the user's own text too. */
const CODE = /^[A-Za-z][\w.]{0,99}$|^\d{1,6}$/;

const text = (value: unknown): string => (typeof value === "string" ? value.slice(0, 1000) : typeof value === "number" ? String(value) : "");

function parse(body: string): unknown {
    try {
        return JSON.parse(body) as unknown;
    } catch {
        return undefined;
    }
}
