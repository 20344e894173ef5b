import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { StreamError } from "../errors/errors";
import { arkDialect } from "../upstream/ark";
import { ReadCoalescer } from "../upstream/coalescer";
import { OpenAiUpstream, type OpenAiOptions } from "../upstream/openai";
import type { Answer, Ask, Piece, Upstream } from "../upstream/upstream";

/** Answers one request. */
export type Script = (response: ServerResponse, request: IncomingMessage) => Promise<void> | void;

export interface Seen {
    headers: IncomingMessage["headers"];
    body: { model: string; messages: { role: string; content: string }[]; stream: boolean; stream_options: unknown };
}

/** A model service over a real socket that does what its script says; it keeps what it was asked. */
export class ScriptedUpstream {
    readonly seen: Seen[] = [];
    /** Connections that are open now, and that ever were. */
    sockets = 0;
    connected = 0;
    private readonly server: Server;

    private constructor(public script: Script) {
        this.server = createServer((request, response) => void this.serve(request, response));
        this.server.on("connection", (socket) => {
            this.connected += 1;
            this.sockets += 1;
            socket.on("close", () => (this.sockets -= 1));
        });
    }

    static async start(script: Script = says("Hello", ", world")): Promise<ScriptedUpstream> {
        const upstream = new ScriptedUpstream(script);
        upstream.server.listen(0, "127.0.0.1");
        await once(upstream.server, "listening");
        return upstream;
    }

    get url(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v3`;
    }

    stop(): void {
        this.server.close();
        this.server.closeAllConnections();
    }

    private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const parts: Buffer[] = [];
        for await (const part of request) parts.push(part as Buffer);
        this.seen.push({ headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) });
        await this.script(response, request);
    }
}

/** A `data:` line with text, as Ark writes it. */
export const token = (content: string, finish: string | null = null): string =>
    `data: ${JSON.stringify({ choices: [{ delta: { content, role: "assistant" }, finish_reason: finish, index: 0 }], id: "02", object: "chat.completion.chunk", usage: null })}\n\n`;

export const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 11, completion_tokens: 9, completion_tokens_details: { reasoning_tokens: 4 } } })}\n\n`;

export const done = "data: [DONE]\n\n";

export const open = (response: ServerResponse): ServerResponse => response.writeHead(200, { "Content-Type": "text/event-stream" });

/** A whole answer at once. */
export function says(...words: string[]): Script {
    return (response) => void open(response).end(words.map((word) => token(word)).join("") + token("", "stop") + usage + done);
}

/** Sends these lines and then nothing, with the socket open. */
export function stalls(...lines: string[]): Script {
    return (response) => {
        open(response).flushHeaders();
        for (const line of lines) response.write(line);
    };
}

/** Sends these lines and breaks the connection. */
export function cuts(...lines: string[]): Script {
    return (response) => {
        open(response);
        response.write(lines.join(""), () => response.socket?.destroy());
    };
}

/** Refuses with a status and a body. */
export function refuses(status: number, body: object | string): Script {
    return (response) => void response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
}

/** A gate: a script waits at it, a test opens it. */
export function gate(): { wait: Promise<void>; open: () => void } {
    let open!: () => void;
    const wait = new Promise<void>((resolve) => (open = resolve));
    return { wait, open };
}

/** One script after another, the last one again and again. */
export function inTurn(...scripts: Script[]): Script {
    let next = 0;
    return (response, request) => scripts[Math.min(next++, scripts.length - 1)]!(response, request);
}

/** Deadlines that no test waits for. */
export const generous = { connect: 5_000, firstToken: 5_000, idle: 5_000, total: 10_000 };

/** A service as the app makes it, but for what a test is about. */
export function service(url: string, options: Partial<Omit<OpenAiOptions, "deadlines">> & { deadlines?: Partial<OpenAiOptions["deadlines"]> } = {}): OpenAiUpstream {
    const { deadlines, ...rest } = options;
    return new OpenAiUpstream({ provider: "ark", url, key: "key", model: "ep-1", dialect: arkDialect, contextTokens: 24_000, coalescer: new ReadCoalescer(0), ...rest, deadlines: { ...generous, ...deadlines } });
}

/** All that was told of an answer, and how it ended: the finish reason or the error's code. */
export interface Told {
    text: string;
    reasoning: string;
    end: string;
    pieces: (Piece & { at: number })[];
    answer?: Answer;
    error?: unknown;
}

export async function ask(upstream: Upstream, options: Partial<Ask> = {}): Promise<Told> {
    const pieces: Told["pieces"] = [];
    const of = (type: string) => pieces.filter((piece) => piece.type === type).map(({ text }) => text).join("");
    const told = (end: string, rest: object): Told => ({ text: of("delta"), reasoning: of("reasoning"), end, pieces, ...rest });
    const onPiece = (piece: Piece) => {
        pieces.push({ ...piece, at: performance.now() });
        options.onPiece?.(piece);
    };
    const question: Ask = { messages: [{ role: "user", content: "Hi" }], requestId: "request-1", signal: new AbortController().signal, ...options, onPiece };
    return upstream.answer(question).then(
        (answer) => told(answer.finishReason, { answer }),
        (error) => told(error instanceof StreamError ? error.code : `not a StreamError: ${error}`, { error }),
    );
}
