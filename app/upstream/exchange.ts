import type { IncomingHttpHeaders } from "node:http";
import type { Transform } from "node:stream";
import type { Dispatcher } from "undici";
import { StreamError } from "../errors/errors";
import { AnswerText, type End } from "./answer";
import { readChunk } from "./chunk";
import type { ReadCoalescer } from "./coalescer";
import { Clock, type Deadlines } from "./deadlines";
import { decompressor } from "./encoding";
import { EventReader } from "./events";
import { asStreamError } from "./failure";
import { readRefusal, refusalOf, type Dialect } from "./refusal";
import type { Ask, Piece } from "./upstream";

/** How long to wait for the usage, once the text itself is complete. */
const AFTER_FINISH_MS = 2_000;
/** How long to wait for the end of the body, which lets the connection be used again. */
const AFTER_DONE_MS = 100;
const MAX_ERROR_BYTES = 64 * 1024;

type Controller = Dispatcher.DispatchController;

/**
 * One request to a service and its answer, as undici tells it: no stream and no promise a token, for a token's way
 * through the app is what a region's machine is busy with.
 * An answer is complete when a finish reason was seen: `[DONE]` or the end of the body alone is a cut.
 */
export class Exchange implements Dispatcher.DispatchHandler {
    readonly finish: Promise<End>;
    private resolve!: (end: End) => void;
    private reject!: (reason: unknown) => void;
    private settled = false;
    private controller: Controller | undefined;
    private readonly clock: Clock;
    private readonly onAbort = () => this.fail(this.ask.signal.reason);
    /** After the finish: for the usage, then for the body's end. */
    private linger: NodeJS.Timeout | undefined;
    private status = 0;
    private headers: IncomingHttpHeaders = {};
    private inBody = false;
    private bodyOver = false;
    private decompress: Transform | undefined;
    private refusal: Buffer[] = [];
    private refusalBytes = 0;
    private readonly reader = new EventReader({ onValue: (value, event) => this.value(value, event), onDone: () => this.end() });
    private readonly answer = new AnswerText((piece) => this.tell(piece));

    constructor(private readonly ask: Ask, private readonly dialect: Dialect, private readonly deadlines: Deadlines, private readonly coalescer: ReadCoalescer) {
        this.finish = new Promise((resolve, reject) => {
            this.resolve = resolve;
            this.reject = reject;
        });
        this.clock = new Clock(deadlines, (error) => this.fail(error));
        ask.signal.addEventListener("abort", this.onAbort, { once: true });
    }

    onRequestStart(controller: Controller): void {
        this.controller = controller;
        // Given up while the connection was being made.
        if (this.settled) controller.abort(GIVEN_UP);
    }

    onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders): void {
        // They are slices of the first bytes that came, and would hold those for as long as the answer takes.
        controller.rawHeaders = null;
        this.status = status;
        const { "content-encoding": encoding, "retry-after": after, "retry-after-ms": afterMs } = headers;
        this.headers = { "content-encoding": encoding, "retry-after": after, "retry-after-ms": afterMs };
    }

    onResponseData(_controller: Controller, bytes: Buffer): void {
        this.coalescer.read();
        if (this.settled) return;
        if (!this.inBody) this.begin(bytes);
        if (this.decompress) this.decompress.write(bytes);
        else this.read(bytes);
    }

    onResponseEnd(): void {
        this.over(() => this.bodyEnd());
    }

    onResponseError(_controller: Controller, error: Error): void {
        this.over(() => this.cut(error));
    }

    /** The body's first byte tells whether it is compressed. */
    private begin(bytes: Buffer): void {
        this.inBody = true;
        try {
            this.decompress = decompressor(this.headers["content-encoding"], bytes[0]!);
        } catch (error) {
            return this.fail(error);
        }
        this.decompress?.on("data", (plain: Buffer) => this.read(plain));
        this.decompress?.on("error", (error: NodeJS.ErrnoException) => this.fail(new StreamError("upstream_malformed", { cause: error.code })));
    }

    private get ok(): boolean {
        return this.status >= 200 && this.status < 300;
    }

    private read(bytes: Buffer): void {
        if (this.settled) return;
        if (!this.ok) return this.refused(bytes);
        this.guarded(() => this.reader.read(bytes));
    }

    /** Nothing more comes. @param then once the bytes that came are decompressed */
    private over(then: () => void): void {
        this.bodyOver = true;
        clearTimeout(this.linger);
        if (this.settled) return;
        if (!this.decompress) return then();
        this.decompress.once("end", then);
        this.decompress.end();
    }

    private bodyEnd(): void {
        if (!this.ok) return this.fail(this.readRefusal());
        this.guarded(() => this.reader.end());
        if (this.reader.strange && !this.answer.begun && !this.answer.finished) this.fail(new StreamError("upstream_malformed", { cause: `${this.status} no answer` }));
        else this.end();
    }

    private cut(error: Error): void {
        if (this.status !== 0 && !this.ok) return this.fail(this.readRefusal());
        try {
            // The last line may be whole, and be the finish reason.
            this.reader.end();
        } catch {
            // It is not: the cut is what happened.
        }
        this.broken(asStreamError(error));
    }

    /** What breaks after the finish reason takes nothing from the answer. */
    private broken(error: unknown): void {
        if (this.answer.finished && this.answer.spoken) this.end();
        else this.fail(error);
    }

    private value(value: unknown, event: string): void {
        if (this.settled) return;
        if (Array.isArray(value)) return value.forEach((part) => this.value(part, event));
        const chunk = readChunk(value, event);
        if (!chunk) return;
        if ("error" in chunk) return this.broken(refusalOf(this.dialect, this.status, chunk.error, this.headers));
        const patient = this.answer.add(chunk);
        if (!this.answer.finished || this.settled) return;
        this.clock.complete();
        clearTimeout(this.linger);
        this.linger = setTimeout(() => this.end(), patient ? this.deadlines.idle : AFTER_FINISH_MS);
    }

    private tell(piece: Piece): void {
        if (this.settled) return;
        this.clock.token();
        this.ask.onPiece(piece);
    }

    private end(): void {
        if (this.settled) return;
        try {
            const end = this.answer.end(this.bodyOver);
            if (this.settle()) this.resolve(end);
        } catch (error) {
            // A cut may still hold bytes that nobody wants.
            if (!this.answer.finished) return this.fail(error);
            if (this.settle()) this.reject(error);
        }
        if (!this.bodyOver) this.linger = setTimeout(() => this.controller?.abort(GIVEN_UP), AFTER_DONE_MS);
    }

    private guarded(work: () => void): void {
        try {
            work();
        } catch (error) {
            this.fail(error);
        }
    }

    private fail(reason: unknown): void {
        if (!this.settle()) return;
        this.reject(reason);
        this.controller?.abort(GIVEN_UP);
    }

    private settle(): boolean {
        if (this.settled) return false;
        this.settled = true;
        this.clock.stop();
        clearTimeout(this.linger);
        this.decompress?.destroy();
        this.ask.signal.removeEventListener("abort", this.onAbort);
        return true;
    }

    private refused(bytes: Buffer): void {
        this.refusal.push(bytes);
        this.refusalBytes += bytes.length;
        if (this.refusalBytes > MAX_ERROR_BYTES) this.fail(this.readRefusal());
    }

    private readRefusal(): StreamError {
        return readRefusal(this.dialect, this.status, Buffer.concat(this.refusal).toString("utf8"), this.headers);
    }
}

/** For undici alone, which wants a reason: whoever waits has been told his own by then. */
const GIVEN_UP = new Error("The request was given up.");
