import { AgentSessions } from "./agents";
import { Chat, type ChatListener } from "./chat";
import { fetchTransport } from "./fetch";
import { askJson } from "./json";
import { newKey } from "./key";
import type { ChatError } from "./refusal";
import { Patience, usualTiming, type Timing } from "./retry";
import type { HttpRequest, Transport } from "./transport";
import type { Turn } from "./turn";
import { visitorId, type DeviceStorage } from "./visitor";

export interface ClientOptions {
    /** Of the service, such as `https://api.example.com`; empty in a page that the service itself serves. */
    baseUrl: string;
    /** `fetch` where nothing is said; `wxTransport(wx)` in a mini-program. */
    transport?: Transport;
    token?: string;
    /** The token was refused: gives a new one, after which what was asked goes on. Without it, the refusal is the end. */
    onToken?: () => Promise<string>;
    timing?: Partial<Timing>;
    /** The proof of a tester's link (`antipode_test=…`), which shows a version that is on its way. That of the login, when left out. */
    tester?: string;
    /** Where this device keeps which visitor it is: `localStorage`, or `wxStorage(wx)`. A client that is made without it is another visitor. */
    storage?: DeviceStorage;
}

export interface Login {
    token: string;
    user: { id: string };
    /** For `X-Antipode-Tester`; where versions are tested. */
    testerProof?: string;
}

export interface ChatRequest {
    message: string;
    /** Of the session to go on with; a new one begins without it. */
    sessionId?: string;
    /** The last turn that was seen of it; the client remembers it by itself. */
    after?: string;
    /** The same key is the same turn, whoever asks again. Made by the client where it is not given. */
    idempotencyKey?: string;
}

export interface Message {
    /** Of the turn that it belongs to. */
    id: string;
    role: "user" | "assistant";
    content: string;
    /** ISO 8601. */
    createdAt: string;
}

export interface Page {
    limit?: number;
    before?: number;
}

export interface Messages {
    sessionId: string;
    /** Oldest first. */
    messages: Message[];
    /** The page before this one; undefined at the beginning of the conversation. */
    previous: Page | undefined;
}

/** How often a single request is sent at most. */
const ATTEMPTS = 3;

/** Twice is the same as once: a state names the revision that it follows. */
const isRepeatable = ({ method, url }: Omit<HttpRequest, "stream">): boolean => method === "GET" || method === "PUT" || /\/stop$/.test(url);

/** Sessions whose last turn is remembered. */
const REMEMBERED = 100;

/** A client of the service, for one user. */
export class Client {
    private readonly transport: Transport;
    private readonly timing: Timing;
    private readonly baseUrl: string;
    private readonly lastTurns = new Map<string, string>();
    private renewal: Promise<boolean> | undefined;
    readonly agents: AgentSessions;
    token: string | undefined;
    /** What the requests say in `X-Antipode-Tester`. Of the user as the token is, and to be kept with it. */
    tester: string | undefined;
    /** None for a page that the service itself serves: the browser keeps a cookie there, which comes with the page as well. */
    private readonly visitor: string | undefined;

    constructor(private readonly options: ClientOptions) {
        this.transport = options.transport ?? fetchTransport;
        this.timing = { ...usualTiming, ...options.timing };
        this.baseUrl = options.baseUrl.replace(/\/+$/, "");
        this.token = options.token;
        this.tester = options.tester;
        this.visitor = this.baseUrl === "" ? undefined : visitorId(options.storage);
        this.agents = new AgentSessions(
            async (method, path, body) => (await this.again<unknown>(() => this.request(method, path, body))).body,
            (path, body, key, listener) => this.follow(() => this.question(path, body, key ?? newKey()), listener),
        );
    }

    /**
     * Logs in, with the code that `wx.login` gives, and keeps the token and a tester's proof.
     * @throws ChatError login_code_invalid and others
     */
    async login(code: string): Promise<Login> {
        const { body } = await askJson<Login>(this.transport, this.request("POST", "/api/auth/login", { code }));
        this.token = body.token;
        this.tester = this.options.tester ?? body.testerProof;
        return body;
    }

    /** Sends a message and follows its answer, over as many connections as it takes. */
    chat({ message, sessionId, after, idempotencyKey = newKey() }: ChatRequest, listener: ChatListener = {}): Chat {
        const known = after ?? (sessionId === undefined ? undefined : this.lastTurns.get(sessionId));
        const ask = (repeated: boolean): HttpRequest => {
            // Which turn came last is not known any more once this one may have been received.
            const body = { ...(sessionId !== undefined && { sessionId }), message, ...(known !== undefined && !repeated && { after: known }) };
            return this.question("/api/chat", body, idempotencyKey);
        };
        return this.follow(ask, listener);
    }

    /**
     * Goes on with a turn from after an event, or from its beginning: after a restart, or on another device.
     * @param lastId `Chat.lastId`, of the last event that is known
     */
    resume(streamId: string, lastId?: string, listener: ChatListener = {}): Chat {
        const seq = lastId === undefined ? 0 : Number(lastId.slice(lastId.lastIndexOf(".") + 1));
        return this.follow(undefined, listener, { streamId, lastSeq: seq });
    }

    /**
     * Stops a turn that nobody here follows.
     * @throws ChatError stream_not_found, stream_elsewhere and others
     */
    async stop(streamId: string): Promise<boolean> {
        return (await this.again(() => this.request("POST", `/api/chat/streams/${streamId}/stop`, {}))).body.stopped as boolean;
    }

    /**
     * A page of a conversation, the newest one where none is named.
     * @throws ChatError session_not_found and others
     */
    async messages(sessionId: string, { limit, before }: Page = {}): Promise<Messages> {
        const query = [limit !== undefined && `limit=${limit}`, before !== undefined && `before=${before}`].filter(Boolean).join("&");
        const { body, head } = await this.again<Omit<Messages, "previous">>(() => this.request("GET", `/api/sessions/${sessionId}/messages${query && `?${query}`}`));
        const newest = body.messages[body.messages.length - 1];
        if (newest?.id !== undefined && before === undefined && !this.lastTurns.has(sessionId)) this.remember(sessionId, newest.id);
        return { ...body, previous: previousPage(head.header("link")) };
    }

    private question(path: string, body: object, key: string): HttpRequest {
        return { ...this.request("POST", path, body, { accept: "text/event-stream", "idempotency-key": key }), stream: true };
    }

    private follow(ask: ((repeated: boolean) => HttpRequest) | undefined, listener: ChatListener, begin?: Partial<Turn>): Chat {
        return new Chat(
            {
                transport: this.transport,
                timing: this.timing,
                ask,
                resume: (streamId, lastId) => ({
                    ...this.request("GET", `/api/chat/streams/${streamId}`, undefined, { accept: "text/event-stream", ...(lastId !== undefined && { "last-event-id": lastId }) }),
                    stream: true,
                }),
                stop: (streamId) => this.stop(streamId),
                renewToken: (authorization) => this.renewToken(authorization),
                onStart: ({ sessionId, messageId }) => this.remember(sessionId!, messageId!),
            },
            listener,
            begin,
        );
    }

    /** Sends it again once after a new token; and a few times after an answer that was lost or was a proxy's page, where twice is the same as once. */
    private async again<T = Record<string, unknown>>(request: () => Omit<HttpRequest, "stream">) {
        const patience = new Patience(this.timing);
        let renewed = false;
        for (let attempt = 1; ; attempt += 1) {
            const asked = request();
            const began = Date.now();
            try {
                return await askJson<T>(this.transport, asked);
            } catch (thrown) {
                const error = thrown as ChatError;
                if (error.status === 401 && !renewed && (await this.renewToken(asked.headers.authorization))) {
                    renewed = true;
                    continue;
                }
                const foreign = error.code === "connection_lost" || (error.code === "answer_malformed" && error.retryable);
                const inMs = foreign && attempt < ATTEMPTS && isRepeatable(asked) ? patience.next(this.timing.askMs, Date.now() - began, error.retryAfterMs) : undefined;
                if (inMs === undefined) throw error;
                await new Promise((resolve) => setTimeout(resolve, inMs));
            }
        }
    }

    /** However many requests were refused with the old token, one new one is asked for. */
    private renewToken(refused: string | undefined): Promise<boolean> {
        const { onToken } = this.options;
        if (refused !== this.authorization) return Promise.resolve(true);
        if (!onToken) return Promise.resolve(false);
        const keep = (token: string) => {
            this.token = token;
            return true;
        };
        this.renewal ??= onToken()
            .then(keep, () => false)
            .then((got) => {
                this.renewal = undefined;
                return got;
            });
        return this.renewal;
    }

    private get authorization(): string | undefined {
        return this.token === undefined ? undefined : `Bearer ${this.token}`;
    }

    private remember(sessionId: string, messageId: string): void {
        this.lastTurns.delete(sessionId);
        this.lastTurns.set(sessionId, messageId);
        if (this.lastTurns.size > REMEMBERED) this.lastTurns.delete(this.lastTurns.keys().next().value!);
    }

    private request(method: HttpRequest["method"], path: string, body?: object, more: Record<string, string> = {}): Omit<HttpRequest, "stream"> {
        const headers = {
            ...(body && { "content-type": "application/json" }),
            ...(this.authorization !== undefined && { authorization: this.authorization }),
            ...(this.visitor !== undefined && { "x-antipode-visitor": this.visitor }),
            ...(this.tester !== undefined && { "x-antipode-tester": this.tester }),
            ...more,
        };
        return { method, url: this.baseUrl + path, headers, ...(body && { body: JSON.stringify(body) }) };
    }
}

/** A client of the service at `baseUrl`. */
export const createClient = (options: ClientOptions): Client => new Client(options);

/** `Link: <?limit=50&before=120>; rel="prev"`. */
function previousPage(link: string | undefined): Page | undefined {
    const [, query] = /<\?([^>]*)>;\s*rel="prev"/.exec(link ?? "") ?? [];
    if (query === undefined) return undefined;
    const page: Page = {};
    for (const pair of query.split("&")) {
        const [name, value] = pair.split("=");
        if (name === "limit" || name === "before") page[name] = Number(value);
    }
    return page;
}
