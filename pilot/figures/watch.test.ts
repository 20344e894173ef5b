import { beforeEach, describe, expect, it } from "vitest";
import type { Version } from "../releases/plan";
import type { View } from "../swarm/swarm";
import type { SwarmTask } from "../swarm/versions";
import type { Attempt } from "./gateway-log";
import type { Scraper } from "./scraper";
import { retained } from "../test/retained";
import { Watch } from "./watch";

const candidate: Version = { version: "1.5.0", ordinal: 2, wished: 1, addresses: ["10.0.1.6:80"] };
const stable: Version = { version: "1.4.0", ordinal: 1, wished: 1, addresses: ["10.0.1.5:80"] };
const versions = [candidate, stable];
const task = (version: string, ID: string, State: string, more: Partial<SwarmTask> = {}): View["tasks"][0] => ({ version, ID, ServiceID: version, DesiredState: "running", Status: { State }, ...more });
const at = (ip: string): Partial<SwarmTask> => ({ NetworksAttachments: [{ Network: { Spec: { Name: "antipode" } }, Addresses: [`${ip}/24`] }] });
/** What a cohort of users met since the last look. */
const turns = { turns: 1, unfinished: 1, firstTokens: [] };
/** Of three visitors the one who speaks most against a version does not count, and the one who speaks most for it. */
const attempts = (watch: Watch, at: number, address: string, outcome: Attempt["outcome"]) => [1, 2, 3].forEach((visitor) => watch.attempt({ at, address, visitor: `203.0.113.${visitor}`, outcome }));
const running = [task("1.5.0", "r1", "running", at("10.0.1.6")), task("1.4.0", "r2", "running", at("10.0.1.5"))];

describe("what is seen of versions", () => {
    let now: number;
    let reads: boolean;
    let tells: boolean;
    let core: string | undefined;
    let asked: string[];
    let watch: Watch;
    let pages: string[];
    let status: number | undefined;
    beforeEach(() => {
        [pages, status] = [[], 200];
        [now, reads, tells, core, asked] = [1_000_000, true, true, undefined, []];
        const scraper = { keep: () => undefined, look: async () => (tells ? new Map([["1", turns], ["2", turns]]) : Promise.reject(new Error("no answer"))) };
        const check = { run: async (address: string) => (asked.push(address), core === undefined ? undefined : Promise.reject(new Error(core))) };
        const page = async (url: string) => (pages.push(url), status === undefined ? Promise.reject(new Error("no answer")) : { status, text: "" });
        watch = new Watch(() => reads, scraper as unknown as Scraper, check, () => now, page);
        watch.observe({ versions, tasks: running });
    });

    const look = async (ms = 0) => {
        now += ms;
        await watch.look(versions);
        // Whatever was begun beside it.
        await new Promise(setImmediate);
    };
    const sight = (since = 0) => watch.sight(candidate, stable, since);

    it("is that a version is up when each of its instances says that it can serve, and then it is asked no more", async () => {
        const up = async () => (await look(), sight().up);
        status = 503;
        expect(await up()).toBe(false);
        status = undefined;
        expect(await up()).toBe(false);
        status = 200;
        expect(await up()).toBe(true);
        status = 503;
        expect(await up()).toBe(true);
        // Another instance has to say so again.
        await watch.look([{ ...candidate, addresses: ["10.0.1.9:80"] }]);
        expect(watch.sight({ ...candidate, addresses: ["10.0.1.9:80"] }, stable, 0).up).toBe(false);
    });

    it("is counted for the version whose address it is, and for nobody else", async () => {
        await look();
        for (const [address, outcome] of [["10.0.1.6:80", "answered"], ["10.0.1.6:80", "failed"], ["10.0.1.5:80", "answered"], ["10.0.1.9:80", "failed"]] as const) attempts(watch, now, address, outcome);
        expect(sight().candidate).toMatchObject({ requests: 4, failed: 2, cut: 0, up: true, core: "passed", turns: { count: 1, unfinished: 1 } });
        expect(sight().stable).toMatchObject({ requests: 1, failed: 0 });
    });

    it("is of the past too: an instance that is gone has had its address", () => {
        watch.observe({ versions, tasks: [task("1.5.0", "t1", "failed", at("10.0.1.7"))] });
        attempts(watch, now, "10.0.1.7:80", "failed");
        expect(watch.book.figures("1.5.0", 0)).toMatchObject({ requests: 2, failed: 2, restarts: 1 });
    });

    it("counts each instance that ended by itself once, and knows the kernel's hand", () => {
        const killed = task("1.5.0", "t2", "failed", { Status: { State: "failed", Timestamp: new Date(now).toISOString(), ContainerStatus: { ExitCode: 137 } } });
        for (let times = 0; times < 3; times += 1) watch.observe({ versions, tasks: [task("1.5.0", "t1", "failed"), killed, task("1.5.0", "t3", "shutdown"), task("1.5.0", "t4", "running")] });
        expect(watch.book.figures("1.5.0", 0)).toMatchObject({ restarts: 2, outOfMemory: 1 });
        expect(sight().crashes).toBe(2);
    });

    it.each([
        [30_000, 9_999, [0, 1]],
        [30_000, 10_000, [1, 1]],
        [8_000, 3_999, [0, 1]],
        [8_000, 4_000, [1, 1]],
    ])("has first tokens of a candidate that is warm: in a window of %i ms, %i ms after its beginning", async (window, after, counts) => {
        const since = now;
        await look(window);
        for (const { version } of versions) {
            const cohort = { ...turns, firstTokens: [{ within: 0.5, count: 1 }, { within: Infinity, count: 1 }] };
            watch.book.counted(version, since + after, new Map([["1", cohort], ["2", cohort]]));
        }
        expect([sight(since).candidate, sight(since).stable].map((figures) => figures?.firstToken.count)).toEqual(counts);
    });

    it("blames nobody for what a machine that began again has done to all", () => {
        const ended = (version: string, ID: string, ip: string, ms: number) => task(version, ID, "failed", { ...at(ip), Status: { State: "failed", Timestamp: new Date(ms).toISOString(), ContainerStatus: { ExitCode: 137 } } });
        const tasks = [ended("1.5.0", "t1", "10.0.1.16", now - 900), ended("1.4.0", "t2", "10.0.1.15", now - 904), ended("1.5.0", "t3", "10.0.1.17", now - 60_000)];
        watch.observe({ versions, tasks });
        for (const address of ["10.0.1.15:80", "10.0.1.16:80", "10.0.1.17:80"]) attempts(watch, now - 1_000, address, "failed");
        expect([watch.book.figures("1.5.0", now - 30_000), watch.book.figures("1.4.0", 0)]).toMatchObject([{ requests: 2, failed: 2, restarts: 0, outOfMemory: 0 }, { requests: 0, restarts: 0 }]);
        expect(watch.book.figures("1.5.0", 0)).toMatchObject({ restarts: 1, outOfMemory: 1 });
        // What came before they ended was their own, and so is what whoever has the address now does. Until he can serve, nobody does it.
        attempts(watch, now - 3_000, "10.0.1.16:80", "failed");
        const next = task("1.4.0", "t4", "running", { ...at("10.0.1.16"), Status: { State: "running", Timestamp: new Date(now + 9_000).toISOString() } });
        watch.observe({ versions: [{ ...stable, addresses: ["10.0.1.16:80"] }], tasks: [next, ...tasks] });
        attempts(watch, now + 5_000, "10.0.1.16:80", "failed");
        attempts(watch, now + 9_000, "10.0.1.16:80", "answered");
        expect([watch.book.figures("1.5.0", 0), watch.book.figures("1.4.0", 0)]).toMatchObject([{ requests: 4, failed: 4 }, { requests: 1, failed: 0 }]);
    });

    it.each<[string, () => void]>([
        ["the gateway's log", () => void (reads = false)],
        ["the instances' metrics", () => void (tells = false)],
    ])("is nothing when %s cannot be read for long", async (_, lose) => {
        await look();
        expect(sight().candidate).toBeDefined();
        lose();
        await look(15_001);
        expect([sight().candidate, sight().stable]).toEqual([undefined, undefined]);
    });

    it("is that no instance is there, and since when, whatever cannot be looked at", async () => {
        const gone = { ...candidate, addresses: [] };
        const down = () => [watch.sight(gone, stable, 0).up, watch.sight(gone, stable, 0).candidate?.up, watch.sight(gone, stable, 0).candidate?.downSeconds];
        // Who has just begun to look knows of no time before.
        expect(down()).toEqual([false, false, 0]);
        watch.observe({ versions: [gone, stable], tasks: [] });
        now += 7_900;
        watch.observe({ versions: [gone, stable], tasks: [] });
        expect(down()).toEqual([false, false, 7]);
        watch.observe({ versions, tasks: [] });
        await look();
        expect(sight().candidate).toMatchObject({ up: true, downSeconds: 0 });
        watch.observe({ versions: [gone, stable], tasks: [] });
        expect(down()).toEqual([false, false, 0]);
    });

    it("has the versions' own checks in it, the candidate's beside those of the stable version, where that has an instance", async () => {
        const verdicts: (string | undefined)[][] = [];
        const see = async (...seen: Version[]) => {
            now += 10_000;
            await watch.look(seen);
            await new Promise(setImmediate);
            verdicts.push([sight().candidate?.core, sight().stable?.core, watch.sight(candidate, { ...stable, addresses: [] }, 0).candidate?.core]);
        };
        core = "a chat broke off";
        await see(candidate);
        await see(candidate);
        await see(candidate, stable);
        await see(candidate, stable);
        core = undefined;
        await see(candidate, stable);
        expect(verdicts).toEqual([["not yet", undefined, "not yet"], ["failing", undefined, "failed"], ["failing", "not yet", "failed"], ["failed", "failed", "failed"], ["passed", "passed", "passed"]]);
        expect(watch.complaint("1.5.0")).toBe("a chat broke off");
    });

    it("is topped up with requests of the pilot's own, until there are enough, and those that fail count", async () => {
        attempts(watch, now, "10.0.1.6:80", "answered");
        await watch.topUp(candidate, 0, 8);
        expect(watch.book.figures("1.5.0", 0)).toMatchObject({ requests: 6, synthetic: 5, failed: 0 });
        status = undefined;
        await watch.topUp(candidate, 0, 8);
        await watch.topUp(candidate, 0, 8);
        expect(watch.book.figures("1.5.0", 0)).toMatchObject({ requests: 8, synthetic: 7, failed: 2 });
        expect(new Set(pages)).toEqual(new Set(["http://10.0.1.6:80/api/health"]));
    });

    it("does not check more often than every ten seconds, and not where nobody is", async () => {
        for (const ms of [0, 5_000, 4_999, 1]) await look(ms);
        expect(asked.filter((address) => address === "10.0.1.6:80").length).toBe(2);
    });

    it("is no more than a window needs, however many versions served and for how long", () => {
        const serve = (minor: number, hours: number) => {
            const [version, ID, address] = [`2.${minor}.0`, `s${minor}`, `10.0.2.${minor}`];
            const serving: Version = { version, ordinal: minor, wished: 1, addresses: [`${address}:80`] };
            const old = task(`2.${minor - 1}.0`, `s${minor - 1}`, "failed", at(`10.0.2.${minor - 1}`));
            for (let second = 0; second < hours * 3_600; second += 10, now += 10_000) {
                watch.observe({ versions: [serving], tasks: [task(version, ID, "running", at(address)), ...(second < 600 ? [old] : [])] });
                for (let ago = 0; ago < 10; ago += 1) attempts(watch, now - ago * 1_000, `${address}:80`, "answered");
            }
        };
        serve(1, 1);
        const after = retained(watch);
        for (let minor = 2; minor < 12; minor += 1) serve(minor, 4);
        expect(retained(watch) - after).toBeLessThan(50);
    });

    it("is of the whole window, also one that is longer than any pause", () => {
        const release = { id: "r", version: "1.5.0", from: "1.4.0", strategy: { weights: [100], windowSeconds: 600 }, phase: "full" as const, step: 0, since: now, watched: 0 };
        for (let second = 0; second < 900; second += 1, now += 1_000) {
            watch.observe({ versions: [{ ...candidate, release }, stable], tasks: running });
            attempts(watch, now, "10.0.1.6:80", "answered");
        }
        expect(watch.book.figures("1.5.0", release.since).requests).toBe(900);
    });
});
