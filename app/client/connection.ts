import type { ChatEvent } from "./events";
import { lost, malformed, parsed, refusalOf, textOf, type ChatError } from "./refusal";
import { SseParser } from "./sse";
import type { Head, HttpRequest, Transport } from "./transport";

/**
 * How a connection ended.
 * - `over`: with `[DONE]` · `complete`: 204, there is nothing left to tell
 * - `cut`: in the middle; `began` tells whether a stream was there at all
 * - `refused`: by an answer that is no stream
 */
export type End = { kind: "over" } | { kind: "complete" } | { kind: "cut"; began: boolean; error: ChatError } | { kind: "refused"; error: ChatError };

export interface Reader {
    /** The answer is a stream; `streamId` where its header can be read. */
    onOpen(streamId: string | undefined): void;
    onEvent(event: ChatEvent): void;
    /** Something came, if only a ping; so many milliseconds after the stream began. */
    onLife(openMs: number): void;
}

/** How long a platform may say nothing that gives an answer only at its end: a turn takes 10 minutes at most. */
const QUIET_MS = 600_000;

/** One connection that carries a stream. */
export class Connection {
    readonly end: Promise<End>;
    private settle!: (end: End) => void;
    private cancel: () => void = () => {};
    private stall: ReturnType<typeof setTimeout> | undefined;
    private quiet = false;
    private heardAt = Date.now();
    private openedAt: number | undefined;
    private head: Head | undefined;
    private readonly pieces: Uint8Array[] = [];
    private closed = false;
    private readonly parser = new SseParser(({ data }) => this.frame(data));

    constructor(transport: Transport, request: HttpRequest, private readonly reader: Reader, private readonly stallMs: number) {
        this.end = new Promise((resolve) => (this.settle = resolve));
        this.listen();
        this.cancel = transport(request, {
            onHead: (head) => this.begin(head),
            onBytes: (bytes) => this.take(bytes),
            onEnd: () => this.ended(),
            onFail: (reason) => this.close(this.cut(reason)),
            onQuiet: () => {
                this.quiet = true;
                this.listen();
            },
        });
    }

    /** Drops the connection, as if it had been cut. */
    drop(reason: string): void {
        this.close(this.cut(reason));
    }

    /** Drops a connection that died while nobody looked: a page that was frozen does not see its timers run out. */
    check(): void {
        if (Date.now() - this.heardAt > this.stallMs) this.drop("nothing came");
    }

    private begin(head: Head): void {
        // A transport that gives no pieces after the headers either says so again.
        this.quiet = false;
        this.listen();
        this.head = head;
        if (head.status === 204) return this.close({ kind: "complete" });
        if (!this.isStream) return;
        this.openedAt = Date.now();
        this.reader.onOpen(head.header("x-stream-id"));
    }

    private get isStream(): boolean {
        return this.head?.status === 200 && /^text\/event-stream\b/i.test(this.head.header("content-type") ?? "");
    }

    private take(bytes: Uint8Array): void {
        this.listen();
        if (this.openedAt === undefined) {
            this.pieces.push(bytes);
            return;
        }
        this.reader.onLife(Date.now() - this.openedAt);
        this.parser.feed(bytes);
    }

    private frame(data: string): void {
        if (this.closed) return;
        if (data === "[DONE]") return this.close({ kind: "over" });
        const event = parsed(data) as ChatEvent | undefined;
        if (typeof event?.type !== "string") return this.close({ kind: "cut", began: true, error: malformed("an event that is no JSON") });
        this.reader.onEvent(event);
    }

    private ended(): void {
        if (!this.head) return this.close(this.cut("no answer"));
        if (this.openedAt !== undefined) return this.close(this.cut("the stream ended early"));
        this.close({ kind: "refused", error: refusalOf(this.head, textOf(this.pieces)) });
    }

    private cut(reason: string): End {
        return { kind: "cut", began: this.openedAt !== undefined, error: lost(reason) };
    }

    /** Each sign of life begins the wait anew. */
    private listen(): void {
        this.heardAt = Date.now();
        clearTimeout(this.stall);
        this.stall = setTimeout(() => this.drop("nothing came"), this.quiet ? QUIET_MS : this.stallMs);
    }

    private close(end: End): void {
        if (this.closed) return;
        this.closed = true;
        clearTimeout(this.stall);
        this.cancel();
        this.settle(end);
    }
}
