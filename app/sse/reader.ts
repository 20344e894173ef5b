import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { TurnLog } from "../turn/log";
import { LAST, notice, PING, PREAMBLE, streamHeaders } from "./frame";

/** What a reader may leave unread in this process: the rest waits in the turn's log, once for all readers. */
const MAX_QUEUED_BYTES = 64 * 1024;
/** How long a cut or finished reader may take to read the rest. */
const LINGER_MS = 10_000;
/** How long a client is to wait before it comes back. */
const COME_BACK_MS = 1_000;

/** How a connection ended: `read` to the turn's end, or before it. */
export type ReaderEnd = "read" | "gone" | "slow_reader" | "taken_over" | "draining";

export interface ReaderOptions {
    log: TurnLog;
    /** Events up to this number are not sent. */
    after: number;
    /** Those that every answer to the request has; names in lower case. */
    headers: OutgoingHttpHeaders;
    heartbeatMs: number;
    /** How long a reader may take nothing while more waits for it. */
    slowMs: number;
    /** Called once. */
    onEnd: (end: ReaderEnd) => void;
}

const told: Record<"slow_reader" | "taken_over" | "draining", string> = {
    slow_reader: "The stream was not read fast enough: go on from the last event.",
    taken_over: "Another connection of the same user took this one's place; the answer goes on there.",
    draining: "This instance is going away: go on from the last event.",
};

/**
 * Sends the events of a turn over one response. Nobody waits for it: the turn goes on at its own pace, whether its
 * reader is fast, slow or gone.
 */
export class Reader {
    private sent: number;
    private over = false;
    private readonly heartbeat: NodeJS.Timeout;
    private readonly unfollow: () => void;
    private slow: NodeJS.Timeout | undefined;

    constructor(private readonly raw: ServerResponse, private readonly options: ReaderOptions) {
        this.sent = options.after;
        // On a POST the request's own "close" fires as soon as its body was read; only the response's tells that the client left.
        raw.on("close", () => this.end("gone"));
        raw.on("error", () => this.end("gone"));
        raw.on("drain", () => this.drained());
        this.heartbeat = setInterval(() => this.slow || this.raw.write(PING), options.heartbeatMs);
        this.unfollow = options.log.follow(() => this.pump());
        raw.cork();
        raw.writeHead(200, { ...options.headers, ...streamHeaders(options.log.streamId) });
        // By themselves: put before other text they would stay in the 55 pieces that Node makes them of, a KiB for as long as the stream.
        raw.flushHeaders();
        raw.write(PREAMBLE);
        this.pump();
        raw.uncork();
        if (raw.destroyed) this.end("gone");
    }

    /** Another connection has taken this one's place. */
    takenOver(): void {
        this.leave("taken_over", "closed");
    }

    private pump(): void {
        const { log } = this.options;
        if (this.over || this.slow) return;
        let text = "";
        while (this.sent < log.last) {
            text += log.frame((this.sent += 1));
            if (text.length + this.raw.writableLength < MAX_QUEUED_BYTES) continue;
            this.raw.write(text);
            text = "";
            if (this.raw.writableLength >= MAX_QUEUED_BYTES) return this.waitForReader(this.raw.writableLength);
        }
        if (log.ended) {
            this.raw.end(text + LAST);
            this.end("read");
            return;
        }
        if (text !== "") this.raw.write(text);
        if (log.suspended) this.leave("draining", "reconnect");
    }

    /** One that takes something, however little, is slow but alive. */
    private waitForReader(queued: number): void {
        this.slow = setTimeout(() => {
            const { writableLength } = this.raw;
            if (writableLength < queued) this.waitForReader(writableLength);
            else this.leave("slow_reader", "reconnect");
        }, this.options.slowMs);
    }

    private drained(): void {
        clearTimeout(this.slow);
        this.slow = undefined;
        this.pump();
    }

    private leave(code: "slow_reader" | "taken_over" | "draining", type: "reconnect" | "closed"): void {
        if (this.over) return;
        this.raw.end(notice(type, { code, message: told[code], ...(type === "reconnect" && { afterMs: COME_BACK_MS }) }));
        this.end(code);
    }

    private end(end: ReaderEnd): void {
        if (this.over) return;
        this.over = true;
        this.unfollow();
        clearInterval(this.heartbeat);
        clearTimeout(this.slow);
        if (end !== "gone") this.linger();
        this.options.onEnd(end);
    }

    /** A reader that never reads the end would keep its socket, and what is queued on it, for ever. */
    private linger(): void {
        const timer = setTimeout(() => this.raw.destroy(), LINGER_MS);
        timer.unref();
        this.raw.on("close", () => clearTimeout(timer));
    }
}
