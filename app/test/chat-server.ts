import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TurnEvent } from "../client/events";

/** A turn's events after `start`, without what the server adds. */
export type Told = { [Type in TurnEvent["type"]]: Omit<Extract<TurnEvent, { type: Type }>, "seq"> }[TurnEvent["type"]];

export interface Asked {
    method: string;
    path: string;
    headers: IncomingMessage["headers"];
    body: any;
}

/** Does something else with one request than answering it. `rest`: the frames that a good answer would hold. */
export type Plan = (response: ServerResponse, rest: string[], turn: ServedTurn) => void;

export interface ServedTurn {
    streamId: string;
    sessionId: string;
    messageId: string;
    frames: string[];
}

const PREAMBLE = "retry: 3000\n: connected\n\n";
const DONE = "data: [DONE]\n\n";

/**
 * The wire protocol over a real socket, with a plan for each connection that is to go wrong: the first one takes the
 * first plan, and so on. A turn is all there as soon as it is asked for.
 */
export class ChatServer {
    readonly asked: Asked[] = [];
    readonly plans: Plan[] = [];
    readonly turns = new Map<string, ServedTurn>();
    readonly stopped: string[] = [];
    /** Connections that are open now. */
    open = 0;
    tokens: string[] | undefined;
    says: Told[] = [{ type: "delta", delta: "Hello" }, finished];
    private readonly server: Server;

    private constructor() {
        this.server = createServer((request, response) => void this.serve(request, response));
    }

    static async start(): Promise<ChatServer> {
        const server = new ChatServer();
        server.server.listen(0, "127.0.0.1");
        await once(server.server, "listening");
        return server;
    }

    get url(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    stop(): void {
        this.server.close();
        this.server.closeAllConnections();
    }

    private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        this.open += 1;
        response.on("close", () => (this.open -= 1));
        const parts: Buffer[] = [];
        for await (const part of request) parts.push(part as Buffer);
        const text = Buffer.concat(parts).toString();
        const path = request.url!;
        this.asked.push({ method: request.method!, path, headers: request.headers, body: text === "" ? undefined : JSON.parse(text) });
        if (this.tokens && !this.tokens.includes(request.headers.authorization ?? "")) return refusal(401, "token_expired")(response);
        if (path.endsWith("/stop")) {
            this.stopped.push(path.split("/").at(-2)!);
            return void response.end(JSON.stringify({ streamId: path.split("/").at(-2), stopped: true }));
        }
        const turn = request.method === "POST" ? this.turn(request, JSON.parse(text)) : this.turns.get(path.split("/").at(-1)!);
        const from = Number((request.headers["last-event-id"] as string | undefined)?.split(".").at(-1) ?? 0);
        const plan = this.plans.shift() ?? all;
        if (!turn) return refusal(404, "stream_not_found")(response);
        plan(response, turn.frames.slice(from), turn);
    }

    /** One key is one turn, however often it is asked for. */
    private turn(request: IncomingMessage, body: { sessionId?: string }): ServedTurn {
        const key = request.headers["idempotency-key"] as string;
        const messageId = crypto.randomUUID();
        const known = this.turns.get(key);
        if (known) return known;
        const streamId = `s_${messageId.replaceAll("-", "")}`;
        const sessionId = body.sessionId ?? crypto.randomUUID();
        const start = { type: "start", streamId, sessionId, messageId, provider: "ark", model: "ep-1", history: "complete" };
        const frames = [start, ...this.says].map(({ type, ...fields }, index) => frame(`${streamId}.${index + 1}`, type, { type, seq: index + 1, ...fields }));
        const turn = { streamId, sessionId, messageId, frames };
        this.turns.set(key, turn).set(streamId, turn);
        return turn;
    }
}

export const finished: Told = {
    type: "done",
    finishReason: "stop",
    usage: { inputTokens: 8, outputTokens: 9, reasoningTokens: 0 },
    provider: "ark",
    model: "ep-1",
};

export const frame = (id: string | undefined, type: string, data: object): string =>
    `${id === undefined ? "" : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

const begin = (response: ServerResponse, turn: ServedTurn) =>
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "x-stream-id": turn.streamId });

export const all: Plan = (response, rest, turn) => {
    if (rest.length === 0) response.writeHead(204).end();
    else begin(response, turn).end(PREAMBLE + rest.join("") + DONE);
};

/** Breaks the connection after so many bytes of the answer, modulo its length; in the middle of a character, it may be. */
export const cutAfter = (bytes: number): Plan => (response, rest, turn) => {
    const whole = Buffer.from(PREAMBLE + rest.join("") + DONE);
    begin(response, turn).write(whole.subarray(0, bytes % whole.length), () => response.destroy());
};

/** The request was received and its turn began, but no answer comes. */
export const vanish: Plan = (response) => void response.destroy();

export const refusal = (status: number, code: string, retryAfter?: number) => (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json", ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }) });
    response.end(JSON.stringify({ code, message: "No." }));
};

/** Sends so many events and then these words; `open` leaves the connection as it is. */
export const partly = (events: number, words: string, open = false): Plan => (response, rest, turn) => {
    begin(response, turn).write(PREAMBLE + rest.slice(0, events).join("") + words);
    if (!open) response.end();
};
