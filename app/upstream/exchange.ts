import type { IncomingHttpHeaders } from "node:http";
import type { Transform } from "node:stream";
import type { Dispatcher } from "undici";
import { StreamError } from "../errors/errors";
import { Characters } from "./characters";
import { laterUsage, readChunk, type Chunk } from "./chunk";
import type { ReadCoalescer } from "./coalescer";
import { Clock, type Deadlines } from "./deadlines";
import { decompressor } from "./encoding";
import { EventReader } from "./events";
import { asStreamError, NoText } from "./failure";
import type { Finish } from "./finish";
import { readRefusal, refusalOf, type Dialect } from "./refusal";
import { Thoughts } from "./thoughts";
import type { Ask, Piece, Usage } from "./upstream";

/** How long to wait for the usage, once the text itself is complete. */
const AFTER_FINISH_MS = 2_000;
/** How long to wait for the end of the body, which lets the connection be used again. */
const AFTER_DONE_MS = 100;
const MAX_ERROR_BYTES = 64 * 1024;

/** What a service said at the end. */
export interface End {
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
    private decompress: Transform | undefined;
    /** Set with the first token. */
    private begun = false;
    private refusal: Buffer[] = [];
    private refusalBytes = 0;
    private finishReason: string | undefined;
    private bodyOver = false;
    private usage: Usage | undefined;
    /** UTF-16 units of text that came. */
    private chars = 0;
    private spoken = false;
    private readonly reader = new EventReader({ onValue: (value, event) => this.value(value, event), onDone: () => this.end() });
    private readonly text = new Characters();
    private readonly reasoning = new Characters();
    private readonly thoughts = new Thoughts((type, text) => this.tell(type, text));

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
        const { "content-encoding": encoding, "retry-after": after, "retry-after-ms": afterMs, location } = headers;
        this.headers = { "content-encoding": encoding, "retry-after": after, "retry-after-ms": afterMs, location };
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
        this.over(() => this.broken(asStreamError(error)));
    }

    /** The body's first bytes tell whether it is compressed. */
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
        try {
            this.reader.read(bytes);
        } catch (error) {
            this.fail(error);
        }
    }

    /** Nothing more comes. @param then once the bytes that came are decompressed */
    private over(then: () => void): void {
        this.bodyOver = true;
        clearTimeout(this.linger);
        if (!this.decompress) return then();
        this.decompress.once("end", then);
        this.decompress.end();
    }

    private bodyEnd(): void {
        if (!this.ok) return this.fail(this.readRefusal());
        if (this.settled) return;
        try {
            this.reader.end();
        } catch (error) {
            return this.fail(error);
        }
        if (this.reader.strange && !this.begun && this.finishReason === undefined) this.fail(new StreamError("upstream_malformed", { cause: `${this.status} no answer` }));
        else this.end();
    }

    /** What breaks after the finish reason takes nothing from the answer. */
    private broken(error: unknown): void {
        if (this.finishReason !== undefined && this.spoken) this.end();
        else this.fail(error);
    }

    private value(value: unknown, event: string): void {
        if (this.settled) return;
        if (Array.isArray(value)) return value.forEach((part) => this.value(part, event));
        const chunk = readChunk(value, event);
        if (!chunk) return;
        if ("error" in chunk) return this.broken(refusalOf(this.dialect, this.status, chunk.error, this.headers));
        const early = !this.spoken;
        const late = this.finishReason !== undefined && chunk.text !== "";
        if (chunk.whole) this.addWhole(chunk);
        else this.add(chunk);
        if (chunk.usage) this.usage = laterUsage(this.usage, chunk.usage);
        if (chunk.finish) this.finished(chunk.finish);
        // A reason before or with the first text, or in front of text, is not this service's end.
        if (this.finishReason !== undefined) this.await(early || late ? this.deadlines.idle : AFTER_FINISH_MS);
    }

    private add({ text, reasoning }: Pick<Chunk, "text" | "reasoning">): void {
        if (reasoning !== "") {
            const whole = this.reasoning.whole(reasoning);
            if (whole !== "") this.tell("reasoning", whole);
        }
        if (text === "") return;
        this.chars += text.length;
        const whole = this.text.whole(text);
        if (whole !== "") this.thoughts.add(whole);
    }

    /** The whole answer: the only thing that comes, or a repetition at the end of a stream (MiniMax). */
    private addWhole({ text, reasoning, finish }: Chunk): void {
        this.add({ text: text.slice(this.chars), reasoning: this.begun ? "" : reasoning });
        if (!finish) this.finished({ reason: "stop" });
    }

    private tell(type: Piece["type"], text: string): void {
        if (this.settled) return;
        this.clock.token();
        this.begun = true;
        if (type === "delta") this.spoken = true;
        this.ask.onPiece({ type, text });
    }

    /** The text is complete; only its usage may still come, or, against the protocol, more text. */
    private finished(finish: Finish): void {
        if ("failed" in finish) {
            const before = finish.failed === INTERRUPTED ? "upstream_busy" : "upstream_failed";
            return this.fail(new StreamError(this.begun ? "upstream_cut" : before, { cause: finish.failed }));
        }
        this.finishReason = finish.reason;
        this.clock.complete();
    }

    private await(ms: number): void {
        if (this.settled) return;
        clearTimeout(this.linger);
        this.linger = setTimeout(() => this.end(), ms);
    }

    private end(): void {
        if (this.settled) return;
        try {
            this.thoughts.end();
        } catch (error) {
            return this.fail(error);
        }
        if (this.finishReason === undefined) return this.fail(new StreamError("upstream_cut"));
        if (!this.spoken) return this.fail(this.withoutText(this.finishReason));
        if (!this.settle()) return;
        this.resolve({ finishReason: this.finishReason, usage: this.usage });
        if (!this.bodyOver) this.linger = setTimeout(() => this.controller?.abort(GIVEN_UP), AFTER_DONE_MS);
    }

    private withoutText(reason: string): StreamError {
        return reason === "content_filter" ? new StreamError("content_refused", { cause: reason }) : new NoText(reason);
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
