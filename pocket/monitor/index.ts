import { EventEmitter } from "node:events";
import { readAccount } from "../dns/cloudflare";
import { poolIsHealthy } from "../dns/steering";
import { addressesOf } from "../dns/zone";
import type { Store } from "../store";
import { plan, type Target } from "./plan";
import { type Outcome, probe } from "./probe";
import { observe, type Opinion, verdict } from "./verdict";

export interface MonitorOptions {
    store: Store;
    /** PEM of the authorities that https endpoints may be certified by, read anew for each check: ACME roots change. */
    ca?: () => string[];
    /** Multiplies every interval and timeout; tests make time pass faster, nothing else should. */
    timeScale?: number;
}

export interface HealthEvent {
    at: Date;
    pool: string;
    origin: string;
    healthy: boolean;
    /** Why a check failed; absent when healthy. */
    reason?: string;
}

export interface PoolHealth {
    id: string;
    name: string;
    healthy: boolean;
    /** `healthy` is undefined while no check has ended. */
    origins: { name: string; healthy?: boolean; reason?: string }[];
}

interface Watch {
    target: Target;
    /** The target as text: a change of it begins the checks anew. */
    signature: string;
    opinions: Opinion[];
    healthy?: boolean;
    reason?: string;
    timers: Set<NodeJS.Timeout>;
    ended: boolean;
}

/** "For each option selected in a pool's Health Monitor Regions, Cloudflare sends health monitor requests from three separate data centers." */
const DATA_CENTRES = 3;

/**
 * The health monitors of the pocket's Cloudflare: real checks of every endpoint of every pool that has a monitor.
 *
 * Each region checks from three data centres (developers.cloudflare.com/load-balancing/monitors), each once an interval,
 * and their phases are spread evenly over it. So two of three can agree well before a whole interval has passed: with
 * 15 s, the least that is allowed outside Enterprise, at most 10 s and the time that a failing check takes. That the
 * phases are even is this model's own; Cloudflare says only that the data centres are separate.
 *
 * An endpoint whose health is not known yet counts as down, as with Cloudflare ("Origins are considered down when
 * monitoring is enabled, but the health status is still unknown"). A change of pool, monitor or of the endpoint's
 * address is checked at once; what was known stays until the first new result.
 */
export class Monitors extends EventEmitter<{ change: [HealthEvent] }> {
    private readonly watches = new Map<string, Watch>();
    private readonly onChange = () => this.follow();

    constructor(private readonly options: MonitorOptions) {
        super();
        options.store.on("change", this.onChange);
        this.follow();
    }

    isUp = (pool: string, origin: string): boolean => this.watches.get(key(pool, origin))?.healthy === true;

    /** Every pool as Cloudflare's dashboard would show it. */
    status(): PoolHealth[] {
        return [...readAccount(this.options.store).pools.values()].map((pool) => ({
            id: pool.id,
            name: pool.name,
            healthy: poolIsHealthy(pool, this.isUp),
            origins: pool.origins.map(({ name }) => {
                const watch = this.watches.get(key(pool.id, name));
                return { name, healthy: watch?.healthy, ...(watch?.reason && { reason: watch.reason }) };
            }),
        }));
    }

    close(): void {
        this.options.store.off("change", this.onChange);
        for (const watch of this.watches.values()) end(watch);
        this.watches.clear();
    }

    private follow(): void {
        const targets = new Map(plan(readAccount(this.options.store)).map((target) => [key(target.pool, target.origin), target]));
        for (const [id, watch] of this.watches) {
            if (targets.has(id)) continue;
            end(watch);
            this.watches.delete(id);
        }
        for (const [id, target] of targets) {
            const known = this.watches.get(id);
            const signature = JSON.stringify(target);
            if (known?.signature === signature) continue;
            if (known) end(known);
            this.watches.set(id, this.begin(target, signature, known));
        }
    }

    private begin(target: Target, signature: string, before?: Watch): Watch {
        const { timeScale = 1 } = this.options;
        const scaled = { ...target, intervalMs: target.intervalMs * timeScale, timeoutMs: Math.ceil(target.timeoutMs * timeScale) };
        // Neighbours in phase are in different regions, so that no region waits for its third data centre.
        const opinions = Array.from({ length: DATA_CENTRES }, () => target.regions).flat().map((region): Opinion => ({ region, streak: 0 }));
        const known = { healthy: before?.healthy, reason: before?.reason };
        const watch: Watch = { target: scaled, signature, opinions, ...known, timers: new Set(), ended: false };
        opinions.forEach((_, i) => this.schedule(watch, i, (i * scaled.intervalMs) / opinions.length));
        return watch;
    }

    private schedule(watch: Watch, centre: number, delayMs: number): void {
        const timer = setTimeout(() => {
            watch.timers.delete(timer);
            const started = performance.now();
            // A check that outlasts its interval delays the next one: two at once could report out of order.
            void this.check(watch, centre).then(() => {
                if (!watch.ended) this.schedule(watch, centre, Math.max(0, watch.target.intervalMs - (performance.now() - started)));
            });
        }, delayMs);
        watch.timers.add(timer);
    }

    private async check(watch: Watch, centre: number): Promise<void> {
        const resolve = (host: string) => addressesOf(readAccount(this.options.store), host);
        const outcome = await probe(watch.target, { ca: this.options.ca?.(), resolve });
        if (watch.ended) return;
        watch.opinions[centre] = observe(watch.opinions[centre]!, outcome.pass, watch.target);
        this.conclude(watch, outcome);
    }

    private conclude(watch: Watch, outcome: Outcome): void {
        const healthy = verdict(watch.opinions);
        if (!outcome.pass) watch.reason = outcome.reason;
        if (healthy) watch.reason = undefined;
        if (healthy === undefined || healthy === watch.healthy) return;
        watch.healthy = healthy;
        const { pool, origin } = watch.target;
        this.emit("change", { at: new Date(), pool, origin, healthy, ...(!healthy && { reason: watch.reason }) });
    }
}

function end(watch: Watch): void {
    watch.ended = true;
    for (const timer of watch.timers) clearTimeout(timer);
}

function key(pool: string, origin: string): string {
    return `${pool}/${origin}`;
}
