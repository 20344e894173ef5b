/** Seconds, as measured at the services: DeepSeek may keep a request waiting for ten minutes. */
const FIRST_TOKEN = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8, 13, 20, 40, 60, 120, 300, 600];
const STREAM = [0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 240, 480, 900, 1800];
const GAP = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 30, 60];
/** From a database beside the app to one behind a bad line; a ping is given up after 3 s. */
const PING = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 1, 2, 3];
const REQUEST = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const counter = <L extends string>(help: string, ...labels: L[]) => ({ kind: "counter" as const, help, labels });
const gauge = <L extends string>(help: string, ...labels: L[]) => ({ kind: "gauge" as const, help, labels });
const histogram = <L extends string>(help: string, buckets: number[], ...labels: L[]) => ({ kind: "histogram" as const, help, labels, buckets });
/** A histogram without labels that may be told of every token. */
const tally = (help: string, buckets: number[]) => ({ kind: "tally" as const, help, labels: [], buckets });

/**
 * Every series of the service: the registry and docs/metrics.md are made from it. Base units, counters end in `_total`,
 * and no label that grows with users, sessions or requests (prometheus.io/docs/practices/naming).
 */
export const catalogue = {
    app_info: gauge("Always 1.", "region", "version"),
    degraded: gauge("1 while the database is away and this instance goes on with its journal."),
    draining: gauge("1 while this instance is going away."),

    sse_active_connections: gauge("Open streams of this instance."),
    sse_max_connections: gauge("Streams that this instance takes at once (MAX_SSE_CONNECTIONS)."),
    sse_utilization: gauge("Open streams as a part of those that this instance takes, 0 to 1."),
    sse_connections_total: counter(
        "Connections that ended: `read` to the end of their turn; `gone`, the client left; `slow_reader`; `taken_over` by a newer connection of the same user; `draining`.",
        "end",
    ),
    sse_resumes_total: counter("Streams that were asked for again, and where the rest was: `memory`; `database`, also where it is still being answered elsewhere; `nothing_left`.", "from"),

    chat_active_turns: gauge("Turns that run, whether somebody reads them or not."),
    chat_turns_total: counter(
        "Turns that ended: `done`; `stopped` by the user; `taken_over` by newer turns of the same user; `draining`; `cut`, the model service broke off or fell silent in the middle; `error`. `code` is that of the `error` event. `kind`: `chat` or `agents`.",
        "kind",
        "end",
        "code",
    ),
    chat_first_token_seconds: histogram("From a chat's request to the first text of each kind: `reasoning`, where the model thinks, and `content`, the answer itself.", FIRST_TOKEN, "phase"),
    chat_user_turns_total: counter(
        "Turns by cohort: one of 32 groups of users, by a hash of their ids, the same on all instances. `unfinished`: broken off, or ended with an error; what a model refused for its content is `finished`. Turns that their users ended are in neither. A release is judged by these, so that no user decides alone.",
        "cohort",
        "end",
    ),
    chat_user_first_token_seconds: histogram("From a chat's request to the first text of its answer, by cohort.", FIRST_TOKEN, "cohort"),
    chat_token_gap_seconds: tally("From one event of text to the next one of the same turn, as a reader gets them: tokens that are joined are one.", GAP),
    chat_stream_seconds: histogram("From a turn's request to its end.", STREAM, "kind"),

    llm_upstream_requests_total: counter("Requests to a model service: `ok` or the code of the failure; `upstream_unavailable`: not asked, for its breaker was open.", "provider", "outcome"),
    llm_fallbacks_total: counter("Requests that went on to the next model service.", "from", "to"),
    llm_breaker_state: gauge("Of a model service: 0 closed (it is asked), 1 half open (one request tries), 2 open.", "provider"),
    llm_tokens_total: counter("Tokens of turns that ended; `type`: `input`, `output` (reasoning included) or `reasoning`. `estimated`: by us, where the service did not count them.", "provider", "model", "type", "estimated"),

    mongodb_up: gauge("1 while the database answers."),
    mongodb_ping_duration_seconds: histogram("Round trips to the database, one every 2 s, from this region to the one where the database is (DATABASE_REGION).", PING, "from", "to"),
    mongodb_ping_failures_total: counter("Pings that were not answered in time."),

    journal_turns: gauge("Turns that wait in this machine's journal for the database."),
    journal_bytes: gauge("What the journal holds."),
    journal_max_bytes: gauge("What the journal may hold (JOURNAL_MAX_MIB). Full, and without the database, nothing more is taken."),
    journal_refused_total: counter("Turns of the journal that the database would not have: they lie in `refused.jsonl`, for a person to look at."),
    journal_unreadable_lines: gauge("Lines of a dead instance's journal that could not be read."),
    journal_disk_free_bytes: gauge("Free on the disk of the journal."),
    journal_disk_size_bytes: gauge("Size of the disk of the journal."),

    multiagent_saves_total: counter("Sessions of several agents: how often something of one was kept."),
    multiagent_active_sessions: gauge("Sessions of several agents that have not expired, of all instances and regions; not there while the database is away."),

    logins_total: counter("Logins: `ok`, the code of the refusal, or `left`: the client did not wait.", "outcome"),
    wechat_code2session_total: counter("Requests to WeChat by its `errcode`: 0 is good. `other`: one that is not listed; `not_connected`; `no_answer`: none that can be read, or not in time.", "errcode"),

    http_requests_total: counter("Requests by route pattern. Status 499: the client left before its answer.", "method", "route", "status"),
    http_request_duration_seconds: histogram("Time to the answer. Without streams: chat_stream_seconds.", REQUEST, "route"),
    http_refusals_total: counter("Requests that were refused, by the code in the answer.", "code"),
} as const;

export type Catalogue = typeof catalogue;
