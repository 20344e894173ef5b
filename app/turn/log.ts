import { streamErrors, type StreamErrorCode } from "../errors/errors";
import { frame, textFrame } from "../sse/frame";

type Text = { type: "delta" | "reasoning"; delta: string };
type Entry = Text | { type: string; fields: object };

/** An event after which no other comes. */
const TERMINAL = new Set(["done", "error"]);
/** What an event costs besides its text: the object and its place in the list, as measured in V8 and rounded up. */
const ENTRY_BYTES = 100;

/**
 * All events of a turn, from its first on. It is written by the turn alone and read by any number of connections, each
 * at its own pace: what a reader has missed is still here.
 */
export class TurnLog {
    private readonly entries: Entry[] = [];
    private followers: (() => void)[] = [];
    /** Memory that the events take, roughly. */
    bytes = 0;
    /** Its terminal event is here. */
    ended = false;
    /** No more will come, and there is no end either: the reader is to go on at another instance. */
    suspended = false;

    /** @param before events that are not here, for a reader that has them from elsewhere */
    constructor(readonly streamId: string, private readonly before = 0) {}

    /** The number of the newest event; 0 when there is none. */
    get last(): number {
        return this.before + this.entries.length;
    }

    /** Adds an event, unless there has been a terminal one. */
    append(type: string, fields: object): void {
        this.ended ||= TERMINAL.has(type);
        this.add({ type, fields }, 200);
    }

    /** Adds the event that tells why there is no more. */
    fail(code: StreamErrorCode, more: object = {}): void {
        this.append("error", { code, ...streamErrors[code], ...more });
    }

    /** Adds text of the model. */
    text(type: "delta" | "reasoning", delta: string): void {
        this.add({ type, delta }, delta.length * 2);
    }

    /** Tells the readers that this instance will not go on with the turn. */
    suspend(): void {
        if (this.ended) return;
        this.suspended = true;
        this.wake();
    }

    /** The event of this number as it is sent. */
    frame(seq: number): string {
        const entry = this.entries[seq - 1 - this.before]!;
        return "delta" in entry ? textFrame(this.streamId, seq, entry.type, entry.delta) : frame(this.streamId, seq, entry.type, entry.fields);
    }

    /**
     * Calls back whenever there is something new.
     * @returns ends that
     */
    follow(wake: () => void): () => void {
        this.followers = [...this.followers, wake];
        return () => void (this.followers = this.followers.filter((other) => other !== wake));
    }

    private add(entry: Entry, bytes: number): void {
        this.entries.push(entry);
        this.bytes += ENTRY_BYTES + bytes;
        this.wake();
    }

    private wake(): void {
        for (const wake of this.followers) wake();
    }
}
