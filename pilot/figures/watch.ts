import { isUnderWay, type Sight } from "../releases/release";
import { any } from "../apps/any";
import { type Contract, isComplete } from "../apps/contract";
import { detect } from "../apps/detect";
import { contractOf, type Version } from "../releases/plan";
import type { Figures } from "../releases/verdict";
import type { View } from "../swarm/swarm";
import { Book } from "./book";
import { type Checked, Checks, coreOf } from "./checks";
import { endingOf } from "./endings";
import type { Attempt } from "./gateway-log";
import { getPage } from "./get";
import { Owners } from "./owners";
import type { Scraper } from "./scraper";
import type { VersionCheck } from "./version-check";

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
    /** Why an instance can't serve yet, by its address. */
    private readonly unready = new Map<string, string>();
    private readonly ended = new Set<string>();
    private readonly downSince = new Map<string, number>();

    constructor(private readonly readsLog: () => boolean, private readonly scraper: Scraper, core: Pick<VersionCheck, "run">, private readonly now: () => number = Date.now, private readonly page = getPage) {
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
        for (const known of [this.ready, this.unready]) for (const address of known.keys()) if (!there.has(address)) known.delete(address);
        await Promise.all(versions.map(async (version) => {
            const { health, metrics } = contractOf(version);
            this.checks.begin(version);
            if (health !== undefined) await Promise.all(version.addresses.map((address) => this.askReady(address, health)));
            if (metrics === undefined || metrics === "none" || this.now() - (this.looked.get(version.version) ?? 0) < LOOK_EVERY_MS) return;
            const looks = await Promise.allSettled(version.addresses.map((address) => this.scraper.look(address, metrics)));
            for (const look of looks) if (look.status === "fulfilled") this.book.counted(version.version, this.now(), look.value);
            if (looks.some(({ status }) => status === "fulfilled")) this.looked.set(version.version, this.now());
        }));
    }

    /**
     * Makes requests of the pilot to a version that visitors make too few to, until so many in the window count. It asks for
     * the page of the version's check. A check that may change something, or is none, leaves the health page.
     */
    async topUp(of: Version, since: number, requests: number): Promise<void> {
        const { version, addresses } = of;
        const { check, health = any.health } = contractOf(of);
        const path = typeof check === "object" && check.method === "GET" ? check.path : health;
        const missing = Math.min(OWN_AT_ONCE, Math.ceil(requests - this.book.figures(version, since).requests));
        await Promise.all(Array.from({ length: Math.max(0, missing) }, async (_, index) => {
            const address = addresses[index % addresses.length];
            if (address === undefined) return;
            const status = await this.page(`http://${address}${path}`).then((page) => page.status, () => undefined);
            this.book.own(version, this.now(), status === undefined || status >= 500);
        }));
    }

    /** Docker calls an instance healthy as soon as it lives; whether it can serve, it says itself. One that could is asked no more. */
    private async askReady(address: string, path: string): Promise<void> {
        if (this.ready.has(address)) return;
        const status = await this.page(`http://${address}${path}`).then((page) => page.status, (error: Error) => error.message);
        if (status === 200) {
            this.ready.add(address);
            this.unready.delete(address);
        } else this.unready.set(address, typeof status === "number" ? `GET ${path} is answered with ${status}` : `GET ${path}: ${status}`);
    }

    /** What a version turned out to be judged by; undefined if that is known already, or can't be found out yet. */
    async detect(version: Version): Promise<Contract | undefined> {
        const declared = contractOf(version);
        if (isComplete(declared)) return undefined;
        for (const address of version.addresses) {
            const found = await detect(declared, address, this.page);
            this.unready.delete(address);
            if (typeof found !== "string") return found;
            this.unready.set(address, found);
        }
        return undefined;
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
            up: isComplete(contractOf(candidate)) && candidate.addresses.length > 0 && candidate.addresses.length >= candidate.wished && candidate.addresses.every((address) => this.ready.has(address)),
            unready: candidate.addresses.flatMap((address) => this.unready.get(address) ?? [])[0],
            crashes: this.book.figures(candidate.version, candidate.release?.since ?? since).restarts,
            candidate: this.figures(candidate, since, warm, stable && stable.addresses.length > 0 && hasCheck(stable) ? this.checks.of(stable.version) : undefined),
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
    private figures(of: Version, since: number, warm: number, beside?: Checked): Figures | undefined {
        const { version, addresses } = of;
        const up = addresses.length > 0;
        const { metrics = "none" } = contractOf(of);
        // An instance that is gone cannot be looked at; that it is gone is what there is to see.
        const lost = !this.readsLog() || (up && metrics !== "none" && this.now() - (this.looked.get(version) ?? 0) > STALE_MS);
        const downSeconds = up ? 0 : Math.floor((this.now() - (this.downSince.get(version) ?? this.now())) / 1000);
        const core = hasCheck(of) ? coreOf(this.checks.of(version), beside) : "none";
        const firstByte = metrics === "none" ? { firstByte: this.book.firstByte(version, warm) } : {};
        return lost ? undefined : { ...this.book.figures(version, since, warm), ...firstByte, up, downSeconds, core, ...(core === "failed" && { complaint: this.complaint(version) }) };
    }
}

const hasCheck = (version: Version): boolean => (contractOf(version).check ?? "none") !== "none";
