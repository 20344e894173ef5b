import { isUnderWay, type Sight } from "../releases/release";
import type { Version } from "../releases/plan";
import type { Figures } from "../releases/verdict";
import type { View } from "../swarm/swarm";
import { Book } from "./book";
import { type Checked, Checks, coreOf } from "./checks";
import type { CoreCheck } from "./core-check";
import { endingOf } from "./endings";
import type { Attempt } from "./gateway-log";
import { getPage } from "./get";
import { Owners } from "./owners";
import type { Scraper } from "./scraper";

/** How old the last look at a source may be before the source counts as lost. */
const STALE_MS = 15_000;
/** How often instances are asked what they counted. */
const LOOK_EVERY_MS = 3_000;
/**
 * For so long after more visitors came to it the candidate is not judged by its first tokens: all of them come at once to
 * an instance that has compiled little and knows none of their sessions. Of a window that is shorter than twice that, half.
 */
const WARM_UP_MS = 10_000;
/** The gateway's log comes a moment late, and ends that belong together do not come at once. */
const SLACK_MS = 60_000;
/** More than the longest window with what it may be prolonged by; a paused release has no end. */
const LONGEST_MS = 3 * 3_600_000;
/** Requests of its own in one look. */
const OWN_AT_ONCE = 5;

/** What is seen of the versions, from all sources together. */
export class Watch {
    readonly book = new Book();
    private readonly owners: Owners;
    private readonly checks: Checks;
    private readonly looked = new Map<string, number>();
    private readonly ready = new Set<string>();
    private readonly ended = new Set<string>();
    private readonly downSince = new Map<string, number>();

    constructor(private readonly readsLog: () => boolean, private readonly scraper: Scraper, core: CoreCheck, private readonly now: () => number = Date.now, private readonly page = getPage) {
        this.owners = new Owners(now);
        this.checks = new Checks(core, now);
    }

    /**
     * A line of the gateway's log; of an address that is no version's it says nothing. Nor does it where the instance had
     * ended with its machine: a gateway that has just begun again leads to where they all were, until it is told better.
     */
    attempt(attempt: Attempt): void {
        const version = attempt.address === undefined ? attempt.version : this.versionAt(attempt.address, attempt.at);
        if (version !== undefined) this.book.attempt(version, attempt);
    }

    private versionAt(address: string, at: number): string | undefined {
        const { version, ending } = this.owners.of(address, at) ?? {};
        // The log tells whole seconds.
        const wasGone = ending && at >= Math.floor(ending.at / 1000) * 1000 && this.book.isShared(ending);
        return wasGone ? undefined : version;
    }

    /** What the Swarm says: whose an address is, which instances have ended, and which versions have none. */
    observe({ tasks, versions }: Pick<View, "tasks" | "versions">): void {
        this.owners.observe(tasks);
        for (const task of tasks) {
            const ending = endingOf(task, this.now());
            if (!ending || this.ended.has(task.ID)) continue;
            this.ended.add(task.ID);
            this.book.ended(ending);
        }
        this.forgetOld(versions, new Set(tasks.map(({ ID }) => ID)));
        for (const { version, addresses } of versions) {
            if (addresses.length > 0) this.downSince.delete(version);
            else if (!this.downSince.has(version)) this.downSince.set(version, this.now());
        }
    }

    /** Figures are of the window that runs; where none does, the next one begins now. */
    private forgetOld(versions: Version[], tasks: Set<string>): void {
        const begins = versions.flatMap(({ release }) => (release && isUnderWay(release) ? [release.since] : []));
        this.book.forget(Math.max(Math.min(this.now(), ...begins) - SLACK_MS, this.now() - LONGEST_MS));
        const there = new Set(versions.map(({ version }) => version));
        this.checks.keep(there);
        for (const known of [this.looked, this.downSince]) for (const version of known.keys()) if (!there.has(version)) known.delete(version);
        for (const task of this.ended) if (!tasks.has(task)) this.ended.delete(task);
    }

    /** Looks at the instances of these versions, and begins their own checks where they are due. */
    async look(versions: Version[]): Promise<void> {
        const there = new Set(versions.flatMap(({ addresses }) => addresses));
        this.scraper.keep(there);
        for (const address of this.ready) if (!there.has(address)) this.ready.delete(address);
        await Promise.all(versions.map(async (version) => {
            this.checks.begin(version);
            await Promise.all(version.addresses.map((address) => this.askReady(address)));
            if (this.now() - (this.looked.get(version.version) ?? 0) < LOOK_EVERY_MS) return;
            const looks = await Promise.allSettled(version.addresses.map((address) => this.scraper.look(address)));
            for (const look of looks) if (look.status === "fulfilled") this.book.counted(version.version, this.now(), look.value);
            if (looks.some(({ status }) => status === "fulfilled")) this.looked.set(version.version, this.now());
        }));
    }

    /**
     * Makes requests of the pilot to a version that visitors make too few to, until so many in the window count. A page that
     * any instance has shows little; but that it is answered is seen.
     */
    async topUp({ version, addresses }: Version, since: number, requests: number): Promise<void> {
        const missing = Math.min(OWN_AT_ONCE, Math.ceil(requests - this.book.figures(version, since).requests));
        await Promise.all(Array.from({ length: Math.max(0, missing) }, async (_, index) => {
            const address = addresses[index % addresses.length];
            if (address === undefined) return;
            const status = await this.askHealth(address);
            this.book.own(version, this.now(), status === undefined || status >= 500);
        }));
    }

    /** Docker calls an instance healthy as soon as it lives; whether it can serve, it says itself. One that could is asked no more. */
    private async askReady(address: string): Promise<void> {
        if (!this.ready.has(address) && (await this.askHealth(address)) === 200) this.ready.add(address);
    }

    /** The status with which an instance says how it is; undefined when it does not. */
    private askHealth(address: string): Promise<number | undefined> {
        return this.page(`http://${address}/api/health`).then(({ status }) => status, () => undefined);
    }

    /** Begins anew for a version that is released again. */
    forget(version: string): void {
        this.checks.forget(version);
        this.looked.delete(version);
    }

    /** What a release is judged by. @param since of its window */
    sight(candidate: Version, stable: Version | undefined, since: number): Omit<Sight, "led"> {
        const warm = since + Math.min(WARM_UP_MS, (this.now() - since) / 2);
        return {
            up: candidate.addresses.length > 0 && candidate.addresses.length >= candidate.wished && candidate.addresses.every((address) => this.ready.has(address)),
            crashes: this.book.figures(candidate.version, candidate.release?.since ?? since).restarts,
            candidate: this.figures(candidate, since, warm, stable && stable.addresses.length > 0 ? this.checks.of(stable.version) : undefined),
            stable: stable && this.figures(stable, since, since),
        };
    }

    /** Why a version's own check failed, the last time that it did. */
    complaint(version: string): string | undefined {
        return this.checks.complaint(version);
    }

    /**
     * @param warm from when its first tokens count
     * @param beside the checks of the version that it is compared with
     */
    private figures({ version, addresses }: Version, since: number, warm: number, beside?: Checked): Figures | undefined {
        const up = addresses.length > 0;
        // An instance that is gone cannot be looked at; that it is gone is what there is to see.
        const lost = !this.readsLog() || (up && this.now() - (this.looked.get(version) ?? 0) > STALE_MS);
        const downSeconds = up ? 0 : Math.floor((this.now() - (this.downSince.get(version) ?? this.now())) / 1000);
        return lost ? undefined : { ...this.book.figures(version, since, warm), up, downSeconds, core: coreOf(this.checks.of(version), beside) };
    }
}
