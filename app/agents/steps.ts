import type { FastifyBaseLogger } from "fastify";
import { HttpError } from "../errors/errors";
import type { Metrics } from "../metrics/metrics";
import { questionOf } from "../session/ids";
import { streamIdOf } from "../sse/frame";
import { TurnLog } from "../turn/log";
import { Once } from "../turn/once";
import type { Turn, Turns } from "../turn/turns";
import type { Upstream } from "../upstream/upstream";
import { runStep } from "./run";
import type { AgentSessions } from "./store";
import { tellEnd, tellWords } from "./tell";
import { LEASE_MS } from "./updates";

/** A user's message to the agents of a session; the same id is the same step, however often it is asked for. */
export interface StepRequest {
    userId: string;
    sessionId: string;
    stepId: string;
    message: string;
}

export interface StepsOptions {
    sessions: AgentSessions;
    turns: Turns;
    upstream: Upstream;
    metrics: Metrics;
}

/** The steps of this instance. */
export class Steps {
    /** How long an agent's words wait for a database that went away; after that another instance may have the step. */
    keepMs = LEASE_MS;
    private readonly beginning = new Once<BegunStep>();
    /** Turns that ended before their step did. */
    private readonly left = new WeakSet<Turn>();

    constructor(private readonly options: StepsOptions) {}

    /**
     * The stream of a step that is in memory here, running or over.
     * @throws HttpError idempotency_key_reused
     */
    find({ userId, stepId, ...asked }: StepRequest): TurnLog | undefined {
        const turn = this.turnOf(stepId, userId);
        if (turn) requireSame(turn, asked);
        return turn?.log;
    }

    /**
     * The stream of a step that is not in memory: begun now, gone on with after a crash, or as it is kept when it is over.
     * @returns undefined when another instance runs it
     * @throws HttpError session_not_found (also when it is another user's), session_busy, session_full, idempotency_key_reused, database_unavailable
     */
    async begin(request: StepRequest, log: FastifyBaseLogger): Promise<TurnLog | undefined> {
        const begun = await this.beginning.do(request.stepId, () => this.options.turns.reserve(() => this.beginOnce(request, log)));
        requireSame(begun, request);
        return begun.log;
    }

    private async beginOnce({ userId, sessionId, stepId, message }: StepRequest, log: FastifyBaseLogger): Promise<BegunStep> {
        const { sessions, turns, upstream } = this.options;
        const metrics = this.options.metrics.ofUser(userId);
        const askedAt = performance.now();
        const question = questionOf(sessionId, message);
        const begun = await sessions.begin(userId, sessionId, stepId, message);
        if (begun.as === "running") return { question, log: this.turnOf(begun.turn, userId)?.log };
        if (begun.as === "held") {
            const { held } = begun;
            const work = async (turn: Turn) => {
                const report = await runStep(turn, { held, sessions, upstream, log, keepMs: this.keepMs, askedAt, metrics });
                metrics.turnEnded("agents", report);
                if (report.end === "step_interrupted" || report.end === "draining") this.left.add(turn);
                log.info(report, "turn");
            };
            return turns.run(userId, held.lease.turn, work, question);
        }
        const { session, step } = begun;
        const { provider, model } = upstream;
        const stream = new TurnLog(streamIdOf(stepId));
        stream.append("start", { streamId: stream.streamId, sessionId, messageId: stepId, provider, model, history: "complete" });
        tellWords(stream, session.agents, step);
        tellEnd(stream, step, upstream);
        return { question, log: stream };
    }

    private turnOf(turnId: string, userId: string): Turn | undefined {
        const turn = this.options.turns.find(turnId, userId);
        return turn && !this.left.has(turn) ? turn : undefined;
    }
}

/** What was asked, and the stream of the step unless another instance runs it. */
interface BegunStep {
    question: string;
    log?: TurnLog;
}

function requireSame({ question }: BegunStep, { sessionId, message }: Pick<StepRequest, "sessionId" | "message">): void {
    if (question !== questionOf(sessionId, message)) throw new HttpError("idempotency_key_reused");
}
