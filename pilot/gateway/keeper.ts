import type Docker from "dockerode";
import { Alarm } from "../process/alarm";
import { type Log, sentence } from "../process/log";
import { pause } from "../process/pause";
import { unlessCanceled, within } from "../process/within";
import type { Settings } from "../settings/settings";
import { any } from "../apps/any";
import { contractOf, planOf, trafficOf, type Version } from "../releases/plan";
import { weightOf } from "../releases/release";
import type { Swarm } from "../swarm/swarm";
import { Applier, hash } from "./apply";
import { findGateway, type Gateway } from "./container";
import { pauseFor, tooMany, urgencyOf, type Wanted } from "./pace";
import { render } from "./render";
import type { App, GatewayState, Site } from "./state";
import { processList, type Workers, workersIn } from "./workers";

export interface GatewayStatus {
    /** Of the configuration that serves; absent before the first. */
    config?: string;
    version?: string;
    candidate?: { version: string; weight: number };
    /** Local instances, then peers. */
    upstreams: string[];
    /** Processes of nginx that are left of configurations before, as of the last time that they were counted. */
    lingering: number;
    /** Why a change waits; absent when none does. */
    waits?: string;
    /** Why the last attempt came to nothing; absent when it did not. */
    fault?: string;
    /** When the last look at the Swarm was done, whatever came of it. */
    looked?: string;
}

/** Seconds between two looks when Docker tells of nothing: task states are not among its events. */
const resync = 2;
/** Seconds between two counts of workers that linger. */
const recount = 30;
/** Docker tells of one change in several events. */
const settle = 0.1;
/** Docker answers in milliseconds; without an end to its patience one lost answer would freeze the gateway as it is. */
const patience = 60;
/** What changes who is there or how he is. Each health probe is three more events, and none of these. */
const telling = ["start", "die", "kill", "health_status", "create", "update", "remove"];

/** Watches the Swarm and keeps this machine's gateway in step with it. */
export class GatewayKeeper {
    private readonly applier: Applier;
    private readonly told = new Set<string>();
    private readonly began = new Date().toISOString();
    private readonly alarm = new Alarm();
    private state: GatewayStatus = { upstreams: [], lingering: 0 };
    private running?: { wanted: Wanted; container: string; since: number };
    private countedAt = 0;

    constructor(
        private readonly docker: Docker,
        private readonly swarm: Swarm,
        private readonly settings: Settings,
        private readonly sites: () => Promise<Site[]>,
        /** Proofs by which a visitor gets the candidate whatever its weight. */
        private readonly testers: () => string[],
        private readonly log: Log,
        shared: string,
    ) {
        this.applier = new Applier(shared);
    }

    status(): GatewayStatus {
        return this.state;
    }

    /** True while the last look was done within so many seconds, or the first is still under way. */
    looksIn(seconds: number): boolean {
        return Date.now() - Date.parse(this.state.looked ?? this.began) < seconds * 1000;
    }

    /** Looks again now, or as soon as the look that is under way is over: what it found may be of before. */
    wake(): void {
        this.alarm.ring();
    }

    async run(signal: AbortSignal): Promise<void> {
        void this.listen(signal);
        while (!signal.aborted) {
            try {
                await within((canceled) => this.reconcile(canceled), patience, "a look at the Swarm");
            } catch (thrown) {
                this.fail("the gateway is not in step", sentence(thrown));
            }
            this.state = { ...this.state, looked: new Date().toISOString() };
            if (await this.alarm.sleep(resync, signal)) await this.alarm.settle(settle, signal);
        }
    }

    private async reconcile(signal: AbortSignal): Promise<void> {
        const [wanted, gateway] = await unlessCanceled(signal, Promise.all([this.look(signal), findGateway(this.docker, signal)]));
        if (gateway === undefined) return this.fail("the gateway is not in step", "no container of the service gateway runs here");
        const { state } = wanted;
        const text = render(state);
        if (await this.mustWait(wanted, text, gateway)) return;
        const outcome = await unlessCanceled(signal, this.applier.apply(text, gateway, signal));
        if (outcome.kind === "refused") return this.fail("nginx refused a configuration; the one before stays", outcome.why);
        this.told.clear();
        if (outcome.kind === "unchanged") {
            if (this.running) this.running.wanted = wanted;
            return void (this.state = { ...this.state, fault: undefined, waits: undefined });
        }
        this.running = { wanted, container: gateway.id, since: Date.now() };
        const { app, candidate } = state;
        const upstreams = [...(app?.addresses ?? []), ...(candidate?.addresses ?? []), ...state.peers.map(({ host }) => host)];
        this.state = { config: hash(text), version: app?.version, candidate: candidate && { version: candidate.version, weight: candidate.weight }, upstreams, lingering: this.state.lingering };
        this.log("info", "configuration applied", { ...this.state, sites: state.sites.filter((site) => site.certificate).map(({ name }) => name) });
    }

    /** Whether a change is put off: each reload leaves workers behind for as long as a stream lasts. */
    private async mustWait(wanted: Wanted, text: string, gateway: Gateway): Promise<boolean> {
        const isNew = !this.applier.runs(text, gateway);
        if (!isNew && (this.state.lingering === 0 || Date.now() - this.countedAt < recount * 1000)) return false;
        const workers = await this.count(gateway);
        if (!isNew) return false;
        const running = this.running?.container === gateway.id ? this.running : undefined;
        const urgency = urgencyOf(running?.wanted, wanted);
        const seconds = pauseFor(urgency, workers) - (Date.now() - (running?.since ?? 0)) / 1000;
        if (seconds > 0) {
            this.state = { ...this.state, waits: `instances came or went; ${workers.lingering.length} workers of before still have streams` };
            return true;
        }
        const ended = tooMany(workers);
        if (ended.length === 0) return false;
        this.log("warn", "the oldest workers of the gateway are ended, with their streams: its memory has no room for more", { ended: ended.length, lingering: workers.lingering.length });
        await gateway.run("sh", "-c", `kill -TERM ${ended.join(" ")}`);
        return false;
    }

    private async count(gateway: Gateway): Promise<Workers> {
        const workers = workersIn((await gateway.run("sh", "-c", processList)).output);
        this.countedAt = Date.now();
        this.state = { ...this.state, lingering: workers.lingering.length };
        return workers;
    }

    private async look(signal: AbortSignal): Promise<Wanted> {
        const plan = planOf((await this.swarm.look(signal)).versions);
        const { stable, candidate } = trafficOf(plan);
        const state: GatewayState = {
            region: this.settings.REGION,
            sites: await this.sites(),
            peers: this.settings.PEERS,
            app: stable && served(stable),
            candidate: stable && served(stable) && candidate && { ...served(candidate.version)!, weight: candidate.weight, testers: this.testers() },
            maxStreamSeconds: this.settings.MAX_STREAM_SECONDS,
            peerSecret: this.settings.PEER_SECRET,
        };
        const release = plan.candidate?.release;
        return { state, orders: [plan.serving?.version, release?.version, release && weightOf(release)].join(" ") };
    }

    /** A lasting fault is told once, not every two seconds. */
    private fail(message: string, why: string): void {
        this.state = { ...this.state, fault: why };
        if (this.told.has(why)) return;
        this.told.add(why);
        this.log("error", message, { why });
    }

    private async listen(signal: AbortSignal): Promise<void> {
        while (!signal.aborted) {
            try {
                const events = await this.docker.getEvents({ filters: { type: ["service", "container"], event: telling }, abortSignal: signal });
                events.on("data", () => this.wake());
                await new Promise((resolve) => events.once("close", resolve).once("end", resolve).once("error", resolve));
            } catch {
                // The look every two seconds needs no events, and tells when Docker itself is away.
            }
            await pause(resync, signal);
        }
    }
}

/** Without an instance it is nobody to send a visitor to. */
function served(version: Version): App | undefined {
    if (version.addresses.length === 0) return undefined;
    const { health = any.health } = contractOf(version);
    return { version: version.version, addresses: version.addresses, health };
}
