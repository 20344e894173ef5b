import type { FastifyBaseLogger } from "fastify";
import type { Metrics } from "../metrics/metrics";
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
    private readonly beginning = new Once<TurnLog | undefined>();
    /** Turns that ended before their step did. */
    private readonly left = new WeakSet<Turn>();

    constructor(private readonly options: StepsOptions) {}

    /** The stream of a step that is in memory here, running or over. */
    find(userId: string, stepId: string): TurnLog | undefined {
        return this.logOf(stepId, userId);
    }

    /**
     * The stream of a step that is not in memory: begun now, gone on with after a crash, or as it is kept when it is over.
     * @returns undefined when another instance runs it
     * @throws HttpError session_not_found (also when it is another user's), session_busy, session_full, database_unavailable
     */
    begin(request: StepRequest, log: FastifyBaseLogger): Promise<TurnLog | undefined> {
        return this.beginning.do(request.stepId, () => this.options.turns.reserve(() => this.beginOnce(request, log)));
    }

    private async beginOnce({ userId, sessionId, stepId, message }: StepRequest, log: FastifyBaseLogger): Promise<TurnLog | undefined> {
        const { sessions, turns, upstream, metrics } = this.options;
        const askedAt = performance.now();
        const begun = await sessions.begin(userId, sessionId, stepId, message);
        if (begun.as === "running") return this.logOf(begun.turn, userId);
        if (begun.as === "held") {
            const { held } = begun;
            const turn = turns.run(userId, held.lease.turn, async (turn) => {
                const report = await runStep(turn, { held, sessions, upstream, log, keepMs: this.keepMs, askedAt, metrics });
                metrics.turnEnded("agents", report);
                if (report.end === "step_interrupted" || report.end === "draining") this.left.add(turn);
                log.info(report, "turn");
            });
            return turn.log;
        }
        const { session, step } = begun;
        const { provider, model } = upstream;
        const stream = new TurnLog(streamIdOf(stepId));
        stream.append("start", { streamId: stream.streamId, sessionId, messageId: stepId, provider, model, history: "complete" });
        tellWords(stream, session.agents, step);
        tellEnd(stream, step, upstream);
        return stream;
    }

    private logOf(turnId: string, userId: string): TurnLog | undefined {
        const turn = this.options.turns.find(turnId, userId);
        return turn && !this.left.has(turn) ? turn.log : undefined;
    }
}
