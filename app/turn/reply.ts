import { StreamError } from "../errors/errors";
import type { Piece } from "../upstream/upstream";
import type { TurnLog } from "./log";

/** Longer than any model's longest answer in practice, and far from what a session's document may still take. */
const MAX_CHARS = 256 * 1024;
/** Thoughts are not kept, only shown; yet a reader may come back to them. */
const MAX_REASONING_CHARS = 16 * 1024 * 1024;

/** Told how fast a reader gets an answer. */
export interface Pace {
    /** Milliseconds from one event of text to the next. */
    gap(ms: number): void;
    /** Milliseconds from the request to the first piece of a kind, told when it comes: an answer may go on for minutes. */
    first(type: Piece["type"], ms: number): void;
}

/**
 * What a model says, on its way into the turn's log. Pieces that come in one go become one event: an event costs a
 * reader's wake-up, whatever its length.
 */
export class Reply {
    text = "";
    reasoning = "";
    private waiting: Piece | undefined;
    private toldAt: number | undefined;

    /**
     * @param askedAt when the user asked, by `performance.now()`
     * @param maxChars of the text, in UTF-16 units
     * @param firstMs milliseconds from the request to the first piece of each kind; that of a turn, when this is one reply of several
     */
    constructor(
        private readonly log: TurnLog,
        private readonly askedAt: number,
        private readonly pace: Pace,
        private readonly maxChars = MAX_CHARS,
        readonly firstMs: { reasoning?: number; delta?: number } = {},
    ) {}

    get ms(): number {
        return Math.round(performance.now() - this.askedAt);
    }

    /** @throws StreamError upstream_too_long */
    add({ type, text }: Piece): void {
        if (this.firstMs[type] === undefined) {
            this.firstMs[type] = this.ms;
            this.pace.first(type, this.ms);
        }
        if (type === "delta") this.text += text;
        else this.reasoning += text;
        if (this.text.length > this.maxChars || this.reasoning.length > MAX_REASONING_CHARS) throw new StreamError("upstream_too_long");
        if (this.waiting?.type === type) {
            this.waiting.text += text;
            return;
        }
        if (this.waiting) this.flush();
        else queueMicrotask(() => this.flush());
        this.waiting = { type, text };
    }

    /** Whatever was added is in the log now. */
    flush(): void {
        if (!this.waiting) return;
        this.log.text(this.waiting.type, this.waiting.text);
        this.waiting = undefined;
        const now = performance.now();
        if (this.toldAt !== undefined) this.pace.gap(now - this.toldAt);
        this.toldAt = now;
    }
}
