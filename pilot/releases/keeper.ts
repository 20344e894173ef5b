import { notJudgedBy } from "../apps/any";
import { writeContract } from "../apps/labels";
import { Alarm } from "../process/alarm";
import { type Log, sentence } from "../process/log";
import { unlessCanceled, within } from "../process/within";
import { Unanswerable } from "../status/refusals";
import type { Answers } from "../status/server";
import { Outdated, type Swarm, type View } from "../swarm/swarm";
import type { Watch } from "../figures/watch";
import { leftAlone, untold } from "./arrival";
import { begin, labelsAfter, strategyOf } from "./begin";
import type { EventLog } from "./events";
import { instancesOf, type Plan, planOf, surplus, trafficOf, type Version } from "./plan";
import { obey, type Order, rollBack } from "./orders";
import { advance, atOnce, giveWay, goBack, type Limits, type Look, type Release, type Sight, weightOf, windowOf } from "./release";
import { recoveryOf, takenAway } from "./recovery";
import { type ReleaseStatus, secondsOf } from "./status";
import type { Strategy } from "./strategy";

const LOOK_SECONDS = 1;
const PATIENCE_SECONDS = 60;

export interface ReleaseOptions {
    swarm: Swarm;
    watch: Watch;
    events: EventLog;
    log: Log;
    limits: Limits;
    usual: Strategy;
    /** Of each step, where it is not to be the strategy's. */
    windowSeconds?: number;
    instances: number;
    /** For so long a candidate may have been without a pilot. */
    aloneSeconds: number;
    /** Whether the gateway leads visitors as a release has it. */
    leads: (release: Release) => boolean;
    /** Visitors are to be led otherwise: at once, and not at the gateway's next look. */
    onTraffic: () => void;
}

/** Carries each new version of the app to the visitors, or back; all that it knows of a release is in the Swarm. */
export class ReleaseKeeper {
    private view: View | undefined;
    private arrived = false;
    /** The log has the last word of the newest release. */
    private logged = false;
    private readonly alarm = new Alarm();
    private told = new Map<string, string>();
    /** Looks and orders come one after another. */
    private turn: Promise<unknown> = Promise.resolve();

    constructor(private readonly options: ReleaseOptions, private readonly now: () => number = Date.now) {}

    async run(signal: AbortSignal): Promise<void> {
        while (!signal.aborted) {
            try {
                await this.look();
                this.told.delete("fault");
            } catch (thrown) {
                this.once("fault", sentence(thrown), () => this.options.log("error", "a look at the releases failed", { why: sentence(thrown) }));
            }
            await this.alarm.sleep(LOOK_SECONDS, signal);
        }
    }

    /** What can be asked of it, by whoever may enter the pilot's container; the first word is who asks. */
    answers(): Answers {
        const order = (order: Order) => ([who = "somebody"]: string[]) => this.order(order, who);
        return {
            promote: order("promote"),
            pause: order("pause"),
            resume: order("resume"),
            abort: order("abort"),
            rollback: ([who = "somebody", version]) => this.rollback(version || undefined, who),
            events: ([of]) => this.options.events.read(of || undefined),
            // Both in one answer, for who looks every second.
            follow: async ([of]) => ({ status: this.status(), events: of ? await this.options.events.read(of) : [] }),
        };
    }

    /** What a person is shown. */
    status(): ReleaseStatus {
        const plan = planOf(this.view?.versions ?? []);
        const { serving, candidate, before } = plan;
        const { stable, candidate: beside } = trafficOf(plan);
        const release = candidate?.release;
        return {
            now: this.now(),
            serving: serving?.version,
            traffic: [
                ...(beside ? [{ version: beside.version.version, share: beside.weight }] : []),
                ...(stable ? [{ version: stable.version, share: 100 - (beside?.weight ?? 0) }] : []),
            ],
            versions: (this.view?.versions ?? []).map(({ version, wished, addresses, release: newest, servingSince }) => ({ version, instances: wished, healthy: addresses.length, phase: newest?.phase, servingSince })),
            release: release && candidate && { ...release, weight: weightOf(release), seconds: secondsOf(release, this.options.limits), seen: this.sight(candidate, before), complaint: this.options.watch.complaint(candidate.version) },
            unreadable: this.view?.unreadable ?? [],
        };
    }

    /** @throws Unanswerable, and nothing was changed */
    order(order: Order, who: string): Promise<Release> {
        return this.ordered(async (signal) => {
            const { candidate, before } = planOf((await this.options.swarm.look(signal)).versions);
            if (!candidate) throw new Unanswerable("RELEASE_NONE");
            const by = `by ${who}`;
            const look = obey(order, candidate.release!, by, this.now());
            await this.write(candidate, look, by, signal, this.sight(candidate, before));
            // What was found before it stood still is no finding of the window that begins now.
            if (order === "resume") for (const version of [candidate, before]) if (version) this.options.watch.forget(version.version);
            return look.release;
        });
    }

    /**
     * Releases a version that is kept, to all visitors at once. @throws Unanswerable, and nothing was changed
     * @param version the one that served before, when left out
     */
    rollback(version: string | undefined, who: string): Promise<Release> {
        return this.ordered(async (signal) => {
            const view = await this.options.swarm.look(signal);
            const { serving, candidate } = planOf(view.versions);
            const before = version === undefined ? await this.versionBefore(view, serving, signal) : undefined;
            const { to, way } = rollBack({ versions: view.versions, serving, candidate, before }, version, `by ${who}`, this.now());
            if (way) await this.write(candidate!, way, `by ${who}`, signal);
            this.options.watch.forget(to.version);
            const release = begin(to.version, serving?.version, atOnce, this.now());
            await this.write(to, { release, told: `began: a rollback from ${serving?.version ?? "nothing"}` }, `by ${who}`, signal);
            return release;
        });
    }

    /** Where none serves, the one that would come back by itself. */
    private async versionBefore({ versions, source }: View, serving: Version | undefined, signal: AbortSignal): Promise<Version | undefined> {
        const [before] = versions.filter((one) => one !== serving && one.servingSince !== undefined).sort((one, other) => other.servingSince! - one.servingSince!);
        return before ?? recoveryOf(versions, serving, source, await unlessCanceled(signal, this.options.events.past()))?.version;
    }

    /** One look at all versions, and what follows from it. */
    look(): Promise<void> {
        return this.inTurn((signal) => this.step(signal));
    }

    private async step(signal: AbortSignal): Promise<void> {
        const { swarm, watch, log } = this.options;
        const view = await swarm.look(signal);
        this.view = view;
        watch.observe(view);
        const plan = planOf(view.versions, view.source);
        for (const { version, why } of view.unreadable) this.once(version, why, () => log("error", "the labels of a version cannot be read; it is left alone", { version, why }));
        if (!this.logged) await this.catchUp(view.versions, signal);
        const wrote = await this.carryOn(view, plan, signal);
        this.arrived = true;
        // What was seen is of before then; the next look comes at once.
        if (wrote) return;
        await this.scale(view.versions, plan, signal);
        for (const one of surplus(view.versions, plan)) {
            await swarm.remove(one.version, one, signal);
            if (one.release) this.tell({ release: one.release, told: takenAway }, "by itself");
            else log("info", takenAway, { version: one.version });
        }
    }

    /** Leads the release that is under way on, or back, or begins the next one. True when it has written something. */
    private async carryOn(view: View, plan: Plan, signal: AbortSignal): Promise<boolean> {
        const { swarm, events, usual, windowSeconds, log } = this.options;
        const { serving, candidate } = plan;
        const past = await unlessCanceled(signal, events.past());
        const wasBack = plan.next && past.get(plan.next.version)?.back;
        const next = wasBack ? undefined : plan.next;
        if (wasBack) this.once(plan.next!.version, "back", () => log("warn", "a version went back, and its labels were lost since; it is not released again", { version: plan.next!.version }));
        if (candidate) return this.watchOver(candidate, plan.before, view.successorComes ? undefined : next, signal);
        const recovery = view.successorComes ? undefined : recoveryOf(view.versions, serving, view.source, past);
        if (recovery) {
            const release = begin(recovery.version.version, serving?.version, atOnce, this.now());
            await this.write(recovery.version, { release, told: `began: ${recovery.why}` }, "by itself", signal);
        } else if (next && view.successorComes) {
            // Its own settings would go with the version to the end.
            this.once(next.version, "left", () => log("info", "a new version is left to the pilot that comes with the new settings", { version: next.version }));
        } else if (next) {
            const release = begin(next.version, serving?.version, strategyOf(swarm.labels(next.version), usual, windowSeconds), this.now());
            await this.write(next, { release, told: serving ? `began: from ${serving.version}` : "began: the first version" }, "by itself", signal);
        }
        return Boolean(recovery ?? next) && !view.successorComes;
    }

    private async watchOver(candidate: Version, before: Version | undefined, next: Version | undefined, signal: AbortSignal): Promise<boolean> {
        const left = this.arrived ? undefined : await this.whyLeft(candidate, signal);
        if (left) {
            await this.write(candidate, goBack(candidate.release!, left, this.now()), "by itself", signal);
            return true;
        }
        if (await this.completeContract(candidate, signal)) return true;
        await unlessCanceled(signal, this.options.watch.look([candidate, ...(before ? [before] : [])]));
        await unlessCanceled(signal, this.topUp(candidate));
        const seen = this.sight(candidate, before);
        const look = advance(candidate.release!, seen, this.options.limits, this.now());
        const change = look.told ? look : next && this.wayFor(next, candidate);
        if (change) await this.write(candidate, change, "by itself", signal, seen);
        else if (look.verdict) this.once(candidate.release!.id, look.verdict.is, () => this.tell(look, "by itself", seen));
        return change !== undefined;
    }

    /** How a release ends for the next version; undefined when that one has to wait. */
    private wayFor(next: Version, { release, addresses }: Version): Look | undefined {
        // Without an instance it goes back in a moment. A rollback that is starting comes to the visitors first.
        const isDue = release!.phase === "full" ? addresses.length > 0 : release!.from === undefined;
        return isDue ? giveWay(release!, `${next.version} is next`, this.now()) : undefined;
    }

    /** Writes down what a version turned out to be judged by, so that the loss of a source is seen later, also by another pilot. */
    private async completeContract(candidate: Version, signal: AbortSignal): Promise<boolean> {
        const contract = await unlessCanceled(signal, this.options.watch.detect(candidate));
        if (!contract) return false;
        await this.options.swarm.change(candidate.version, { labels: (labels) => writeContract(labels, contract) }, candidate, signal);
        const told = notJudgedBy(contract);
        if (told) this.tell({ release: candidate.release!, told }, "by itself");
        this.alarm.ring();
        return true;
    }

    private sight(candidate: Version, before: Version | undefined): Sight {
        return { ...this.options.watch.sight(candidate, before, candidate.release!.since), led: this.options.leads(candidate.release!) };
    }

    /** Of the newest release the log may lack the last word: a pilot before was killed, or nobody knows what came of a write. */
    private async catchUp(versions: Version[], signal: AbortSignal): Promise<void> {
        const [release] = versions.flatMap(({ release }) => release ?? []).sort((one, other) => other.since - one.since);
        const told = release && untold(release, (await unlessCanceled(signal, this.options.events.read(release.id))).at(-1));
        if (told) this.tell({ release, told }, "by itself");
        this.logged = true;
    }

    /** Why the first look of all takes a release back. */
    private async whyLeft(candidate: Version | undefined, signal: AbortSignal): Promise<string | undefined> {
        if (candidate?.release?.phase !== "canary") return undefined;
        return leftAlone(candidate.release, await this.options.swarm.pilotAwaySince(signal), this.options.aloneSeconds, this.now());
    }

    /** In the second half of a window: what visitors do themselves is worth more. */
    private async topUp(candidate: Version): Promise<void> {
        const { phase, since } = candidate.release!;
        const { watch, limits } = this.options;
        if ((phase === "canary" || phase === "full") && this.now() - since >= windowOf(candidate.release!, limits) * 500) await watch.topUp(candidate, since, limits.rules.minRequests);
    }

    /** Instances that are needed come before those go that are not. */
    private async scale(versions: Version[], plan: Plan, signal: AbortSignal): Promise<void> {
        const changes = versions.map((version) => ({ version, instances: instancesOf(version, plan, { instances: this.options.instances, keepSeconds: this.options.limits.keepSeconds }, this.now()) }))
            .filter(({ version, instances }) => instances !== version.wished)
            .sort((one, other) => other.instances - one.instances);
        for (const { version, instances } of changes) {
            await this.options.swarm.change(version.version, { instances }, version, signal);
            this.options.log("info", "instances", { version: version.version, from: version.wished, to: instances });
        }
    }

    /** @param seen of the window that this ends; nothing where one begins */
    private async write(version: Version, look: Look, who: string, signal: AbortSignal, seen?: Sight): Promise<void> {
        this.logged = false;
        await this.options.swarm.change(version.version, { labels: (labels) => labelsAfter(labels, look.release, this.now()) }, version, signal);
        this.logged = true;
        this.told.clear();
        this.options.onTraffic();
        // Instances may be wanted now that were not.
        this.alarm.ring();
        const neverHealthy = version.release?.phase === "starting" && look.release.phase === "back";
        this.tell(look, who, seen, neverHealthy ? await this.lastLines(version) : undefined);
    }

    /** None when Docker does not give them: the release has gone back all the same. */
    private lastLines({ version }: Version): Promise<string[] | undefined> {
        return this.options.swarm.lastLines(version).catch((thrown) => void this.options.log("warn", "the last lines of a version could not be read", { version, why: sentence(thrown) }));
    }

    private tell({ release, told, verdict }: Look, who: string, { candidate, stable }: Partial<Sight> = {}, log?: string[]): void {
        const { id, version, phase } = release;
        const what = told ?? `waits: ${verdict!.why}`;
        this.options.events.write({ release: id, version, phase, weight: weightOf(release), what, who, ...(verdict && { verdict: verdict.is }), ...((candidate ?? stable) && { figures: { candidate, stable } }), log });
        this.options.log("info", "release", { release: id, version, phase, weight: weightOf(release), what, who });
    }

    private once(about: string, what: string, tell: () => void): void {
        if (this.told.get(about) === what) return;
        this.told.set(about, what);
        tell();
    }

    private ordered(work: (signal: AbortSignal) => Promise<Release>): Promise<Release> {
        return this.inTurn(work).catch((thrown) => Promise.reject(thrown instanceof Outdated ? new Unanswerable("RELEASE_CHANGED", { version: thrown.version }) : thrown));
    }

    private inTurn<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
        // One that Docker never answers must not keep all others waiting for ever.
        const result = this.turn.then(() => within(work, PATIENCE_SECONDS, "a look at the releases"));
        this.turn = result.catch(() => undefined);
        return result;
    }
}
