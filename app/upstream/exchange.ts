import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { StreamError } from "../errors/errors";
import { readChunk } from "./chunk";
import { Clock, type Deadlines } from "./deadlines";
import { eventReader } from "./events";
import { asStreamError } from "./failure";
import { readRefusal, type Dialect } from "./refusal";
import { currentSluice, type Sluice } from "./sluice";
import type { Ask, Usage } from "./upstream";

/** How long to wait for the usage, once the text itself is complete. */
const AFTER_FINISH_MS = 2_000;
/** How long to wait for the end of the body, which lets the connection be used again. */
const AFTER_DONE_MS = 100;
const MAX_ERROR_BYTES = 64 * 1024;

/** What a service said at the end. */
export interface Finish {
    finishReason: string;
    usage: Usage | undefined;
}

type Controller = Dispatcher.DispatchController;

/** DeepSeek's word for a model that was taken away in the middle. */
const INTERRUPTED = "insufficient_system_resource";

/**
 * One request to a service and its answer, as undici tells it: no stream and no promise a token, for a token's way
 * through the app is what a region's machine is busy with.
 * An answer is complete when a finish reason was seen: `[DONE]` or the end of the body alone is a cut.
 */
export class Exchange implements Dispatcher.DispatchHandler {
    readonly finish: Promise<Finish>;
    private resolve!: (finish: Finish) => void;
    private reject!: (reason: unknown) => void;
    private settled = false;
    private controller: Controller | undefined;
    private readonly clock: Clock;
    private readonly onAbort = () => this.fail(this.ask.signal.reason);
    /** After the finish: for the usage, then for the body's end. */
    private linger: NodeJS.Timeout | undefined;
    private status = 0;
    private retryAfter: string | string[] | undefined;
    /** Set with the first token. */
    private begun = false;
    private sluice: Sluice | undefined;
    private refusal: Buffer[] = [];
    private refusalBytes = 0;
    private finishReason: string | undefined;
    private bodyOver = false;
    private usage: Usage | undefined;
    private readonly read = eventReader((data) => this.data(data));

    constructor(private readonly ask: Ask, private readonly dialect: Dialect, deadlines: Deadlines) {
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
        this.retryAfter = headers["retry-after"];
    }

    onResponseData(_controller: Controller, bytes: Buffer): void {
        if (this.status !== 200) return this.refused(bytes);
        try {
            this.read(bytes);
        } catch (error) {
            this.fail(error);
        }
    }

    onResponseEnd(): void {
        this.over();
        if (this.status !== 200) this.fail(this.readRefusal());
        else this.end();
    }

    onResponseError(_controller: Controller, error: Error): void {
        this.over();
        if (this.finishReason !== undefined) this.end();
        else this.fail(asStreamError(error));
    }

    private over(): void {
        this.bodyOver = true;
        clearTimeout(this.linger);
    }

    private data(data: string): void {
        if (this.settled) return;
        if (data === "[DONE]") return this.end();
        const chunk = readChunk(data, (body) => readRefusal(this.dialect, 200, body));
        if (chunk.reasoning !== "") this.tell("reasoning", chunk.reasoning);
        if (chunk.text !== "") this.tell("delta", chunk.text);
        if (chunk.usage) this.usage = chunk.usage;
        if (chunk.finishReason !== undefined) this.finished(chunk.finishReason);
        if (this.usage && this.finishReason !== undefined) this.end();
    }

    private tell(type: "delta" | "reasoning", text: string): void {
        this.clock.token();
        if (!this.begun) this.begin();
        this.ask.onPiece({ type, text });
    }

    /** The first token goes through at once; from the next one on they are read in portions. */
    private begin(): void {
        this.begun = true;
        this.sluice = currentSluice();
        this.sluice?.close();
    }

    /** The text is complete; only its usage may still come. */
    private finished(reason: string): void {
        if (reason === INTERRUPTED) return this.fail(new StreamError(this.begun ? "upstream_cut" : "upstream_busy", { cause: reason }));
        this.finishReason = reason;
        this.clock.stop();
        this.linger = setTimeout(() => this.end(), AFTER_FINISH_MS);
    }

    private end(): void {
        if (this.finishReason === undefined) return this.fail(new StreamError("upstream_cut"));
        if (!this.settle()) return;
        this.resolve({ finishReason: this.finishReason, usage: this.usage });
        if (!this.bodyOver) this.linger = setTimeout(() => this.controller?.abort(GIVEN_UP), AFTER_DONE_MS);
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
        this.sluice?.open();
        this.ask.signal.removeEventListener("abort", this.onAbort);
        return true;
    }

    private refused(bytes: Buffer): void {
        this.refusal.push(bytes);
        this.refusalBytes += bytes.length;
        if (this.refusalBytes > MAX_ERROR_BYTES) this.fail(this.readRefusal());
    }

    private readRefusal(): StreamError {
        return readRefusal(this.dialect, this.status, Buffer.concat(this.refusal).toString("utf8"), this.retryAfter);
    }
}

/** For undici alone, which wants a reason: whoever waits has been told his own by then. */
const GIVEN_UP = new Error("The request was given up.");
