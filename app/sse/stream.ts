import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { StreamError } from "../errors/errors";
import { frame, LAST, PING, PREAMBLE } from "./frame";

/** What a reader may leave unread in this process before it is cut: without it a stalled one queued 4 MiB in 2 s. */
const MAX_QUEUED_BYTES = 256 * 1024;
/** How long a cut or finished reader may take to read the rest. */
const LINGER_MS = 10_000;

export interface EventStreamOptions {
    streamId: string;
    /** Those that every answer to this request has; names in lower case. */
    headers: OutgoingHttpHeaders;
    heartbeatMs: number;
    /** The client has gone or was cut; called once, never for a stream that was finished. */
    onGone: () => void;
}

/**
 * Server-sent events on a raw response. Writing never waits: the turn goes on at its own pace whether its reader is
 * fast, slow or gone.
 */
export class EventStream {
    private seq = 0;
    private open = true;
    private readonly heartbeat: NodeJS.Timeout;

    constructor(private readonly raw: ServerResponse, private readonly options: EventStreamOptions) {
        // On a POST the request's own "close" fires as soon as its body was read; only the response's tells that the client left.
        raw.on("close", () => this.gone());
        raw.on("error", () => this.gone());
        this.heartbeat = setInterval(() => this.write(PING), options.heartbeatMs);
        raw.writeHead(200, {
            ...options.headers,
            "content-type": "text/event-stream; charset=utf-8",
            "cache-control": "no-cache, no-transform",
            "x-accel-buffering": "no",
            "x-stream-id": options.streamId,
        });
        this.write(PREAMBLE);
        if (raw.destroyed) this.gone();
    }

    /** Sends one event; without effect once the reader has gone. */
    send(type: string, fields: object): void {
        this.event(type, fields);
        if (this.open && this.raw.writableLength > MAX_QUEUED_BYTES) this.cut();
    }

    /** Sends the terminal event of a turn that did not reach its end. */
    fail(error: StreamError): void {
        this.event("error", { code: error.code, message: error.message, retryable: error.retryable });
    }

    /** Ends the stream. */
    finish(): void {
        clearInterval(this.heartbeat);
        if (!this.open) return;
        this.open = false;
        this.raw.end(LAST);
        this.linger();
    }

    private event(type: string, fields: object): void {
        this.seq += 1;
        this.write(frame(this.options.streamId, this.seq, type, fields));
    }

    private cut(): void {
        this.fail(new StreamError("slow_reader"));
        this.finish();
        this.options.onGone();
    }

    private gone(): void {
        if (!this.open) return;
        this.open = false;
        clearInterval(this.heartbeat);
        this.options.onGone();
    }

    private write(text: string): void {
        if (this.open) this.raw.write(text);
    }

    /** A reader that never reads the end would keep its socket, and what is queued on it, for ever. */
    private linger(): void {
        const timer = setTimeout(() => this.raw.destroy(), LINGER_MS);
        timer.unref();
        this.raw.on("close", () => clearTimeout(timer));
    }
}
