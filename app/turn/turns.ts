import { StreamError, type StreamErrorCode } from "../errors/errors";
import { streamIdOf } from "../sse/frame";
import { TurnLog } from "./log";

/** A user's question on its way to its answer. The service owns it: it goes on whether somebody reads or not. */
export class Turn {
    readonly log: TurnLog;
    private readonly abort = new AbortController();

    /**
     * @param id a UUID, of all instances and regions
     * @param question what was asked, as `questionOf` tells it
     */
    constructor(readonly id: string, readonly userId: string, readonly question: string) {
        this.log = new TurnLog(streamIdOf(id));
    }

    /** Aborted when the turn has to end; the reason is a StreamError. */
    get signal(): AbortSignal {
        return this.abort.signal;
    }

    stop(code: StreamErrorCode): void {
        this.abort.abort(new StreamError(code));
    }
}

export interface TurnsOptions {
    /** How many turns of one user may run; a newer one stops the oldest. */
    perUser: number;
    /** How long an ended turn can be read again from memory, in milliseconds. */
    keepMs: number;
    /** How much memory ended turns may take. */
    keepBytes: number;
    onFault?: (error: unknown) => void;
}

/** The turns of this instance: those that run, and those that ended a short while ago, for readers that come back. */
export class Turns {
    private readonly all = new Map<string, Turn>();
    private readonly running = new Set<Turn>();
    private readonly ended = new Map<Turn, NodeJS.Timeout>();
    private endedBytes = 0;
    private reserved = 0;
    private closed: StreamErrorCode | undefined;
    private idleWaiters: (() => void)[] = [];

    constructor(private readonly options: TurnsOptions) {}

    get active(): number {
        return this.running.size;
    }

    /** The turn of this id, of this user. */
    find(turnId: string, userId: string): Turn | undefined {
        const turn = this.all.get(turnId);
        return turn?.userId === userId ? turn : undefined;
    }

    isRunning(turn: Turn): boolean {
        return this.running.has(turn);
    }

    /**
     * Does the work that leads to a turn, such as keeping its message. It counts as a turn from this call on: an instance
     * that drains waits for it.
     */
    async reserve<T>(begin: () => Promise<T>): Promise<T> {
        this.reserved += 1;
        try {
            return await begin();
        } finally {
            this.reserved -= 1;
            this.settle();
        }
    }

    /**
     * Begins a turn.
     * @param work writes the turn's log to its terminal event, and heeds its signal; what it throws is a fault of ours
     * @param question what was asked, as `questionOf` tells it
     */
    run(userId: string, turnId: string, work: (turn: Turn) => Promise<void>, question = ""): Turn {
        const turn = new Turn(turnId, userId, question);
        this.makeRoom(userId);
        this.all.set(turnId, turn);
        this.running.add(turn);
        void work(turn)
            .catch((error: unknown) => this.broken(turn, error))
            .finally(() => this.over(turn));
        if (this.closed) turn.stop(this.closed);
        return turn;
    }

    /** Ends every running turn with this code. */
    stopAll(code: StreamErrorCode): void {
        for (const turn of this.running) turn.stop(code);
    }

    /** Ends every running turn with this code, and each that begins after this. */
    close(code: StreamErrorCode): void {
        this.closed = code;
        this.stopAll(code);
    }

    /** Settles when no turn runs and none is about to. */
    async idle(): Promise<void> {
        if (!this.isIdle) await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
    }

    private get isIdle(): boolean {
        return this.running.size === 0 && this.reserved === 0;
    }

    private settle(): void {
        if (this.isIdle) for (const resolve of this.idleWaiters.splice(0)) resolve();
    }

    /** A fault of our own; whoever reads is told, instead of waiting for ever. */
    private broken(turn: Turn, error: unknown): void {
        turn.log.fail("internal");
        this.options.onFault?.(error);
    }

    private makeRoom(userId: string): void {
        const theirs = [...this.running].filter((turn) => turn.userId === userId && !turn.signal.aborted);
        for (const turn of theirs.slice(0, Math.max(0, theirs.length - this.options.perUser + 1))) turn.stop("taken_over");
    }

    private over(turn: Turn): void {
        this.running.delete(turn);
        this.keep(turn);
        this.settle();
    }

    private keep(turn: Turn): void {
        const timer = setTimeout(() => this.forget(turn), this.options.keepMs);
        timer.unref();
        this.ended.set(turn, timer);
        this.endedBytes += turn.log.bytes;
        for (const [oldest] of this.ended) {
            if (this.endedBytes <= this.options.keepBytes) break;
            this.forget(oldest);
        }
    }

    private forget(turn: Turn): void {
        clearTimeout(this.ended.get(turn));
        if (!this.ended.delete(turn)) return;
        this.endedBytes -= turn.log.bytes;
        this.all.delete(turn.id);
    }
}
