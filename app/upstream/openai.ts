import { createParser } from "eventsource-parser";
import { Agent, request, type Dispatcher } from "undici";
import { StreamError } from "../errors/errors";
import { readChunk } from "./chunk";
import { Clock, type Deadlines } from "./deadlines";
import { readRefusal } from "./refusal";
import type { ChatMessage, Piece, Upstream } from "./upstream";

export interface OpenAiOptions {
    provider: string;
    /** Without a trailing slash; `/chat/completions` is appended. */
    url: string;
    key: string;
    model: string;
    deadlines: Deadlines;
}

/** What one event may hold before its line ends: a service that never ends a line must not fill the memory. */
const MAX_EVENT_CHARS = 1 << 20;
const MAX_ERROR_BYTES = 64 * 1024;

/**
 * A service that speaks the OpenAI streaming chat protocol.
 * An answer is complete when a finish reason was seen: `[DONE]` or the end of the body alone is a cut.
 */
export class OpenAiUpstream implements Upstream {
    readonly provider: string;
    readonly model: string;
    private readonly agent: Agent;

    constructor(private readonly options: OpenAiOptions) {
        this.provider = options.provider;
        this.model = options.model;
        // The clock below knows tokens from bytes; undici's own timers would count comments as life.
        this.agent = new Agent({ connect: { timeout: options.deadlines.connect }, headersTimeout: 0, bodyTimeout: 0 });
    }

    async *answer(messages: ChatMessage[], requestId: string, signal: AbortSignal): AsyncIterable<Piece> {
        const clock = new Clock(this.options.deadlines, signal);
        let finished = false;
        try {
            const response = await this.post(messages, requestId, clock.signal);
            if (response.statusCode !== 200) throw readRefusal(response.statusCode, await readText(response.body));
            for await (const data of dataLines(response.body)) {
                if (data === "[DONE]") {
                    if (!finished) break;
                    clock.done();
                    continue;
                }
                for (const piece of readChunk(data, (body) => readRefusal(200, body))) {
                    if (piece.type === "finish") finished = true;
                    if (finished) clock.finished();
                    else clock.token();
                    yield piece;
                }
            }
            if (!finished) throw new StreamError("upstream_cut");
        } catch (error) {
            signal.throwIfAborted();
            if (!finished) throw clock.signal.aborted ? clock.signal.reason : asStreamError(error);
        } finally {
            clock.stop();
        }
    }

    close(): Promise<void> {
        return this.agent.close();
    }

    private post(messages: ChatMessage[], requestId: string, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
        return request(`${this.options.url}/chat/completions`, {
            method: "POST",
            dispatcher: this.agent,
            signal,
            headers: {
                authorization: `Bearer ${this.options.key}`,
                "content-type": "application/json",
                accept: "text/event-stream",
                "x-client-request-id": requestId,
            },
            body: JSON.stringify({ model: this.model, messages, stream: true, stream_options: { include_usage: true } }),
        });
    }
}

/** The `data:` texts of a body. One decoder a stream: a Chinese character may be cut by a chunk's border. */
async function* dataLines(body: AsyncIterable<Buffer>): AsyncIterable<string> {
    const decoder = new TextDecoder();
    let ready: string[] = [];
    const parser = createParser({
        maxBufferSize: MAX_EVENT_CHARS,
        onEvent: (event) => ready.push(event.data),
        onError: (error) => {
            if (error.type === "max-buffer-size-exceeded") throw new StreamError("upstream_malformed", { cause: error });
        },
    });
    for await (const bytes of body) {
        parser.feed(decoder.decode(bytes, { stream: true }));
        const batch = ready;
        ready = [];
        yield* batch;
    }
}

async function readText(body: AsyncIterable<Buffer>): Promise<string> {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const bytes of body) {
        parts.push(bytes);
        size += bytes.length;
        if (size > MAX_ERROR_BYTES) break;
    }
    return Buffer.concat(parts).toString("utf8");
}

function asStreamError(error: unknown): StreamError {
    if (error instanceof StreamError) return error;
    const { code } = error as { code?: unknown };
    // Whatever fails on the way has a code; a mistake of our own has none, or is a TypeError as well.
    if (typeof code !== "string" || error instanceof TypeError) return new StreamError("internal", { cause: error });
    // UND_ERR_SOCKET and ECONNRESET come after a connection was made; whatever fails before one is a matter of reaching it.
    const cut = code === "UND_ERR_SOCKET" || code === "ECONNRESET" || code === "EPIPE";
    return new StreamError(cut ? "upstream_cut" : "upstream_unreachable", { cause: code });
}
