import type { IncomingHttpHeaders } from "node:http";

/** No service means more than a day. */
const MAX_MS = 24 * 60 * 60 * 1000;
const NUMBER = /^\d+(\.\d+)?$/;
/** `Tue, 01 Dec 2026 …`; anything else `Date` would guess at: it takes "1.5" for a day in January. */
const DATE = /^[A-Z][a-z]{2,8},? .*\d\d:\d\d:\d\d/;

/**
 * How long a service wants to be left alone, in milliseconds; undefined when it does not say. `retry-after-ms` is
 * OpenAI's and more exact than the standard `Retry-After`, which is seconds or a date.
 */
export function readRetryAfter(headers: IncomingHttpHeaders, nowMs = Date.now()): number | undefined {
    const exact = number(headers["retry-after-ms"]);
    if (exact !== undefined) return bounded(exact);
    const header = headers["retry-after"];
    const seconds = number(header);
    if (seconds !== undefined) return bounded(seconds * 1000);
    const at = typeof header === "string" && DATE.test(header.trim()) ? Date.parse(header) : NaN;
    return Number.isNaN(at) ? undefined : bounded(at - nowMs);
}

function number(header: string | string[] | undefined): number | undefined {
    if (typeof header !== "string") return undefined;
    const text = header.trim().replace(/s$/, "");
    return NUMBER.test(text) ? Number(text) : undefined;
}

const bounded = (ms: number) => Math.round(Math.min(Math.max(0, ms), MAX_MS));
