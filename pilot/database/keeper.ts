import { existsSync } from "node:fs";
import { type Log, sentence } from "../process/log";
import { pause } from "../process/pause";
import { unlessCanceled, within } from "../process/within";
import { makeIndexes } from "./indexes";
import { type Passwords, administrator, applicationUser, database } from "./users";

export interface DatabaseStatus {
    state: "waiting" | "ready" | "failing";
    version?: string;
    /** Milliseconds of a ping through the unix socket. */
    pingMs?: number;
    fault?: string;
}

/** Seconds: quick while it is not as wished, for a first `up` waits for it; rare afterwards. */
const retry = 1;
const check = 30;

/** Keeps users and indexes of this machine's mongod as the settings wish. */
export class DatabaseKeeper {
    private state: DatabaseStatus = { state: "waiting" };

    constructor(
        private readonly socket: string,
        private readonly passwords: Passwords,
        private readonly log: Log,
        /** Seconds; an index of a large collection takes minutes. */
        private readonly patience = 600,
    ) {}

    status(): DatabaseStatus {
        return this.state;
    }

    async run(signal: AbortSignal): Promise<void> {
        while (!signal.aborted) {
            const before = this.state;
            this.state = await within((canceled) => this.reconcile(canceled), this.patience, "a look at the database").catch((thrown): DatabaseStatus => ({ state: "failing", fault: sentence(thrown) }));
            const { state, fault } = this.state;
            if (state !== before.state || fault !== before.fault) this.log(state === "failing" ? "error" : "info", `database ${state}`, { ...this.state });
            await pause(state === "ready" ? check : retry, signal);
        }
    }

    private async reconcile(signal: AbortSignal): Promise<DatabaseStatus> {
        if (!existsSync(this.socket)) return { state: "waiting", fault: `no ${this.socket} yet` };
        const admin = await administrator(this.socket, this.passwords);
        // Whatever is asked on it then fails at once.
        signal.addEventListener("abort", () => void admin.close());
        try {
            signal.throwIfAborted();
            await unlessCanceled(signal, applicationUser(this.socket, admin, this.passwords));
            await unlessCanceled(signal, makeIndexes(admin.db(database)));
            const { version } = await admin.db("admin").command({ buildInfo: 1 });
            const begin = performance.now();
            await admin.db("admin").command({ ping: 1 });
            return { state: "ready", version, pingMs: Math.round((performance.now() - begin) * 10) / 10 };
        } finally {
            await admin.close();
        }
    }
}
