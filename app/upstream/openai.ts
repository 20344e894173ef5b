import "../connect";
import { Agent } from "undici";
import { withoutHalves } from "./characters";
import type { ReadCoalescer } from "./coalescer";
import type { Deadlines } from "./deadlines";
import { Exchange } from "./exchange";
import type { Dialect } from "./refusal";
import type { Answer, Ask, ChatMessage, Upstream } from "./upstream";

export interface OpenAiOptions {
    provider: string;
    /** Without a trailing slash; `/chat/completions` is appended. */
    url: string;
    key: string;
    model: string;
    dialect: Dialect;
    deadlines: Deadlines;
    contextTokens: number;
    /** One for all services of the process, because they share its event loop. */
    coalescer: ReadCoalescer;
}

/**
 * How long a connection waits for the next question, where the service names no time of its own. A new one over the
 * border costs three round trips before the first token; one that is kept for too long is dead without a word.
 */
const KEEP_ALIVE_MS = 30_000;

/** A service that speaks the OpenAI streaming chat protocol. */
export class OpenAiUpstream implements Upstream {
    readonly provider: string;
    readonly model: string;
    readonly contextTokens: number;
    private readonly agent: Agent;
    private readonly target: { origin: string; path: string };
    private readonly headers: Record<string, string>;

    constructor(private readonly options: OpenAiOptions) {
        this.provider = options.provider;
        this.model = options.model;
        this.contextTokens = options.contextTokens;
        // The exchange's clock knows tokens from bytes; undici's own timers would count comments as life.
        this.agent = new Agent({ connect: { timeout: options.deadlines.connect }, headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS });
        const { origin, pathname } = new URL(`${options.url}/chat/completions`);
        this.target = { origin, path: pathname };
        this.headers = { authorization: `Bearer ${options.key}`, "content-type": "application/json", accept: "text/event-stream", "accept-encoding": "identity" };
    }

    /** @param limits what is left of the deadlines, when this is not the first attempt */
    async answer(ask: Ask, limits: Partial<Deadlines> = {}): Promise<Answer> {
        ask.signal.throwIfAborted();
        const exchange = new Exchange(ask, this.options.dialect, { ...this.options.deadlines, ...limits }, this.options.coalescer);
        this.post(ask, exchange);
        return { provider: this.provider, model: this.model, ...(await exchange.finish) };
    }

    close(): Promise<void> {
        return this.agent.close();
    }

    private post({ messages, requestId }: Ask, exchange: Exchange): void {
        this.agent.dispatch(
            {
                ...this.target,
                method: "POST",
                headers: { ...this.headers, "x-client-request-id": requestId },
                // Bytes of its own: of a string undici makes some in a pool, of which it would hold 8 KiB for as long as the answer takes.
                body: new TextEncoder().encode(JSON.stringify({ model: this.model, messages: messages.map(wellFormed), stream: true, stream_options: { include_usage: true } })),
            },
            exchange,
        );
    }
}

/** A half character, of a user or of an answer that was stopped before, makes some services refuse the whole request. */
const wellFormed = (message: ChatMessage): ChatMessage => ({ ...message, content: withoutHalves(message.content) });
