import type { FastifyBaseLogger } from "fastify";
import { StreamError } from "../errors/errors";
import type { Metrics } from "../metrics/metrics";
import { Reply } from "../turn/reply";
import type { Turn } from "../turn/turns";
import type { Answer, Upstream, Usage } from "../upstream/upstream";
import { estimateUsage } from "../upstream/usage";
import { transcriptOf, type Step } from "./document";
import { speakersLeft, usageOf, type Speaker } from "./plan";
import { promptFor } from "./prompt";
import type { AgentSessions, Held } from "./store";
import { tellEnd, tellError, tellWords } from "./tell";
import { LEASE_MS, type NewWords, type StepEnd } from "./updates";

/** Of one agent at one time: so much from all of them in all rounds is what a document has room for. */
const MAX_CHARS = 64 * 1024;
const KEEP_EVERY_MS = 500;

export interface StepOptions {
    held: Held;
    sessions: AgentSessions;
    upstream: Upstream;
    log: FastifyBaseLogger;
    /** How long words wait for a database that went away. */
    keepMs: number;
    /** When the user asked, by `performance.now()`. */
    askedAt: number;
    metrics: Pick<Metrics, "first" | "gap" | "used">;
}

/** How a step went, for logs and metrics; no word of it. Of a step that was taken over it is the rest. Milliseconds are counted from the request. */
export interface StepReport {
    streamId: string;
    sessionId: string;
    /** "done", "stopped" or the code of the error. */
    end: string;
    cause: string | undefined;
    /** How often an agent spoke. */
    spoken: number;
    usage: Usage;
    firstReasoningMs: number | undefined;
    firstTextMs: number | undefined;
    ms: number;
}

/**
 * Runs a step to its end: each agent that has not spoken yet, in order. The words of each are kept before the next one
 * begins, and the terminal event comes after the end is kept. Never throws.
 */
export async function runStep(turn: Turn, options: StepOptions): Promise<StepReport> {
    const run = new StepRun(turn, options);
    const error = await run.toEnd();
    if (error?.code === "internal") options.log.error({ err: error.cause, streamId: turn.log.streamId }, "a step failed by a fault of our own");
    return run.report(error);
}

class StepRun {
    /** As it is kept. */
    private readonly step: Step;
    private readonly before: number;
    private readonly firstMs: Reply["firstMs"] = {};

    constructor(private readonly turn: Turn, private readonly options: StepOptions) {
        const { step } = options.held;
        this.step = { ...step, words: [...step.words] };
        this.before = step.words.length;
    }

    async toEnd(): Promise<StreamError | undefined> {
        const { turn, step } = this;
        const { held, sessions, upstream } = this.options;
        const { sessionId, agents } = held.session;
        const { provider, model } = upstream;
        turn.log.append("start", { streamId: turn.log.streamId, sessionId, messageId: turn.id, provider, model, history: "complete" });
        tellWords(turn.log, agents, step);

        const holding = setInterval(() => void this.hold(), LEASE_MS / 3);
        const error = await this.speakAll();
        clearInterval(holding);

        if (error?.code === "draining") {
            await sessions.release(held).catch(() => undefined);
            turn.log.suspend();
        } else if (error && error.code !== "stopped") tellError(turn.log, error.code, step.endedIn);
        else tellEnd(turn.log, step, upstream);
        return error;
    }

    report(error: StreamError | undefined): StepReport {
        const words = this.step.words.slice(this.before);
        return {
            streamId: this.turn.log.streamId,
            sessionId: this.options.held.session.sessionId,
            end: error?.code ?? "done",
            cause: typeof error?.cause === "string" ? error.cause : undefined,
            spoken: words.length,
            usage: usageOf(words),
            firstReasoningMs: this.firstMs.reasoning,
            firstTextMs: this.firstMs.delta,
            ms: Math.round(performance.now() - this.options.askedAt),
        };
    }

    private async speakAll(): Promise<StreamError | undefined> {
        const { agents, rounds } = this.options.held.session;
        const left = speakersLeft(agents, rounds, this.before);
        for (const speaker of left) {
            this.step.endedIn = speaker.agent.name;
            const { words, error } = await this.speak(speaker);
            // Somebody else goes on with the step: what was said until now is said again there.
            if (error?.code === "draining" || error?.code === "session_lost") return error;
            const end = error?.code ?? (speaker === left.at(-1) ? "done" : undefined);
            const lost = await this.keep(speaker, words, end && { end, endedIn: speaker.agent.name });
            if (lost || error) return lost ?? error;
        }
        return undefined;
    }

    /** One agent's turn. Every end is a value: what it said, and what broke it off. */
    private async speak({ agent, index }: Speaker): Promise<{ words?: NewWords; error?: StreamError }> {
        const { turn, step } = this;
        const { held, upstream, metrics } = this.options;
        const { agents, steps } = held.session;
        if (turn.signal.aborted) return { error: turn.signal.reason as StreamError };
        turn.log.append("agent", { name: agent.name, index });
        let messages = promptFor(agent, agents, transcriptOf(agents, [...steps.filter(({ id }) => id !== step.id), step]));
        const reply = new Reply(turn.log, this.options.askedAt, metrics, MAX_CHARS, this.firstMs);
        let answer: Answer | undefined;
        let error: StreamError | undefined;
        try {
            answer = await upstream.answer({
                messages,
                requestId: turn.log.streamId,
                signal: turn.signal,
                onPiece: (piece) => reply.add(piece),
                onService: (service) => (messages = service.messages),
            });
        } catch (thrown) {
            error = StreamError.of(thrown);
        }
        reply.flush();
        if (error && reply.text === "") return { error };
        const { provider, model } = answer ?? upstream;
        const usage = answer?.usage ?? estimateUsage(messages, reply.text, reply.reasoning);
        metrics.used(provider, model, usage);
        return { words: { content: reply.text, provider, model, finishReason: answer?.finishReason ?? error!.code, usage }, error };
    }

    /** Keeps words, waiting for the database if need be. Returns what makes it impossible. */
    private async keep({ place }: Speaker, words: NewWords | undefined, end: StepEnd | undefined): Promise<StreamError | undefined> {
        const { held, sessions, log, keepMs } = this.options;
        for (const until = performance.now() + keepMs; ; await new Promise((resolve) => setTimeout(resolve, KEEP_EVERY_MS))) {
            try {
                await sessions.keep(held, place, words, end);
                Object.assign(this.step, end);
                if (words) this.step.words.push({ ...words, at: new Date() });
                return undefined;
            } catch (error) {
                if (error instanceof StreamError) return error;
                const draining = (this.turn.signal.reason as StreamError | undefined)?.code === "draining";
                if (performance.now() < until && !draining) continue;
                log.error({ err: error, streamId: this.turn.log.streamId }, "an agent's words could not be kept");
                return new StreamError("step_interrupted", { cause: error });
            }
        }
    }

    private async hold(): Promise<void> {
        const { held, sessions } = this.options;
        try {
            await sessions.renew(held);
        } catch (error) {
            // The database may come back in time; a session that another has, does not.
            if (error instanceof StreamError) this.turn.stop(error.code);
        }
    }
}
