import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Agent } from "undici";
import { readEvents } from "../crowd/events";

/** What a visitor met. Everything that did not go well is a sentence of its own. */
export interface Met {
    id: string;
    /** The app's versions that said they answered him, in the order in which he first met them. */
    versions: string[];
    /** Of single requests: when each began, in milliseconds since 1970, how long it took, and which version said that it answered. */
    requests: [at: number, ms: number, version: string | null][];
    failed: string[];
    /** Streams that came to their `done` on the connection that they began on. */
    whole: number;
    /** Streams that did not. */
    cut: string[];
}

const silenceMs = 40_000;
const patienceMs = 30_000;

/** One user with one id, who has an answer streamed to him all the time, and asks for other things beside it. */
export class Visitor {
    private readonly id: string;
    private readonly dispatcher: Agent;
    private met: Met;
    private turns = 0;

    /**
     * @param index his id is the same in every run: of the first 40, 2 are among the first 5 % of all visitors, 4 among the
     * first 10 %, 15, 20 and 34 among the first 30, 50 and 80 %. Of 40 at random one time in seventy nobody gets a candidate at 10 %.
     * @param address of this machine, that he comes from
     */
    constructor(private readonly origin: string, private readonly token: string, index: number, address: string) {
        this.dispatcher = new Agent({ localAddress: address });
        this.id = `load-visitor-${String(index).padStart(4, "0")}`;
        this.met = this.nothing();
    }

    /** What he met since he was asked last. */
    tell(): Met {
        const { met } = this;
        this.met = this.nothing();
        return met;
    }

    /** Asks in turn how the region is, which says the version, and for the messages of a session that he has not. */
    async ask(): Promise<void> {
        const asksHealth = this.turns++ % 2 === 0;
        const path = asksHealth ? "/api/health" : "/api/sessions/11111111-1111-4111-8111-111111111111/messages";
        const at = Date.now();
        try {
            const response = await asBrowsersDo(() => fetch(`${this.origin}${path}`, { dispatcher: this.dispatcher, headers: this.headers(), signal: AbortSignal.timeout(patienceMs) }));
            const text = await response.text();
            if (response.status !== (asksHealth ? 200 : 404)) this.met.failed.push(`${path} ${response.status} ${text.slice(0, 80)}`);
            const { version } = asksHealth && response.status === 200 ? (JSON.parse(text) as { version: string }) : {};
            this.met.requests.push([at, Date.now() - at, version ?? null]);
            if (version !== undefined && !this.met.versions.includes(version)) this.met.versions.push(version);
        } catch (broken) {
            this.met.failed.push(`${path} ${reason(broken)}`);
        }
    }

    /** One answer after another, until the signal; the last is read to its end. */
    async read(signal: AbortSignal): Promise<void> {
        while (!signal.aborted) {
            const why = await this.answer();
            if (why === undefined) this.met.whole++;
            else {
                this.met.cut.push(why);
                await pause(2_000);
            }
        }
    }

    /** Undefined when the answer came to its end. */
    private async answer(): Promise<string | undefined> {
        try {
            const headers = { ...this.headers(), "content-type": "application/json", "idempotency-key": randomUUID() };
            const response = await asBrowsersDo(() => fetch(`${this.origin}/api/chat`, { dispatcher: this.dispatcher, method: "POST", headers, body: JSON.stringify({ message: "what is new?" }) }));
            if (response.status !== 200) return `/api/chat ${response.status} ${(await response.text()).slice(0, 80)}`;
            for await (const { event, data } of readEvents(response.body!, silenceMs)) {
                if (event === "done") return undefined;
                if (event === "error") return `ended with ${data.slice(0, 80)}`;
            }
            return "broke off before its last event";
        } catch (broken) {
            return reason(broken);
        }
    }

    private headers() {
        return { authorization: `Bearer ${this.token}`, "x-antipode-visitor": this.id };
    }

    private nothing(): Met {
        return { id: this.id, versions: [], requests: [], failed: [], whole: 0, cut: [] };
    }
}

/**
 * Asks once more when a kept connection was closed before it brought an answer: nginx closes those at a reload (before
 * 1.27.4 in any case), and a client cannot know it before it asks. Browsers do so too (RFC 9112, 9.3.1).
 */
async function asBrowsersDo(ask: () => Promise<Response>): Promise<Response> {
    try {
        return await ask();
    } catch (thrown) {
        const { code } = ((thrown as Error).cause ?? {}) as { code?: string };
        if (code !== "UND_ERR_SOCKET" && code !== "ECONNRESET" && code !== "EPIPE") throw thrown;
        return ask();
    }
}

function reason(thrown: unknown): string {
    const { message, cause } = thrown as Error & { cause?: Error };
    return cause ? `${message}: ${cause.message}` : message;
}
