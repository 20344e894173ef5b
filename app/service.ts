import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { Census } from "./agents/census";
import { AgentSessions } from "./agents/store";
import { Tokens } from "./auth/token";
import { Users } from "./auth/users";
import { WeChat } from "./auth/wechat";
import { Database } from "./database/database";
import { within } from "./database/guard";
import { buildServer } from "./http/server";
import { version } from "./package.json";
import { SessionStore } from "./session/store";
import type { Settings } from "./settings/schema";
import { Streams } from "./sse/streams";
import { arkUpstream } from "./upstream/ark";
import type { Upstream } from "./upstream/upstream";

/** After the drain: for the last events to be stored and sent, and for the sockets to close. */
const STOP_MS = 5_000;
const CLOSE_IDLE_EVERY_MS = 50;

/** One instance of the service: what it is made of, from its settings, and how it comes and goes. */
export class Service {
    readonly version = version;
    readonly streams: Streams;
    readonly database: Database;
    readonly tokens: Tokens;
    readonly users: Users;
    readonly sessions: SessionStore;
    readonly agents: AgentSessions;
    readonly agentsAlive: Census;
    readonly wechat: WeChat;
    readonly upstream: Upstream;
    draining = false;
    private app!: FastifyInstance;
    private stopping: Promise<void> | undefined;

    private constructor(readonly settings: Settings) {
        this.streams = new Streams({ global: settings.MAX_SSE_CONNECTIONS, perUser: settings.MAX_SSE_CONNECTIONS_PER_USER });
        this.database = new Database(settings, async (db) => void (await Promise.all([Users.prepare(db), AgentSessions.prepare(db)])), (ok, error) => this.databaseChanged(ok, error));
        this.tokens = new Tokens(settings);
        this.users = new Users(this.database.db);
        this.sessions = new SessionStore(this.database.db);
        this.agents = new AgentSessions(this.database.db);
        this.agentsAlive = new Census(() => {
            this.database.require();
            return this.agents.count();
        });
        this.wechat = new WeChat(settings);
        this.upstream = arkUpstream(settings);
    }

    /**
     * Listens, on all addresses; the database is awaited in the background and `/api/health` tells when it is there.
     * @param logStream where the log goes instead of stdout
     */
    static async start(settings: Settings, logStream?: NodeJS.WritableStream): Promise<Service> {
        const service = new Service(settings);
        service.app = await buildServer(service, logStream);
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
        this.log.info({ active: this.streams.activeGlobal }, "draining");
        await within(this.streams.idle(), this.settings.DRAIN_SECONDS * 1000).catch(() => this.streams.stopAll("draining"));
        await within(this.streams.idle(), STOP_MS).catch(() => undefined);
        await this.closeServer();
        this.agentsAlive.close();
        await Promise.all([this.database.close(), this.upstream.close(), this.wechat.close()].map((end) => within(end, STOP_MS).catch(() => undefined)));
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
        if (ok) this.log.info("the database answers");
        else this.log.error({ err: error }, "the database is away");
    }
}
