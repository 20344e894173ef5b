import { beforeEach, describe, expect, it } from "vitest";
import type { Version } from "../releases/plan";
import { judge, judgeEarly, usualRules } from "../releases/verdict";
import type { View } from "../swarm/swarm";
import type { CoreCheck } from "./core-check";
import { LogReader } from "./log-reader";
import type { Scraper } from "./scraper";
import { Watch } from "./watch";

const candidate: Version = { version: "1.5.0", ordinal: 2, wished: 1, addresses: ["10.0.1.6:80"] };
const stable: Version = { version: "1.4.0", ordinal: 1, wished: 1, addresses: ["10.0.1.5:80"] };
const running = ({ version, addresses: [address] }: Version): View["tasks"][0] => ({
    version, ID: version, ServiceID: version, DesiredState: "running", Status: { State: "running" },
    NetworksAttachments: [{ Network: { Spec: { Name: "antipode" } }, Addresses: [`${address!.split(":")[0]}/24`] }],
});
const hostile = "198.51.100.66";

describe("a verdict on a candidate", () => {
    let now: number;
    let watch: Watch;
    let reader: LogReader;
    /** What the candidate does when the pilot asks it. */
    let answersPage: boolean;
    let answersChat: boolean;
    beforeEach(async () => {
        [now, answersPage, answersChat] = [Date.parse("2026-12-01T12:00:00Z"), true, true];
        const scraper = { keep: () => undefined, look: async () => new Map() };
        const core = { run: async (address: string) => (answersChat || address === "10.0.1.5:80" ? undefined : Promise.reject(new Error("/api/chat took longer than 60 s"))) };
        const page = async (url: string) => (answersPage || !url.includes("10.0.1.6") ? { status: 200, text: "" } : Promise.reject(new Error("no answer")));
        watch = new Watch(() => true, scraper as unknown as Scraper, core as unknown as CoreCheck, () => now, page);
        reader = new LogReader((attempt) => watch.attempt(attempt));
        watch.observe({ versions: [candidate, stable], tasks: [running(candidate), running(stable)] });
        await look();
    });

    const look = async () => {
        await watch.look([candidate, stable]);
        await new Promise(setImmediate);
    };
    type Fields = Record<string, string>;
    const line = (visitor: string, { addresses: [upstream] }: Version, fields: Fields = {}) =>
        reader.access(JSON.stringify({ time: new Date(now).toISOString(), remote: visitor, visitor, connection: "1", status: "200", completion: "OK", upstream, upstream_status: "200", ...fields }));
    const some = (count: number, work: (index: number) => void) => Array.from({ length: count }, (_, index) => work(index));
    /** Visitors with an address each, of both versions. */
    const visitors = (requests = 10, fields: Fields = {}) => some(20, (visitor) => some(requests, () => (line(`203.0.113.${visitor}`, candidate, fields), line(`203.0.113.${visitor}`, stable))));
    const verdict = () => {
        const sight = watch.sight(candidate, stable, 0);
        return [judge(sight.candidate, sight.stable, usualRules).is, judgeEarly(sight.candidate, sight.stable, usualRules)?.is];
    };
    const figures = () => watch.sight(candidate, stable, 0).candidate!;

    const left = { status: "499", completion: "", upstream_status: "-" };
    const failed = { status: "500", upstream_status: "500" };

    it.each<[string, Fields, number]>([
        ["resets its streams before the first byte", left, 134],
        ["resets them in the middle", { completion: "" }, 10_000],
        ["resets them after another instance was tried", { status: "499", completion: "", upstream: "10.0.1.6:80, 10.0.1.6:80", upstream_status: "502, -" }, 134],
        ["finds a request that fails, and repeats it", failed, 10_000],
        ["finds a way to be answered in vain", { status: "424", upstream_status: "424" }, 500],
    ])("is the same with a client that %s", (_, fields, times) => {
        visitors();
        some(times, () => line(hostile, candidate, fields));
        expect(verdict()).toEqual(["pass", undefined]);
        const { left, capped, trimmed } = figures().excluded!;
        expect(left + capped + trimmed).toBeGreaterThanOrEqual(times);
    });

    it("is the same with a client that fails on one version, then on the other", () => {
        for (const version of [candidate, stable]) {
            visitors();
            some(1_000, () => line(hostile, version, failed));
            expect(verdict()).toEqual(["pass", undefined]);
        }
    });

    it("is the same with a client that has a new IPv6 address for each request", () => {
        visitors();
        some(2_000, (index) => line(`2001:db8:1:2::${index.toString(16)}`, candidate, failed));
        expect(verdict()).toEqual(["pass", undefined]);
    });

    it("is the same with a client whose streams are cut", () => {
        visitors();
        some(500, (index) => {
            reader.error(`2026/12/01 12:00:00 [error] 7#7: *${index} upstream prematurely closed connection while reading upstream, client: ${hostile}, server: x, request: "GET /x HTTP/2.0", upstream: "http://10.0.1.6:80/x", host: "x"`);
            line(hostile, candidate, { connection: String(index) });
        });
        expect(verdict()).toEqual(["pass", undefined]);
    });

    it("is against one that fails for all others, however often one client succeeds", () => {
        visitors(5, failed);
        visitors(5);
        some(100_000, () => line(hostile, candidate));
        expect(verdict()).toEqual(["fail", "fail"]);
        expect(figures().excluded!.capped).toBeGreaterThan(99_000);
    });

    it("is against one that fails for many who come to the peer's gateway, which has one address", () => {
        visitors(0);
        some(20, (visitor) => some(10, (index) => line(`203.0.113.${visitor}`, candidate, { remote: "192.0.2.1", ...(index < 3 ? failed : {}) })));
        expect(verdict()).toEqual(["fail", "fail"]);
    });

    it("waits with visitors of one address alone, until the pilot has made requests of its own", async () => {
        some(1_000, () => line(hostile, candidate, failed));
        expect(verdict()).toEqual(["little", undefined]);
        for (let times = 0; times < 4; times += 1) await watch.topUp(candidate, 0, usualRules.minRequests);
        expect(verdict()).toEqual(["pass", undefined]);
        expect(figures()).toMatchObject({ requests: 20, synthetic: 20, failed: 0, excluded: { trimmed: 1_000 } });
    });

    describe("that hangs, so that all visitors leave", () => {
        beforeEach(() => void visitors(10, left));

        it("is against it: it does not answer the pilot", async () => {
            answersPage = false;
            expect([verdict(), figures().excluded!.left]).toEqual([["little", undefined], 200]);
            for (let times = 0; times < 4; times += 1) await watch.topUp(candidate, 0, usualRules.minRequests);
            expect(verdict()).toEqual(["fail", "fail"]);
        });

        it("is against it: its check takes too long, though it answers a page", async () => {
            answersChat = false;
            for (let times = 0; times < 4; times += 1) {
                now += 10_000;
                await look();
            }
            expect(verdict()).toEqual(["fail", "fail"]);
        });

        it("is against it as soon as two visitors wait until the gateway gives up", () => {
            for (const visitor of ["203.0.113.30", "203.0.113.31"]) some(20, () => line(visitor, candidate, { status: "504", upstream_status: "504" }));
            expect(verdict()).toEqual(["fail", "fail"]);
        });
    });
});
