import { setTimeout as sleep } from "node:timers/promises";
import { StreamError, type StreamErrorCode } from "../errors/errors";
import type { Breaker, BreakerState } from "./breaker";
import { alternating, newest, promptTokens } from "./conversation";
import type { Deadlines } from "./deadlines";
import { NoText } from "./failure";
import { afterFailure } from "./retry";
import type { Answer, Ask, ChatMessage, Piece, Upstream } from "./upstream";

/** One service was asked, or could not be. */
export interface AttemptEvent {
    provider: string;
    /** `upstream_unavailable`: its breaker is open. The caller's own reason, when he stopped it. */
    outcome: "ok" | StreamErrorCode;
    /** Status and code in the service's own words, for the log. */
    cause?: string;
    /** Who is asked next. */
    fallbackTo?: string;
}

export interface Hooks {
    onAttempt?: (event: AttemptEvent) => void;
}

/** A service that can be told to be quicker than usual. */
export interface Service extends Upstream {
    /** Room for a conversation in its model, in tokens as we estimate them. */
    readonly contextTokens: number;
    answer(ask: Ask, limits?: Partial<Deadlines>): Promise<Answer>;
}

export interface Member {
    service: Service;
    breaker: Breaker;
}

/**
 * Several services as one. The next is asked when one fails before its first piece; after that nothing can be put in
 * place of what was told. All of them together have the time of one: until the first token each has its share of what
 * is left, so that a service that is silent leaves time for the next.
 */
export class Fallback implements Upstream {
    constructor(private readonly members: [Member, ...Member[]], private readonly deadlines: Pick<Deadlines, "firstToken" | "total">, private readonly hooks: Hooks = {}) {}

    get provider(): string {
        return this.members[0].service.provider;
    }

    get model(): string {
        return this.members[0].service.model;
    }

    /** Each service's breaker, by provider. */
    get states(): Record<string, BreakerState> {
        return Object.fromEntries(this.members.map(({ service, breaker }) => [service.provider, breaker.state]));
    }

    async answer(ask: Ask): Promise<Answer> {
        const began = performance.now();
        /** Since when the user waits for something to be told. */
        let waiting = began;
        const leftMs = (deadline: number, since = began) => deadline - (performance.now() - since);
        const errors: StreamError[] = [];
        let index = 0;
        let retried = false;
        let prompt = new Prompt(ask.messages, this.members[0].service.contextTokens);
        for (;;) {
            const member = this.members[index]!;
            const next = this.members[index + 1];
            const share = leftMs(this.deadlines.firstToken, waiting) / (this.members.length - index);
            const attempt = new Attempt({ ...ask, messages: prompt.messages });
            try {
                const answer = await attempt.of(member, { firstToken: share, total: leftMs(this.deadlines.total) });
                this.tell(member, "ok");
                return answer;
            } catch (thrown) {
                if (!(thrown instanceof StreamError) || ask.signal.aborted) {
                    this.tell(member, StreamError.of(thrown).code, thrown);
                    throw thrown;
                }
                const error = prompt.explain(thrown);
                errors.push(error);
                // Its thoughts were read meanwhile: the next service has the whole time.
                if (error instanceof NoText && attempt.begun) waiting = performance.now();
                const step = afterFailure(error, { begun: attempt.begun, retried, last: !next, shortens: prompt.shorter !== undefined, leftMs: Math.min(leftMs(this.deadlines.firstToken, waiting), leftMs(this.deadlines.total)), random: Math.random() });
                this.tell(member, error.code, error, step === "next" ? next : undefined);
                if (step === "end") throw attempt.begun ? error : mostHopeful(errors);
                if (step === "next") {
                    index += 1;
                    prompt = new Prompt(ask.messages, next!.service.contextTokens);
                } else if (error.code === "context_too_long") prompt = prompt.shorter!;
                else await pause(step.again, ask.signal);
                retried = step !== "next";
            }
        }
    }

    async close(): Promise<void> {
        await Promise.all(this.members.map(({ service }) => service.close()));
    }

    private tell({ service }: Member, outcome: AttemptEvent["outcome"], error?: unknown, next?: Member): void {
        const cause = error instanceof StreamError && typeof error.cause === "string" ? error.cause : undefined;
        this.hooks.onAttempt?.({ provider: service.provider, outcome, ...(cause && { cause }), ...(next && { fallbackTo: next.service.provider }) });
    }
}

/** What one service is shown of a conversation. */
class Prompt {
    private readonly shown: ChatMessage[];

    constructor(all: ChatMessage[], tokens: number, private readonly shortened = false) {
        this.shown = newest(all, tokens);
    }

    /** Merged after the oldest messages are left out, so that an old message never stays because of a new one. */
    get messages(): ChatMessage[] {
        return alternating(this.shown);
    }

    /** Half of it, once; undefined when there is nothing more to leave out. */
    get shorter(): Prompt | undefined {
        if (this.shortened) return undefined;
        const half = new Prompt(this.shown, promptTokens(this.shown) / 2, true);
        return promptTokens(half.messages) < promptTokens(this.messages) ? half : undefined;
    }

    /** A question that is too long by itself is another matter than a long conversation: its user can shorten it. */
    explain(error: StreamError): StreamError {
        const alone = this.shown.filter(({ role }) => role === "user").length === 1;
        return error.code === "context_too_long" && alone ? new StreamError("question_too_long", { cause: error.cause }) : error;
    }
}

/** One request to one service, which remembers whether text was told. */
class Attempt {
    begun = false;

    constructor(private readonly ask: Ask) {}

    of({ service, breaker }: Member, limits: Partial<Deadlines>): Promise<Answer> {
        return breaker.run((begun) => {
            this.ask.onService?.({ provider: service.provider, model: service.model, messages: this.ask.messages });
            const onPiece = (piece: Piece) => {
                if (!this.begun) {
                    this.begun = true;
                    begun();
                }
                this.ask.onPiece(piece);
            };
            return service.answer({ ...this.ask, onPiece }, limits);
        });
    }
}

/** One that may be gone the next time, if there is one; of those the last. */
function mostHopeful(errors: StreamError[]): StreamError {
    return errors.findLast(({ retryable }) => retryable) ?? errors.at(-1)!;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}
