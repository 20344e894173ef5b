import { Connection, type End } from "./connection";
import type { ChatEvent } from "./events";
import { malformed, type ChatError } from "./refusal";
import { Patience, type Timing } from "./retry";
import type { HttpRequest, Transport } from "./transport";
import { apply, isGap, isOver, lastId, noTurn, type Failure, type Turn } from "./turn";

/** How it stands with the connection. `waiting`: it was lost, and the next attempt comes in so many milliseconds. */
export type ConnectionState = { state: "connecting" } | { state: "open" } | { state: "waiting"; inMs: number; error: Failure };

export interface ChatListener {
    /** Each event once, and the turn after it. */
    onEvent?: (event: ChatEvent, turn: Turn) => void;
    /** The whole text so far, whenever it changed. */
    onText?: (text: string, turn: Turn) => void;
    onConnection?: (state: ConnectionState) => void;
    /** Leaves when it is aborted; it does not stop the turn. */
    signal?: { readonly aborted: boolean; addEventListener(type: "abort", listener: () => void): void };
}

/** What a chat is given by the client that it belongs to. */
export interface ChatContext {
    transport: Transport;
    timing: Timing;
    /** The request that begins the turn; undefined where one is resumed. `repeated`: it may have been received before. */
    ask: ((repeated: boolean) => HttpRequest) | undefined;
    resume: (streamId: string, lastId: string | undefined) => HttpRequest;
    stop: (streamId: string) => Promise<boolean>;
    /** Sees to it that there is another token than the one in this refused header; false where nobody can. */
    renewToken: (authorization: string | undefined) => Promise<boolean>;
    onStart: (turn: Turn) => void;
}

/** A connection that lived so long was a good one, even if nothing but pings came. */
const GOOD_MS = 5_000;

/**
 * A turn as its user follows it: one connection after another, until the turn is over. What the service sent is told
 * once, however often the connection broke.
 */
export class Chat {
    /** How the turn ended for this client. Never rejects: look at `state`, and at `error` where it is `failed`. */
    readonly done: Promise<Turn>;
    private current: Turn;
    private connection: Connection | undefined;
    private alarm: (() => void) | undefined;
    private afterMs: number | undefined;
    private readonly patience: Patience;
    private authorization: string | undefined;
    private renewed = false;
    private idWaiters: (() => void)[] = [];

    constructor(private readonly context: ChatContext, private readonly listener: ChatListener, begin: Partial<Turn> = {}) {
        this.current = { ...noTurn, ...begin };
        this.patience = new Patience(context.timing);
        if (listener.signal?.aborted) this.leave();
        else listener.signal?.addEventListener("abort", () => this.leave());
        this.done = this.run();
    }

    /** The turn as it is known now. */
    get turn(): Turn {
        return this.current;
    }

    /** What `resume` would go on after. */
    get lastId(): string | undefined {
        return lastId(this.current);
    }

    /**
     * Asks the service to stop the turn; what it said until then is kept, and `done` follows. False: it was over already.
     * @throws ChatError stream_elsewhere, connection_lost and others
     */
    async stop(): Promise<boolean> {
        if (this.current.streamId === undefined && !this.ended) await new Promise<void>((resolve) => this.idWaiters.push(resolve));
        const { streamId } = this.current;
        return streamId !== undefined && !isOver(this.current) ? this.context.stop(streamId) : false;
    }

    /** Stops following. The turn goes on at the service, and can be resumed. */
    leave(): void {
        if (this.ended) return;
        this.current = { ...this.current, state: "left" };
        this.connection?.drop("left");
        this.wake();
    }

    /** Something changed (the network is back, the page is shown again): look at once instead of waiting. */
    wake(): void {
        this.alarm?.();
        this.connection?.check();
    }

    private get ended(): boolean {
        return isOver(this.current) || this.current.state === "closed" || this.current.state === "left";
    }

    private async run(): Promise<Turn> {
        for (let attempt = 0; !this.ended; attempt += 1) {
            const began = Date.now();
            this.tell({ state: "connecting" });
            const end = await this.connect(attempt > 0);
            this.connection = undefined;
            if (!this.ended) await this.after(end, Date.now() - began);
        }
        for (const resolve of this.idWaiters.splice(0)) resolve();
        return this.current;
    }

    private connect(repeated: boolean): Promise<End> {
        const { transport, timing, ask, resume } = this.context;
        const { streamId } = this.current;
        this.afterMs = undefined;
        const request = streamId !== undefined ? resume(streamId, this.lastId) : ask!(repeated);
        this.authorization = request.headers.authorization;
        this.connection = new Connection(
            transport,
            request,
            {
                onOpen: (streamId) => this.opened(streamId),
                onEvent: (event) => this.event(event),
                onLife: (openMs) => openMs > GOOD_MS && this.patience.renew(),
            },
            timing.stallMs,
        );
        return this.connection.end;
    }

    private opened(streamId: string | undefined): void {
        if (streamId !== undefined && this.current.streamId === undefined) this.know({ ...this.current, streamId });
        this.renewed = false;
        this.tell({ state: "open" });
    }

    private event(event: ChatEvent): void {
        if (this.ended) return;
        // Something was lost on the way; what is known is told as the last id, and the rest comes again.
        if (isGap(this.current, event)) return this.connection?.drop("an event is missing");
        const before = this.current;
        const turn = apply(before, event);
        if (turn !== before) this.know(turn);
        if (event.type === "closed") this.connection?.drop(event.message);
        if (event.type === "reconnect") this.afterMs = event.afterMs;
        else if (turn === before) return;
        if (turn.lastSeq > before.lastSeq) this.patience.renew();
        if (event.type === "start") this.context.onStart(turn);
        safely(() => this.listener.onEvent?.(event, turn));
        if (turn.text !== before.text) safely(() => this.listener.onText?.(turn.text, turn));
    }

    private know(turn: Turn): void {
        this.current = turn;
        if (turn.streamId !== undefined) for (const resolve of this.idWaiters.splice(0)) resolve();
    }

    /** What follows from the end of a connection: the end of all, or the next one after a while. */
    private async after(end: End, tookMs: number): Promise<void> {
        // `[DONE]` or 204 without an end that was told: the end was told to somebody before us.
        if (end.kind === "over" || (end.kind === "complete" && this.current.streamId !== undefined)) return this.know({ ...this.current, state: "done" });
        // The service never answers a question with 204; a captive portal does.
        const error = end.kind === "complete" ? malformed("status 204", { status: 204 }) : end.error;
        if (error.status === 401 && (await this.newToken())) return;
        if (!error.retryable) return this.fail(error);
        const limitMs = this.current.streamId === undefined ? this.context.timing.askMs : this.context.timing.resumeMs;
        const inMs = this.patience.next(limitMs, tookMs, this.afterMs ?? error.retryAfterMs);
        if (inMs === undefined) return this.fail(error);
        this.tell({ state: "waiting", inMs, error: failureOf(error) });
        await this.sleep(inMs);
    }

    /** Once for each time that the service said no: a new token that is refused as well is no token. */
    private async newToken(): Promise<boolean> {
        if (this.renewed) return false;
        this.renewed = true;
        return this.context.renewToken(this.authorization);
    }

    private fail(error: ChatError): void {
        if (!this.ended) this.know({ ...this.current, state: "failed", error: failureOf(error) });
    }

    private sleep(ms: number): Promise<void> {
        return new Promise((resolve) => {
            const timer = setTimeout(() => this.alarm?.(), ms);
            this.alarm = () => {
                clearTimeout(timer);
                this.alarm = undefined;
                resolve();
            };
        });
    }

    private tell(state: ConnectionState): void {
        safely(() => this.listener.onConnection?.(state));
    }
}

function failureOf({ code, message, retryable, status }: ChatError): Failure {
    return { code, message, retryable, ...(status !== undefined && { status }) };
}

/** A listener that throws is told so by the platform, as an event's listener is; the chat goes on. */
function safely(call: () => void): void {
    try {
        call();
    } catch (error) {
        setTimeout(() => {
            throw error;
        });
    }
}
