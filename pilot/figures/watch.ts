import type { Sight } from "../releases/release";
import type { Version } from "../releases/plan";
import type { Figures } from "../releases/verdict";
import type { View } from "../swarm/swarm";
import { addressOf } from "../swarm/versions";
import { Book } from "./book";
import type { CoreCheck } from "./core-check";
import { type Ending, endingOf } from "./endings";
import type { Attempt } from "./gateway-log";
import { getPage } from "./get";
import type { Scraper } from "./scraper";

/** How old the last look at a source may be before the source counts as lost. */
const STALE_MS = 15_000;
/** How often instances are asked what they counted. */
const LOOK_EVERY_MS = 3_000;
/** How often a version's own check is made, at most. */
const CHECK_EVERY_MS = 10_000;
/** Requests of its own in one look. */
const OWN_AT_ONCE = 5;
/** One failure may be chance: of a model, a line, a second. */
const FAILURES = 2;

interface Check { failures: number; passed: boolean; endedAt: number; running: boolean; why?: string }

/** What is seen of the versions, from all sources together. */
export class Watch {
    readonly book = new Book();
    private readonly versions = new Map<string, string>();
    private readonly looked = new Map<string, number>();
    private readonly checks = new Map<string, Check>();
    private readonly ready = new Set<string>();
    private readonly ended = new Set<string>();
    /** How the instance ended that had an address, until another one has it. */
    private readonly gone = new Map<string, Ending>();
    private readonly downSince = new Map<string, number>();

    constructor(private readonly readsLog: () => boolean, private readonly scraper: Scraper, private readonly core: CoreCheck, private readonly now: () => number = Date.now, private readonly page = getPage) {}

    /**
     * A line of the gateway's log; of an address that is no version's it says nothing. Nor does it where the instance had
     * ended with its machine: a gateway that has just begun again leads to where they all were, until it is told better.
     */
    attempt(attempt: Attempt): void {
        const version = this.versions.get(attempt.address);
        const ending = this.gone.get(attempt.address);
        // The log tells whole seconds.
        if (ending && attempt.at >= Math.floor(ending.at / 1000) * 1000 && this.book.isShared(ending)) return;
        if (version !== undefined) this.book.attempt(version, attempt);
    }

    /** What the Swarm says: whose an address is, which instances have ended, and which versions have none. */
    observe({ tasks, versions }: View): void {
        for (const task of tasks) {
            const host = addressOf(task);
            const address = host && `${host}:80`;
            if (address !== undefined && !this.versions.has(address)) this.versions.set(address, task.version);
            const ending = endingOf(task, this.now());
            if (!ending || this.ended.has(task.ID)) continue;
            this.ended.add(task.ID);
            this.book.ended(ending);
            if (address !== undefined && ending.at > (this.gone.get(address)?.at ?? 0)) this.gone.set(address, ending);
        }
        for (const { version, addresses } of versions) {
            for (const address of addresses) {
                this.versions.set(address, version);
                this.gone.delete(address);
            }
            if (addresses.length > 0) this.downSince.delete(version);
            else if (!this.downSince.has(version)) this.downSince.set(version, this.now());
        }
    }

    /** Looks at the instances of these versions, and begins their own checks where they are due. */
    async look(versions: Version[]): Promise<void> {
        const there = new Set(versions.flatMap(({ addresses }) => addresses));
        this.scraper.keep(there);
        for (const address of this.ready) if (!there.has(address)) this.ready.delete(address);
        await Promise.all(versions.map(async (version) => {
            this.check(version);
            await Promise.all(version.addresses.map((address) => this.askReady(address)));
            if (this.now() - (this.looked.get(version.version) ?? 0) < LOOK_EVERY_MS) return;
            const looks = await Promise.allSettled(version.addresses.map((address) => this.scraper.look(address)));
            for (const look of looks) if (look.status === "fulfilled") this.book.counted(version.version, this.now(), look.value);
            if (looks.some(({ status }) => status === "fulfilled")) this.looked.set(version.version, this.now());
        }));
    }

    /**
     * Makes requests of its own to a version that visitors make too few to, until there are so many in the window. What it
     * asks, a page that any instance has, shows little; but that it is answered is seen.
     */
    async topUp({ version, addresses }: Version, since: number, requests: number): Promise<void> {
        const missing = Math.min(OWN_AT_ONCE, requests - this.book.figures(version, since).requests);
        await Promise.all(Array.from({ length: Math.max(0, missing) }, async (_, index) => {
            const address = addresses[index % addresses.length];
            if (address === undefined) return;
            const status = await this.askHealth(address);
            this.book.attempt(version, { at: this.now(), address, outcome: status !== undefined && status < 500 ? "answered" : "failed" });
            this.book.synthetic(version, this.now());
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
        this.checks.delete(version);
        this.looked.delete(version);
    }

    /** What a release is judged by. @param since of its window */
    sight(candidate: Version, stable: Version | undefined, since: number): Omit<Sight, "led"> {
        return {
            up: candidate.addresses.length > 0 && candidate.addresses.length >= candidate.wished && candidate.addresses.every((address) => this.ready.has(address)),
            crashes: this.book.figures(candidate.version, candidate.release?.since ?? since).restarts,
            candidate: this.figures(candidate, since),
            stable: stable && this.figures(stable, since),
        };
    }

    /** Why a version's own check failed, the last time that it did. */
    complaint(version: string): string | undefined {
        return this.checks.get(version)?.why;
    }

    private figures({ version, addresses }: Version, since: number): Figures | undefined {
        const up = addresses.length > 0;
        const check = this.checks.get(version);
        const core = check && check.failures >= FAILURES ? "failed" : check?.passed ? "passed" : "not yet";
        // An instance that is gone cannot be looked at; that it is gone is what there is to see.
        const lost = !this.readsLog() || (up && this.now() - (this.looked.get(version) ?? 0) > STALE_MS);
        const downSeconds = up ? 0 : Math.floor((this.now() - (this.downSince.get(version) ?? this.now())) / 1000);
        return lost ? undefined : { ...this.book.figures(version, since), up, downSeconds, core };
    }

    /** In the background: a model may take its time. */
    private check({ version, addresses }: Version): void {
        const [address] = addresses;
        const check = this.checks.get(version) ?? { failures: 0, passed: false, endedAt: 0, running: false };
        this.checks.set(version, check);
        if (address === undefined || check.running || this.now() - check.endedAt < CHECK_EVERY_MS) return;
        check.running = true;
        void this.core.run(address)
            .then(() => Object.assign(check, { failures: 0, passed: true }), (error: Error) => Object.assign(check, { failures: check.failures + 1, why: error.message }))
            .finally(() => Object.assign(check, { running: false, endedAt: this.now() }));
    }
}
