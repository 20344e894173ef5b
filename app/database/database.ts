import "../connect";
import { MongoClient, type Db, type MongoClientOptions } from "mongodb";
import type { Settings } from "../settings/schema";
import { HttpError } from "../errors/errors";
import { guarded, within } from "./guard";

/** Over a 150 ms link, 20 operations at once cost 6.2 round trips on a cold pool and 1.2 on this one when it is warm. */
const POOL = { minPoolSize: 20, maxPoolSize: 100, maxConnecting: 10 };
const WARM_MS = 15_000;
const PING_EVERY_MS = 2_000;
const PING_DEADLINE_MS = 3_000;

/** How the driver is to connect. TLS is on when a CA is named, and trusts that CA alone. */
export function clientOptions(settings: Settings): MongoClientOptions {
    return {
        ...POOL,
        appName: `antipode-${settings.REGION.toLowerCase()}`,
        serverSelectionTimeoutMS: 3_000,
        // A way across the border dies without a word: what hangs on it must let go of its connection.
        socketTimeoutMS: 15_000,
        connectTimeoutMS: 5_000,
        waitQueueTimeoutMS: 2_000,
        ...(settings.MONGODB_USER && { auth: { username: settings.MONGODB_USER, password: settings.MONGODB_PASSWORD } }),
        ...(settings.MONGODB_CA_FILE && { tls: true, tlsCAFile: settings.MONGODB_CA_FILE }),
    };
}

/** The database named in the URI, else `aiagent`. */
export function databaseName(uri: string): string {
    const path = /^[^/]+:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
    return path ? decodeURIComponent(path) : "aiagent";
}

/**
 * The way to the database and what is known about it. A loop in the background warms the pool, prepares the
 * collections, then pings; whoever asks for the health gets the last result and never waits.
 */
export class Database {
    /** Told of each ping: its round trip in milliseconds, undefined when it failed. */
    onPing: (ms: number | undefined) => void = () => {};
    readonly db: Db;
    private readonly client: MongoClient;
    private readonly connections = new Set<unknown>();
    private prepared = false;
    private alive = false;
    private closed = false;
    private rounds = 0;
    /** Aborted when the database goes away: what waits for it then would wait in vain. */
    private presence = new AbortController();
    private timer: NodeJS.Timeout | undefined;

    /**
     * @param prepare make the indexes that the service relies on; run until they succeed
     * @param onChange told when the database comes and goes
     */
    constructor(settings: Settings, private readonly prepare: ((db: Db) => Promise<void>)[], private readonly onChange: (ok: boolean, error?: unknown) => void) {
        this.client = new MongoClient(settings.MONGODB_URI, clientOptions(settings));
        this.client.on("connectionReady", (event) => this.connections.add(event.connectionId));
        this.client.on("connectionClosed", (event) => this.connections.delete(event.connectionId));
        this.db = this.client.db(databaseName(settings.MONGODB_URI));
    }

    get ok(): boolean {
        return this.alive;
    }

    /** Whether it has been looked for: until then nobody knows that it is away. */
    get tried(): boolean {
        return this.rounds > 0;
    }

    /** Begins the loop; settles after its first round, whatever came of it. */
    async start(): Promise<void> {
        await this.round();
    }

    /** Fails at once, where an operation would wait for a server that is known to be away. */
    require(): void {
        if (!this.alive) throw new HttpError("database_unavailable", { retryAfter: 2, untouched: true });
    }

    /**
     * Runs an operation; gives up as soon as the database is known to be away.
     * @throws HttpError database_unavailable
     */
    run<T>(operation: () => Promise<T>): Promise<T> {
        return guarded(operation, this.alive ? this.presence.signal : undefined);
    }

    async close(): Promise<void> {
        this.closed = true;
        clearTimeout(this.timer);
        await this.client.close();
    }

    private async round(): Promise<void> {
        let error: unknown;
        let ms: number | undefined;
        try {
            if (!this.prepared) await this.warm();
            const began = performance.now();
            await within(this.db.command({ ping: 1 }), PING_DEADLINE_MS);
            ms = performance.now() - began;
        } catch (cause) {
            error = cause;
        }
        if (this.closed) return;
        this.onPing(ms);
        this.rounds += 1;
        const ok = error === undefined;
        const changed = ok !== this.alive || !this.prepared;
        this.alive = ok;
        this.prepared ||= ok;
        if (ok && this.presence.signal.aborted) this.presence = new AbortController();
        if (!ok) this.presence.abort();
        if (changed) this.onChange(ok, error);
        this.timer = setTimeout(() => void this.round(), PING_EVERY_MS);
        this.timer.unref();
    }

    /** A pool that is not full in time is good enough: it fills up while it serves. */
    private async warm(): Promise<void> {
        const until = performance.now() + WARM_MS;
        await within(this.client.connect(), WARM_MS);
        await within(Promise.all(this.prepare.map((prepare) => prepare(this.db))), WARM_MS);
        // By itself the driver (7.9.0) opens one connection each 100 ms; asked for many at once, it opens ten at a time.
        const ping = () => within(this.db.command({ ping: 1 }), PING_DEADLINE_MS);
        while (this.connections.size < POOL.minPoolSize && performance.now() < until && !this.closed) {
            await Promise.allSettled(Array.from({ length: POOL.minPoolSize }, ping));
        }
    }
}
