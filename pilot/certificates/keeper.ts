import { backoff } from "../process/backoff";
import { type Log, sentence } from "../process/log";
import { pause } from "../process/pause";
import { within } from "../process/within";
import { type Held, dueAt } from "./held";
import { type Order, order } from "./order";
import { type Reach, probe } from "./probe";
import type { Store } from "./store";

/** Seconds between two probes of a name: cheap, for they trouble nobody but this region. One without an address is a question to a resolver alone. */
const probeEvery = { unknown: 1, elsewhere: 3, silent: 3 };
/** Probes without an answer after which the authority is asked all the same: not every cloud lets a machine reach its own public address. */
const patience = 20;

export interface CertificateStatus {
    name: string;
    notAfter?: string;
    issuer?: string;
    /** Why there is no newer one yet. */
    waiting?: string;
}

/** An order takes seconds; past this its authority does not answer, or asks for more patience than the next order needs. */
const orderSeconds = 600;

/** What the keeper does to the world; tests do it otherwise. */
export interface Acts {
    probe(name: string, store: Store): Promise<Reach>;
    /** @param canceled nothing is asked of the authority, nor written, after it is aborted */
    order(order: Order, store: Store, canceled: AbortSignal): Promise<string>;
}

/** Keeps a good certificate for each name, each on its own: one that cannot be had delays no other. */
export class CertificateKeeper {
    private readonly waiting = new Map<string, string>();

    constructor(
        private readonly names: string[],
        private readonly authority: { directory: string; email?: string },
        private readonly store: Store,
        private readonly changed: () => void,
        private readonly log: Log,
        private readonly acts: Acts = { probe, order },
    ) {}

    held(): Promise<(Held | undefined)[]> {
        return Promise.all(this.names.map((name) => this.store.best(name)));
    }

    async status(): Promise<CertificateStatus[]> {
        const held = await this.held();
        return this.names.map((name, place) => ({
            name,
            notAfter: held[place]?.notAfter.toISOString(),
            issuer: held[place]?.issuer,
            waiting: this.waiting.get(name),
        }));
    }

    async run(signal: AbortSignal): Promise<void> {
        await Promise.all(this.names.map((name) => this.keepOne(name, signal)));
    }

    private async keepOne(name: string, signal: AbortSignal): Promise<void> {
        const directory = new URL(this.authority.directory).host;
        const chance = Math.random();
        const dueIn = async () => dueAt(await this.store.best(name), directory, chance).getTime() - Date.now();
        for (let failures = 0; !signal.aborted; ) {
            try {
                const due = await dueIn();
                if (due > 0) {
                    failures = 0;
                    // An hour at most: the clock may be set, the volume may be restored.
                    await pause(Math.min(due / 1000, 3600), signal);
                    continue;
                }
                await this.reachable(name, signal);
                if (signal.aborted) return;
                await this.store.keep(name, directory, await within((canceled) => this.acts.order({ name, ...this.authority }, this.store, canceled), orderSeconds, "the order"));
                this.waiting.delete(name);
                this.log("info", "certificate issued", { name, directory });
                this.changed();
                // Asked for again at once it would be one of a few that an authority gives a week.
                if ((await dueIn()) <= 0) throw new Error("the authority's certificate is due for renewal as it comes, or not for this name");
            } catch (thrown) {
                failures += 1;
                const seconds = Math.round(backoff(failures, Math.random()));
                this.waiting.set(name, sentence(thrown));
                this.log("warn", "no certificate yet", { name, why: sentence(thrown), again: `in ${seconds} s` });
                await pause(seconds, signal);
            }
        }
    }

    /** Returns when an order is worth it. */
    private async reachable(name: string, signal: AbortSignal): Promise<void> {
        for (let silent = 0; !signal.aborted; ) {
            const reach = await this.acts.probe(name, this.store);
            if (reach === "here") return;
            silent = reach === "silent" ? silent + 1 : 0;
            if (silent >= patience) return;
            const why = { elsewhere: "the name leads to another server", silent: "the name's server does not answer", unknown: "the name has no address yet" }[reach];
            if (this.waiting.get(name) !== why) this.log("info", "no order yet", { name, why });
            this.waiting.set(name, why);
            await pause(probeEvery[reach], signal);
        }
    }
}
