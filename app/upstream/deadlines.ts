import { StreamError, type StreamErrorCode } from "../errors/errors";
import type { Settings } from "../settings/schema";

/** Milliseconds. `connect` is TCP and TLS; `firstToken` and `total` run from the moment the request is made, `idle` from token to token. */
export interface Deadlines {
    connect: number;
    firstToken: number;
    idle: number;
    total: number;
}

export function deadlinesOf(settings: Settings): Deadlines {
    return {
        connect: settings.UPSTREAM_CONNECT_SECONDS * 1000,
        firstToken: settings.UPSTREAM_FIRST_TOKEN_SECONDS * 1000,
        idle: settings.UPSTREAM_IDLE_SECONDS * 1000,
        total: settings.UPSTREAM_TOTAL_SECONDS * 1000,
    };
}

/**
 * The clocks of one answer. A token comes often, and setting a timer anew for each costs more than to write down when
 * it came: the idle timer looks at that when it rings, and goes on for the rest.
 */
export class Clock {
    private readonly total: NodeJS.Timeout;
    private phase: NodeJS.Timeout;
    private tokenAt = 0;
    private completed = false;

    /** @param onLate told once what was too late */
    constructor(private readonly deadlines: Deadlines, private readonly onLate: (error: StreamError) => void) {
        this.total = setTimeout(() => this.late("upstream_too_long"), deadlines.total);
        this.phase = setTimeout(() => this.late("upstream_timeout"), deadlines.firstToken);
    }

    /** A token has come. Comments and empty chunks are none: a service that only says it is alive has stalled. */
    token(): void {
        const first = this.tokenAt === 0;
        this.tokenAt = performance.now();
        if (!first || this.completed) return;
        clearTimeout(this.phase);
        this.phase = setTimeout(() => this.idle(), this.deadlines.idle);
    }

    /** The text is over; what may still come has only the total time. */
    complete(): void {
        this.completed = true;
        clearTimeout(this.phase);
    }

    stop(): void {
        clearTimeout(this.total);
        clearTimeout(this.phase);
    }

    private idle(): void {
        const left = this.tokenAt + this.deadlines.idle - performance.now();
        if (left > 0) this.phase = setTimeout(() => this.idle(), left);
        else this.late("upstream_stalled");
    }

    private late(code: StreamErrorCode): void {
        this.stop();
        this.onLate(new StreamError(code));
    }
}
