import { beforeEach, describe, expect, it } from "vitest";
import type { Contract, Declared } from "../apps/contract";
import type { Version } from "../releases/plan";
import type { Scraper } from "./scraper";
import { Watch } from "./watch";

const nothing: Contract = { preset: "any", health: "/up", check: "none", metrics: "none" };
const get = { method: "GET", path: "/answer?of=1", status: 200 };

describe("an app of one's own", () => {
    let now: number;
    let pages: string[];
    let scraped: unknown[][];
    let checked: unknown[][];
    let status: number | undefined;
    let tells: boolean;
    let passes: boolean;
    let watch: Watch;
    beforeEach(() => {
        [now, pages, scraped, checked, status, tells, passes] = [1_000_000, [], [], [], 200, true, true];
        const scraper = { keep: () => undefined, look: async (...asked: unknown[]) => (scraped.push(asked), tells ? new Map() : Promise.reject(new Error("no answer"))) };
        const check = { run: async (...asked: unknown[]) => (checked.push(asked), passes ? undefined : Promise.reject(new Error("GET /answer?of=1 is answered with 500"))) };
        const page = async (url: string) => (pages.push(url), status === undefined ? Promise.reject(new Error("connect ECONNREFUSED")) : { status, text: "hello" });
        watch = new Watch(() => true, scraper as unknown as Scraper, check, () => now, page);
    });

    const of = (version: string, contract: Declared | undefined, ip = "10.0.1.6"): Version => ({ version, ordinal: 1, wished: 1, addresses: [`${ip}:80`], contract });
    const look = async (versions: Version[], ms = 0) => {
        now += ms;
        await watch.look(versions);
        await new Promise(setImmediate);
    };

    it("is judged by the gateway's log alone if it has neither metrics nor a check: nothing of it is blind", async () => {
        const version = of("2.0.0", nothing);
        await look([version]);
        watch.attempt({ at: now, address: "10.0.1.6:80", visitor: "192.0.2.7", outcome: "answered" });
        await look([version], 60_000);
        expect(watch.sight(version, undefined, 0)).toMatchObject({ up: true, candidate: { up: true, core: "none" } });
        expect([scraped, checked, new Set(pages)]).toEqual([[], [], new Set(["http://10.0.1.6:80/up"])]);
    });

    it("is judged by its first bytes only if it has no metrics", async () => {
        const [plain, measured] = [of("2.0.0", nothing), of("1.0.0", { ...nothing, metrics: { port: 80, path: "/m" } }, "10.0.1.5")];
        watch.observe({ versions: [plain, measured], tasks: [] });
        await look([plain, measured]);
        for (let visitor = 0; visitor < 200; visitor += 1) watch.book.attempt("2.0.0", { at: now, visitor: `203.0.113.${visitor}`, outcome: "answered", firstByteMs: 80 });
        const { candidate, stable } = watch.sight(plain, measured, now);
        expect([candidate!.firstByte!.count > 100, candidate!.firstByte!.p95 <= 100, stable!.firstByte]).toEqual([true, true, undefined]);
    });

    it("is blind if it loses metrics that it had", async () => {
        const version = of("2.0.0", { ...nothing, metrics: { port: 80, path: "/m" } });
        await look([version]);
        expect([scraped, watch.sight(version, undefined, 0).candidate]).toMatchObject([[["10.0.1.6:80", { port: 80, path: "/m" }]], { core: "none" }]);
        tells = false;
        await look([version], 15_001);
        expect(watch.sight(version, undefined, 0).candidate).toBeUndefined();
    });

    it("is judged by its own check, also beside a stable version that has none", async () => {
        const version = of("2.0.0", { ...nothing, check: get });
        const stable = of("1.0.0", nothing, "10.0.1.5");
        passes = false;
        await look([version, stable]);
        await look([version, stable], 10_000);
        expect(checked).toEqual([["10.0.1.6:80", get], ["10.0.1.6:80", get]]);
        expect(watch.sight(version, stable, 0)).toMatchObject({ candidate: { core: "failed", complaint: "GET /answer?of=1 is answered with 500" }, stable: { core: "none" } });
    });

    it("is not up before it is known what it is, and is told why not", async () => {
        const version = of("2.0.0", {});
        await look([version]);
        expect(watch.sight(version, undefined, 0)).toMatchObject({ up: false, candidate: { core: "none" } });
        status = 503;
        expect([await watch.detect(version), watch.sight(version, undefined, 0).unready]).toEqual([undefined, "GET /health is answered with 503"]);
        status = 200;
        expect([await watch.detect(version), watch.sight(version, undefined, 0).unready]).toEqual([{ ...nothing, health: "/health" }, undefined]);
        expect(await watch.detect(of("2.0.0", nothing))).toBeUndefined();
    });

    it("says why it can't serve yet", async () => {
        const version = of("2.0.0", nothing);
        status = undefined;
        await look([version]);
        expect(watch.sight(version, undefined, 0)).toMatchObject({ up: false, unready: "GET /up: connect ECONNREFUSED" });
        status = 200;
        await look([version]);
        expect(watch.sight(version, undefined, 0)).toMatchObject({ up: true, unready: undefined });
    });

    it.each<[string, Contract["check"], string]>([
        ["by its check if that only reads", get, "http://10.0.1.6:80/answer?of=1"],
        ["by its health path if the check may change something", { method: "POST", path: "/order", status: 201 }, "http://10.0.1.6:80/up"],
        ["by its health path if there is no check", "none", "http://10.0.1.6:80/up"],
    ])("is topped up %s", async (_, check, url) => {
        await watch.topUp(of("2.0.0", { ...nothing, check }), 0, 1);
        expect(pages).toEqual([url]);
    });
});
