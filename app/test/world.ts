import { Writable } from "node:stream";
import { createParser } from "eventsource-parser";
import { Service } from "../service";
import { readSettings } from "../settings/read";
import { Mongod } from "./mongod";
import { scratch } from "./scratch";
import { ScriptedUpstream } from "./upstream";
import { ScriptedWeChat } from "./wechat";

export interface Event {
    id: string | undefined;
    type: string | undefined;
    data: any;
    /** Milliseconds since the request was made. */
    at: number;
}

export interface Chat {
    response: Response;
    text: string;
    events: Event[];
    /** Types in order, the last one `[DONE]` when the stream was ended well. */
    types: string[];
}

/** The settings of a service in this world, as its environment. */
export function environment(world: { mongod: { uri: string }; upstream: { url: string }; wechat: { url: string }; journal: string }): Record<string, string> {
    return {
        REGION: "us",
        PORT: "0",
        METRICS_PORT: "0",
        NODE_ENV: "test",
        MONGODB_URI: world.mongod.uri,
        VOLCENGINE_API_URL: world.upstream.url,
        VOLCENGINE_API_KEY: "ark-key-7f3a",
        VOLCENGINE_ENDPOINT_ID: "ep-20261121000000-abcde",
        WECHAT_API_URL: world.wechat.url,
        WECHAT_APPID: "wx0123456789abcdef",
        WECHAT_SECRET: "wechat-secret-91bc",
        JWT_SECRET: "jwt-secret-of-thirty-two-characters-or-more",
        JOURNAL_FOLDER: world.journal,
        LOGINS_PER_MINUTE: "0",
        CHATS_PER_MINUTE: "0",
    };
}

/** A mongod, a scripted model service, a scripted WeChat, and services that live among them. */
export class World {
    /** Every line that the services logged. */
    log = "";
    readonly services: Service[] = [];
    /** The folder of all services' journals, as on one machine. */
    readonly journal = scratch();
    private logins = 0;

    private constructor(readonly mongod: Mongod, readonly upstream: ScriptedUpstream, readonly wechat: ScriptedWeChat) {}

    static async start(): Promise<World> {
        return new World(await Mongod.start(), await ScriptedUpstream.start(), await ScriptedWeChat.start());
    }

    /** A started service that answers healthy, with these settings on top. */
    async service(overrides: Record<string, string> = {}): Promise<App> {
        const sink = new Writable({ write: (chunk, _encoding, next) => ((this.log += String(chunk)), next()) });
        const service = await Service.start(readSettings({ ...environment(this), ...overrides }, "/nonexistent"), sink);
        this.services.push(service);
        const app = new App(service, () => `user:${(this.logins += 1)}`);
        await until(() => service.database.ok);
        return app;
    }

    async stop(): Promise<void> {
        await Promise.all(this.services.map((service) => service.stop()));
        this.upstream.stop();
        this.wechat.stop();
        await this.mongod.stop();
    }
}

/** A service as its users see it. */
export class App {
    readonly url: string;

    constructor(readonly service: Service, private readonly newPerson: () => string) {
        this.url = `http://127.0.0.1:${service.port}`;
    }

    /** A new person's token, or that of the person whom this code belongs to. */
    async login(code = this.newPerson()): Promise<string> {
        const response = await this.post("/api/auth/login", { code });
        return ((await response.json()) as { token: string }).token;
    }

    post(path: string, body: unknown, token?: string, signal?: AbortSignal, more: Record<string, string> = {}): Promise<Response> {
        const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }), ...more };
        return fetch(this.url + path, { method: "POST", headers, body: typeof body === "string" ? body : JSON.stringify(body), signal });
    }

    get(path: string, token?: string): Promise<Response> {
        return fetch(this.url + path, { headers: token ? { Authorization: `Bearer ${token}` } : {} });
    }

    /** A chat read to its end. `onEvent` sees each event as it comes, `onPing` each heartbeat. */
    async chat(token: string, body: object, onEvent?: (event: Event) => void, signal?: AbortSignal, onPing?: () => void, headers: Record<string, string> = {}): Promise<Chat> {
        const began = performance.now();
        return read(await this.post("/api/chat", body, token, signal, headers), began, onEvent, onPing);
    }

    /** The rest of a stream, read to its end. */
    async resume(token: string, streamId: string, headers: Record<string, string> = {}, query = "", onEvent?: (event: Event) => void): Promise<Chat> {
        const began = performance.now();
        const response = await fetch(`${this.url}/api/chat/streams/${streamId}${query}`, { headers: { Authorization: `Bearer ${token}`, ...headers } });
        return read(response, began, onEvent);
    }

    async messages(token: string, sessionId: string): Promise<{ role: string; content: string }[]> {
        const body = (await (await this.get(`/api/sessions/${sessionId}/messages`, token)).json()) as { messages: { role: string; content: string }[] };
        return body.messages.map(({ role, content }) => ({ role, content }));
    }
}

export async function read(response: Response, began: number, onEvent?: (event: Event) => void, onPing?: () => void): Promise<Chat> {
    const chat: Chat = { response, text: "", events: [], types: [] };
    const decoder = new TextDecoder();
    const parser = createParser({
        onComment: (comment) => comment === "ping" && onPing?.(),
        onEvent: ({ id, event, data }) => {
            const ended = data === "[DONE]";
            const seen = { id, type: event, data: ended ? data : JSON.parse(data), at: performance.now() - began };
            chat.events.push(seen);
            chat.types.push(ended ? "[DONE]" : (event ?? "message"));
            onEvent?.(seen);
        },
    });
    for await (const bytes of response.body ?? []) {
        const text = decoder.decode(bytes as Uint8Array, { stream: true });
        chat.text += text;
        parser.feed(text);
    }
    return chat;
}

/** Waits for a condition, at most 30 seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (!(await condition())) {
        if (Date.now() > deadline) throw new Error(`never came true: ${condition}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
}

/** The text that the deltas of a chat make. */
export const textOf = (chat: Chat): string => chat.events.filter(({ type }) => type === "delta").map(({ data }) => data.delta).join("");
