import { StreamError } from "../errors/errors";

/** Milliseconds. `connect` is TCP and TLS; the others run from the moment the request is made. */
export interface Deadlines {
    connect: number;
    firstToken: number;
    idle: number;
    total: number;
}

/** How long to wait for the usage, once the answer itself is complete. */
const AFTER_FINISH_MS = 2_000;
/** How long to wait for the end of the body, which lets the connection be used again. */
const AFTER_DONE_MS = 100;

/**
 * The clocks of one answer. They end the request by aborting `signal`, whose reason is the StreamError to show; after
 * the finish they end it without one.
 */
export class Clock {
    private readonly abort = new AbortController();
    private readonly total: NodeJS.Timeout;
    private phase: NodeJS.Timeout;
    private readonly onCaller: () => void;

    constructor(private readonly deadlines: Deadlines, private readonly caller: AbortSignal) {
        this.onCaller = () => this.abort.abort(caller.reason);
        caller.addEventListener("abort", this.onCaller, { once: true });
        if (caller.aborted) this.onCaller();
        this.total = setTimeout(() => this.abort.abort(new StreamError("upstream_too_long")), deadlines.total);
        this.phase = setTimeout(() => this.abort.abort(new StreamError("upstream_timeout")), deadlines.firstToken);
    }

    get signal(): AbortSignal {
        return this.abort.signal;
    }

    /** A token has come. Comments and empty chunks are none: a service that only says it is alive has stalled. */
    token(): void {
        this.restart(this.deadlines.idle, () => this.abort.abort(new StreamError("upstream_stalled")));
    }

    /** The answer is complete; only its usage may still come. */
    finished(): void {
        clearTimeout(this.total);
        this.restart(AFTER_FINISH_MS, () => this.abort.abort());
    }

    /** Everything has come; only the body's end may still follow. */
    done(): void {
        this.restart(AFTER_DONE_MS, () => this.abort.abort());
    }

    stop(): void {
        clearTimeout(this.total);
        clearTimeout(this.phase);
        this.caller.removeEventListener("abort", this.onCaller);
    }

    private restart(ms: number, act: () => void): void {
        clearTimeout(this.phase);
        this.phase = setTimeout(act, ms);
    }
}
