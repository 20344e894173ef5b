import { collectDefaultMetrics, Registry } from "prom-client";
import type { HttpErrorCode, StreamErrorCode } from "../errors/errors";
import type { Service } from "../service";
import type { ReaderEnd } from "../sse/reader";
import type { Piece, Usage } from "../upstream/upstream";
import { cohortEndOf, cohortOf, labelOfErrcode, labelOfMethod, labelsOfEnd } from "./labels";
import { makeSeries, type Series } from "./series";
import { diskOf, takeStock } from "./stock";

/** Those of prom-client that go through every open file or connection: with 10,000 of them the service would stand still for 50 ms. */
const TOO_DEAR = ["process_open_fds", "nodejs_active_handles", "nodejs_active_handles_total", "nodejs_active_resources", "nodejs_active_resources_total", "nodejs_active_requests", "nodejs_active_requests_total"];

const LOGIN = "/api/auth/login";

/** A turn that has ended; milliseconds are counted from its request. */
export interface EndedTurn {
    /** "done", "stopped" or the code of the error. */
    end: string;
    ms: number;
}

export interface Answered {
    method: string;
    /** The pattern, never the URL. */
    route: string;
    status: number;
    ms: number;
    refusal: HttpErrorCode | undefined;
    streamed: boolean;
}

/** What counts the turns of one user. */
export type UserMetrics = Pick<Metrics, "first" | "gap" | "turnEnded" | "used">;

/** What one instance counts and measures, for Prometheus. */
export class Metrics {
    readonly registry = new Registry();
    private readonly series: Series = makeSeries(this.registry);

    constructor(private readonly service: Service) {
        collectDefaultMetrics({ register: this.registry });
        for (const name of TOO_DEAR) this.registry.removeSingleMetric(name);
        this.series.app_info.set({ region: service.settings.REGION.toLowerCase(), version: service.version }, 1);
        // A series that begins at 1 hides its first event from `rate`.
        for (const end of ["read", "gone", "slow_reader", "taken_over", "draining"] satisfies ReaderEnd[]) this.series.sse_connections_total.inc({ end }, 0);
        for (const from of ["memory", "database", "nothing_left"]) this.series.sse_resumes_total.inc({ from }, 0);
        for (const kind of ["chat", "agents"]) for (const end of ["done", "stopped", "taken_over", "draining"]) this.series.chat_turns_total.inc({ kind, ...labelsOfEnd(end) }, 0);
    }

    /** Everything as Prometheus reads it (text format 0.0.4). */
    async text(): Promise<string> {
        takeStock(this.series, this.service, await diskOf(this.service.settings.JOURNAL_FOLDER));
        return this.registry.metrics();
    }

    /** Text follows text. Called for each event of text: nothing is allocated here. */
    gap(ms: number): void {
        this.series.chat_token_gap_seconds.observe(ms / 1000);
    }

    first(type: Piece["type"], ms: number): void {
        this.series.chat_first_token_seconds.observe({ phase: type === "delta" ? "content" : "reasoning" }, ms / 1000);
    }

    turnEnded(kind: "chat" | "agents", { end, ms }: EndedTurn): void {
        this.series.chat_turns_total.inc({ kind, ...labelsOfEnd(end) });
        this.series.chat_stream_seconds.observe({ kind }, ms / 1000);
    }

    /** The same for the turns of a user, who counts in a cohort besides. */
    ofUser(userId: string): UserMetrics {
        const { chat_user_turns_total: turns, chat_user_first_token_seconds: firstTokens } = this.series;
        const cohort = cohortOf(userId);
        return {
            gap: (ms) => this.gap(ms),
            used: (provider, model, usage) => this.used(provider, model, usage),
            first: (type, ms) => {
                this.first(type, ms);
                if (type === "delta") firstTokens.observe({ cohort }, ms / 1000);
            },
            turnEnded: (kind, turn) => {
                this.turnEnded(kind, turn);
                const end = cohortEndOf(turn.end);
                if (end) turns.inc({ cohort, end });
            },
        };
    }

    used(provider: string, model: string, usage: Usage): void {
        // No model has answered: what was not refused before it cost anything, only its service knows.
        if (usage.estimated && usage.outputTokens === 0) return;
        const tokens = { input: usage.inputTokens, output: usage.outputTokens, reasoning: usage.reasoningTokens };
        for (const [type, count] of Object.entries(tokens)) this.series.llm_tokens_total.inc({ provider, model, type, estimated: String(usage.estimated ?? false) }, count);
    }

    connectionEnded(end: ReaderEnd): void {
        this.series.sse_connections_total.inc({ end });
    }

    resumed(from: "memory" | "database" | "nothing_left"): void {
        this.series.sse_resumes_total.inc({ from });
    }

    answered({ method, route, status, ms, refusal, streamed }: Answered): void {
        const { series } = this;
        series.http_requests_total.inc({ method: labelOfMethod(method), route, status });
        if (!streamed) series.http_request_duration_seconds.observe({ route }, ms / 1000);
        if (refusal) series.http_refusals_total.inc({ code: refusal });
        if (route === LOGIN && method === "POST") series.logins_total.inc({ outcome: refusal ?? (status === 200 ? "ok" : "left") });
    }

    /** @param errcode WeChat's, or "not_connected" or "no_answer" */
    wechatAnswered(errcode: string): void {
        this.series.wechat_code2session_total.inc({ errcode: labelOfErrcode(errcode) });
    }

    /** @param ms undefined when there was no answer */
    pinged(ms: number | undefined): void {
        const { REGION, DATABASE_REGION } = this.service.settings;
        if (ms === undefined) this.series.mongodb_ping_failures_total.inc();
        else this.series.mongodb_ping_duration_seconds.observe({ from: REGION.toLowerCase(), to: DATABASE_REGION.toLowerCase() }, ms / 1000);
    }

    /** The database would not have a turn of the journal. */
    refused(): void {
        this.series.journal_refused_total.inc();
    }

    /** A model service was asked, or could not be. */
    attempted({ provider, outcome, fallbackTo }: { provider: string; outcome: "ok" | StreamErrorCode; fallbackTo?: string }): void {
        this.series.llm_upstream_requests_total.inc({ provider, outcome });
        if (fallbackTo) this.series.llm_fallbacks_total.inc({ from: provider, to: fallbackTo });
    }
}
