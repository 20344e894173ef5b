/** When to come again. All in milliseconds. */
export interface Timing {
    /** A connection on which nothing came for so long, not even a ping, is dead: three heartbeats of the service. */
    stallMs: number;
    /** The first wait; each further one is twice as long, up to the cap. */
    firstMs: number;
    capMs: number;
    /** How long to try in vain before a turn was accepted, and to come back to one that was. Progress begins it anew. */
    askMs: number;
    resumeMs: number;
}

export const usualTiming: Timing = { stallMs: 45_000, firstMs: 500, capMs: 15_000, askMs: 60_000, resumeMs: 300_000 };

/** Somebody who is told to come back later than this wants to be told, not kept waiting. */
const LONGEST_WAIT_MS = 30_000;

/** Below 500: Request Timeout, Misdirected Request, Failed Dependency, Too Early, Too Many Requests. */
const PASSING = [408, 421, 424, 425, 429];

/** Answers of the service that may be better the next time: it is full, goes away, or lacks what it needs. A fault of its own (500) stays. */
export const isPassing = (status: number): boolean => PASSING.indexOf(status) >= 0 || status > 500;

/** The same for an answer that is not the service's: a proxy's page, or a captive portal's, which says that all is well. */
export const isPassingPage = (status: number): boolean => isPassing(status) || status === 500 || status < 400;

/** `Retry-After` in seconds, as milliseconds; its other form, a date, is taken for none. */
export function retryAfterMs(header: string | undefined): number | undefined {
    return header !== undefined && /^\s*\d{1,6}(\.\d+)?\s*$/.test(header) ? Math.round(Number(header) * 1000) : undefined;
}

/** How often and for how long one has tried. It counts waits and attempts, not the clock: a phone that slept tried nothing. */
export class Patience {
    private attempts = 0;
    private spentMs = 0;

    constructor(private readonly timing: Timing, private readonly random: () => number = Math.random) {}

    /** It went forward: all is forgiven. */
    renew(): void {
        this.attempts = 0;
        this.spentMs = 0;
    }

    /**
     * How long to wait before the next attempt; undefined when it is time to give up.
     * @param limitMs how long to try altogether
     * @param tookMs how long the last attempt took
     * @param askedMs how long the service wants one to wait, at least
     */
    next(limitMs: number, tookMs: number, askedMs = 0): number | undefined {
        const { firstMs, capMs, stallMs } = this.timing;
        // Half of the wait is drawn by lot, so that the clients of a dead instance do not come all at once.
        const own = Math.min(capMs, firstMs * 2 ** this.attempts) * (0.5 + this.random() / 2);
        const wait = Math.round(askedMs > 0 ? askedMs + own / 2 : own);
        this.attempts += 1;
        this.spentMs += Math.min(tookMs, stallMs) + wait;
        return askedMs > LONGEST_WAIT_MS || this.spentMs > limitMs ? undefined : wait;
    }
}
