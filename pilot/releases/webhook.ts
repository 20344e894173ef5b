import "../process/connect";
import type { Log } from "../process/log";
import { pause } from "../process/pause";
import type { Event } from "./events";
import { type Receipt, receiptOf } from "./receipt";

/** More of an answer is not read. */
const MOST_CHARACTERS = 16_384;

/** All in seconds, but for `queued`. */
export interface Patience {
    /** With one answer. */
    answer: number;
    /** Before the second try, then twice as long each time, and the longest. */
    first: number;
    most: number;
    /** Before a try after the receiver spoke of a limit: chat robots count by the minute. */
    limit: number;
    /** With one event, from the moment on that it happened; it is tried once at least. */
    event: number;
    /** Events that wait their turn. */
    queued: number;
}

const usual: Patience = { answer: 10, first: 1, most: 60, limit: 60, event: 300, queued: 100 };

/**
 * Tells somebody of each event, in order and beside the releases, which never wait for it. The address is a secret, for
 * such addresses carry a token: no word of it is in the log, nor of an error that may quote it.
 */
export class Webhook {
    private readonly queue: { event: Event; until: number }[] = [];
    private sending = false;
    private failures = 0;

    constructor(
        private readonly address: string,
        private readonly region: string,
        private readonly log: Log,
        private readonly signal: AbortSignal,
        private readonly patience: Patience = usual,
    ) {}

    tell(event: Event): void {
        this.queue.push({ event, until: Date.now() + this.patience.event * 1000 });
        // The oldest but the one that is on its way.
        if (this.queue.length > this.patience.queued) this.lose(this.queue.splice(1, 1)[0]!.event, `${this.patience.queued} others wait`);
        void this.send();
    }

    private async send(): Promise<void> {
        if (this.sending) return;
        this.sending = true;
        for (let next = this.queue[0]; next; next = this.queue[0]) {
            const { why, again } = await this.post(next.event);
            if (this.signal.aborted) return;
            if (why === undefined) {
                if (this.failures > 0) this.log("info", "the webhook takes events again");
                this.failures = 0;
                this.queue.shift();
                continue;
            }
            this.failures += 1;
            if (this.failures === 1) this.log("error", "the webhook takes no events", { why });
            if (again === undefined || Date.now() >= next.until) this.lose(this.queue.shift()!.event, why);
            const { first, most, limit } = this.patience;
            await pause(Math.max(Math.min(first * 2 ** (this.failures - 1), most), again === "later" ? limit : 0), this.signal);
        }
        this.sending = false;
    }

    private async post(event: Event): Promise<Receipt> {
        const signal = AbortSignal.any([this.signal, AbortSignal.timeout(this.patience.answer * 1000)]);
        try {
            const answer = await fetch(this.address, {
                method: "POST",
                headers: { "content-type": "application/json" },
                body: JSON.stringify({ region: this.region, ...event }),
                // Who is led on to another host must not be given what is meant for this one.
                redirect: "manual",
                signal,
            });
            return receiptOf(answer.status, await beginningOf(answer));
        } catch (thrown) {
            const { name, cause } = thrown as Error & { cause?: { code?: string } };
            return { why: name === "TimeoutError" ? `it has not answered within ${this.patience.answer} s` : (cause?.code ?? name), again: "soon" };
        }
    }

    private lose({ release, what }: Event, why: string): void {
        this.log("warn", "the webhook was not told of an event", { release, what, why });
    }
}

/** The beginning of an answer's body. A body that breaks off, or does not end, takes nothing back of its status. */
async function beginningOf({ body }: Response): Promise<string> {
    let text = "";
    try {
        const decoder = new TextDecoder();
        for await (const piece of body ?? []) {
            text += decoder.decode(piece as Uint8Array, { stream: true });
            if (text.length > MOST_CHARACTERS) break;
        }
    } catch {
        // Whatever came until then.
    }
    return text;
}
