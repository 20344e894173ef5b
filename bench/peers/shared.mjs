// What the Node peers have in common: the question, the events, the way they listen. Each peer is as short as its makers' examples.
import { createServer } from "node:http";
import { createParser } from "eventsource-parser";
import { Agent, request } from "undici";

export const MODEL = process.env.MODEL_URL;
export const HEARTBEAT_MS = 15_000;

// The model is silent for as long as it likes.
const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

export const messages = (message) => [{ role: "user", content: message }];

/** Asks the model with undici; gives the body of its answer. */
export async function ask(message, signal) {
    const response = await request(`${MODEL}/chat/completions`, {
        method: "POST",
        dispatcher,
        signal,
        headers: { "content-type": "application/json", accept: "text/event-stream" },
        body: JSON.stringify({ model: "m", messages: messages(message), stream: true }),
    });
    return response.body;
}

/** The texts of an answer, one a token. */
export async function* texts(body) {
    const decoder = new TextDecoder();
    let ready = [];
    const parser = createParser({ onEvent: ({ data }) => ready.push(data) });
    for await (const bytes of body) {
        parser.feed(decoder.decode(bytes, { stream: true }));
        for (const data of ready) {
            if (data === "[DONE]") continue;
            const text = JSON.parse(data).choices[0]?.delta?.content;
            if (text) yield text;
        }
        ready = [];
    }
}

/** An event as the app sends it. */
export const frame = (seq, delta) => `id: s.${seq}\nevent: delta\ndata: ${JSON.stringify({ type: "delta", seq, delta })}\n\n`;
export const LAST = "data: [DONE]\n\n";

/** Sends texts as events until they end. */
export async function relay(response, source) {
    let seq = 0;
    for await (const text of source) response.write(frame((seq += 1), text));
    response.end(LAST);
}

const HEADERS = { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no" };

/** Begins a stream of events; the signal says that its reader has gone. */
export function begin(response) {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    head(response);
    return gone.signal;
}

function head(response) {
    response.writeHead(200, HEADERS);
    response.write("retry: 3000\n: connected\n\n");
}

/** A stream in which nothing happens: it costs its socket and a heartbeat. */
export function idle(response) {
    const beat = setInterval(() => response.write(": ping\n\n"), HEARTBEAT_MS);
    response.on("close", () => clearInterval(beat));
    head(response);
}

export async function readJson(incoming) {
    const parts = [];
    for await (const part of incoming) parts.push(part);
    return JSON.parse(Buffer.concat(parts).toString());
}

/** Serves with node:http alone: `chat` answers a question, anything else is an idle stream. */
export function serve(chat) {
    const server = createServer((incoming, response) => {
        if (incoming.method !== "POST") return idle(response);
        readJson(incoming).then(({ message }) => chat(response, message)).catch((error) => left(response, error));
    });
    server.listen(0, "127.0.0.1", () => listening(server));
}

/** That a client leaves in the middle is no fault. */
export function left(response, error) {
    if (!response.destroyed) console.error(error);
    response.destroy();
}

export const listening = (server) => console.log(`listening ${server.address().port}`);
