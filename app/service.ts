import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { Census } from "./agents/census";
import { Steps } from "./agents/steps";
import { AgentSessions } from "./agents/store";
import { Tokens } from "./auth/token";
import { Users } from "./auth/users";
import { WeChat } from "./auth/wechat";
import { Database } from "./database/database";
import { within } from "./database/guard";
import { buildServer } from "./http/server";
import { MetricsListener } from "./metrics/listener";
import { Metrics } from "./metrics/metrics";
import { version } from "./package.json";
import { Journal } from "./journal/journal";
import { Replay } from "./journal/replay";
import { Sessions } from "./session/sessions";
import { SessionStore } from "./session/store";
import type { Settings } from "./settings/schema";
import { Connections } from "./sse/connections";
import { Turns } from "./turn/turns";
import type { Fallback } from "./upstream/fallback";
import { upstreams } from "./upstream/upstreams";

/** After the drain: for the last events to be stored and sent, and for the sockets to close. */
const STOP_MS = 5_000;
const CLOSE_IDLE_EVERY_MS = 50;
/** What the turns that ended lately may take in memory, for readers that come back. */
const ENDED_TURNS_BYTES = 64 * 1024 * 1024;
const MIB = 1024 * 1024;

/** One instance of the service: what it is made of, from its settings, and how it comes and goes. */
export class Service {
    readonly version = version;
    readonly connections: Connections;
    readonly turns: Turns;
    readonly database: Database;
    readonly tokens: Tokens;
    readonly users: Users;
    readonly sessions: Sessions;
    readonly agents: AgentSessions;
    readonly steps: Steps;
    readonly agentsAlive: Census;
    readonly wechat: WeChat;
    readonly upstream: Fallback;
    readonly metrics: Metrics;
    draining = false;
    private readonly replay: Replay;
    private app!: FastifyInstance;
    private scrapes: MetricsListener | undefined;
    private stopping: Promise<void> | undefined;

    private constructor(readonly settings: Settings, readonly journal: Journal) {
        this.connections = new Connections({ global: settings.MAX_SSE_CONNECTIONS, perUser: settings.MAX_SSE_CONNECTIONS_PER_USER });
        this.turns = new Turns({ perUser: settings.MAX_TURNS_PER_USER, keepMs: settings.RESUME_SECONDS * 1000, keepBytes: ENDED_TURNS_BYTES, onFault: (err) => this.log.error({ err }, "a turn broke") });
        this.database = new Database(settings, [Users.prepare, SessionStore.prepare, AgentSessions.prepare], (ok, error) => this.databaseChanged(ok, error));
        this.tokens = new Tokens(settings);
        this.users = new Users(this.database.db);
        const store = new SessionStore(this.database);
        this.sessions = new Sessions(this.database, store, journal);
        this.replay = new Replay({
            journal,
            store,
            ready: () => this.database.ok,
            onRefused: (held, error) => {
                this.metrics.refused();
                this.log.error({ err: error, turn: held.turn }, "the database refuses a turn of the journal: it was put aside");
            },
        });
        this.agents = new AgentSessions(this.database);
        this.agentsAlive = new Census(() => {
            this.database.require();
            return this.agents.count();
        });
        this.wechat = new WeChat(settings);
        this.upstream = upstreams(settings, {
            onAttempt: (attempt) => {
                this.metrics.attempted(attempt);
                if (attempt.fallbackTo) this.log.warn(attempt, "the next model service is asked");
            },
        });
        this.metrics = new Metrics(this);
        this.database.onPing = (ms) => this.metrics.pinged(ms);
        this.wechat.onAnswer = (errcode) => this.metrics.wechatAnswered(errcode);
        this.steps = new Steps({ sessions: this.agents, turns: this.turns, upstream: this.upstream, metrics: this.metrics });
    }

    /**
     * Listens, on all addresses; the database is awaited in the background and `/api/health` tells when it is there.
     * @param logStream where the log goes instead of stdout
     */
    static async start(settings: Settings, logStream?: NodeJS.WritableStream): Promise<Service> {
        const service = new Service(settings, await Journal.open(settings.JOURNAL_FOLDER, settings.JOURNAL_MAX_MIB * MIB));
        service.app = await buildServer(service, logStream);
        if (settings.METRICS_PORT !== "off") service.scrapes = await MetricsListener.open(settings.METRICS_PORT, service.metrics);
        await service.app.listen({ host: "0.0.0.0", port: settings.PORT });
        void service.database.start();
        return service;
    }

    get log(): FastifyBaseLogger {
        return this.app.log;
    }

    get port(): number {
        const address = this.app.server.address();
        return address && typeof address === "object" ? address.port : 0;
    }

    /** Where `/metrics` is; undefined when it is off. */
    get metricsPort(): number | undefined {
        return this.scrapes?.port;
    }

    /**
     * Goes away without losing a word: not ready at once, no new stream, the running ones to their end or to the drain
     * deadline, then the sockets. Asked twice, it is the same going.
     */
    stop(): Promise<void> {
        this.stopping ??= this.drain();
        return this.stopping;
    }

    private async drain(): Promise<void> {
        this.draining = true;
        this.log.info({ turns: this.turns.active, connections: this.connections.activeGlobal }, "draining");
        await within(this.turns.idle(), this.settings.DRAIN_SECONDS * 1000).catch(() => this.turns.close("draining"));
        await within(this.turns.idle(), STOP_MS).catch(() => undefined);
        await this.closeServer();
        this.agentsAlive.close();
        await within(this.replay.settled(), STOP_MS).catch(() => undefined);
        const ends = [this.scrapes?.close() ?? Promise.resolve(), this.journal.close(), this.database.close(), this.upstream.close(), this.wechat.close()];
        await Promise.all(ends.map((end) => within(end, STOP_MS).catch(() => undefined)));
        this.log.info("stopped");
    }

    /** A kept-alive socket becomes idle only after its last answer is flushed, so idle ones are closed again and again. */
    private async closeServer(): Promise<void> {
        const { server } = this.app;
        const sweep = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
        await within(this.app.close(), STOP_MS).catch(() => server.closeAllConnections());
        clearInterval(sweep);
    }

    private databaseChanged(ok: boolean, error: unknown): void {
        void this.agentsAlive.take();
        if (ok) {
            this.log.info(this.journal.stats, "the database answers");
            this.replay.wake();
        } else this.log.error({ err: error }, "the database is away");
    }
}
