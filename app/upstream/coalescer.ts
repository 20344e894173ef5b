import { performance } from "node:perf_hooks";

/** Reads a millisecond from which a pause pays: each one then gathers several tokens. 33 streams of 30 tokens a second. */
const LOADED = 1;
/** How long reads are counted before the rate decides. */
const WINDOW_MS = 100;

/** The event loop, as far as a coalescer touches it. */
export interface Loop {
    now(): number;
    /** Blocks the loop without using the CPU. */
    sleep(ms: number): void;
    /** Calls back once, after the loop has polled for I/O. */
    afterPoll(callback: () => void): void;
}

/**
 * Read coalescing: under load the event loop sleeps between two polls, so that one wake-up serves the tokens of many
 * streams. A wake-up for each token is most of what a relayed token costs (docs/performance.md). Network cards moderate
 * their interrupts for the same reason and in the same way.
 *
 * An idle loop never sleeps. A loop that needs longer than `ms` for its work has a batch waiting already, and does not
 * sleep either. In between, polls are `ms` apart, and nothing on the loop waits longer than that.
 */
export class ReadCoalescer {
    private reads = 0;
    private countedSince = -Infinity;
    private loaded = false;
    private sleeping = false;
    private polledAt = 0;

    /** @param ms between two polls under load; 0 turns coalescing off */
    constructor(private readonly ms: number, private readonly loop: Loop = nodeLoop) {}

    /** Bytes of a model service were read. */
    read(): void {
        if (this.ms === 0) return;
        this.reads += 1;
        this.count(this.loop.now());
        if (!this.loaded || this.sleeping) return;
        this.sleeping = true;
        this.loop.afterPoll(this.pause);
    }

    private count(now: number): void {
        const ms = now - this.countedSince;
        if (ms < WINDOW_MS) return;
        this.loaded = this.reads / ms >= LOADED;
        this.reads = 0;
        this.countedSince = now;
    }

    private readonly pause = (): void => {
        const now = this.loop.now();
        this.count(now);
        this.sleeping = this.loaded;
        if (!this.loaded) return;
        const left = this.ms - (now - this.polledAt);
        if (left > 0) this.loop.sleep(Math.min(left, this.ms));
        this.polledAt = this.loop.now();
        this.loop.afterPoll(this.pause);
    };
}

const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

const nodeLoop: Loop = {
    now: () => performance.now(),
    sleep: (ms) => void Atomics.wait(nobodyWakes, 0, 0, ms),
    afterPoll: (callback) => void setImmediate(callback),
};
