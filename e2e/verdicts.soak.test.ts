import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { until } from "../pocket/until";
import { built } from "./build";
import { complaints, counted, Load, pace, size } from "./load/load";
import type { Met } from "./load/visitor";
import { antipode, domain, models, must } from "./pocket";
import { appOf, type Change, deploy, failingWhen, hook, over, prepare, restore, set, shared, steps, told, toldWhen, versionAt } from "./versions";

const base = "3.0.0";
const ofVisitors = `request.headers["x-antipode-visitor"] !== undefined`;

const faults = {
    crashes: { "main.ts": (text) => `console.error("a setting is missing");\nprocess.exit(3);\n${text}` },
    // A quarter of the one half of the requests, which with the others and the streams makes a tenth.
    failsNowAndThen: failingWhen("asked++ % 4 === 0"),
    cutsStreams: hook(`app.addHook("onRequest", async (request, reply) => {
        if (request.url !== "/api/chat" || !(${ofVisitors})) return;
        const look = setInterval(() => { if (!reply.raw.headersSent) return; clearInterval(look); request.raw.socket.destroy(); }, 200);
    });`),
    isSlow: { "turn/chat.ts": (text) => text.replace("    let { answer, error } = await ask(", "    await new Promise((resolve) => setTimeout(resolve, 3_000));\n    let { answer, error } = await ask(") },
} satisfies Record<string, Change>;

const bad = { "3.0.1": "crashes", "3.0.2": "failsNowAndThen", "3.0.3": "cutsStreams", "3.0.4": "isSlow" } as const;

describe("a version that is no good", () => {
    let load: Load;
    const folders: Record<string, string> = {};
    beforeAll(async () => {
        await prepare("us", base);
        for (const [version, fault] of Object.entries(bad)) folders[version] = await built(appOf(version, faults[fault]));
        await models(pace);
        load = await Load.begin("us", `https://us.${domain}`);
    });
    afterEach(() => until(async () => (await versionAt("us")) === base, { seconds: 20, every: 500, what: `${base} to answer again` }));
    afterAll(async () => {
        await load?.end();
        await models({ clear: "ark" });
        await restore("us");
    }, 300_000);

    /** Releases it; gives what happened, and what the visitors met from before it until after it. */
    async function release(version: keyof typeof bad, strategy: string) {
        await load.met();
        await deploy(["us"], folders[version]!, strategy);
        const events = await over("us", version);
        return { events, met: await load.met() };
    }

    /** What those met who had nothing to do with it. */
    const bystanders = (met: Met[], version: string) => met.filter(({ versions }) => !versions.includes(version));

    it("never gets a visitor when it does not become healthy; its last words are kept", async () => {
        const { events, met } = await release("3.0.1", "medium");
        expect(steps(events)).toEqual([[`began: from ${base}`, 0], [expect.stringMatching(/^gone back: \d instances ended before they were healthy$/), 0]]);
        expect(events.at(-1)!.log).toContain("a setting is missing");
        expect([complaints(met), counted(met).requests > size.perSecond]).toEqual([{}, true]);
    });

    it("goes back within its first window when a tenth of its answers are errors; who did not get it notices nothing", async () => {
        const { events, met } = await release("3.0.2", "50,100");
        expect(steps(events)).toEqual([
            [`began: from ${base}`, 0], ["50 % of the visitors get it", 50], [expect.stringMatching(/^gone back: [\d.]+ % errors of \d+ requests \(\d+ failed, 0 streams cut\), more than (25|5) %$/), 0],
        ]);
        expect(bystanders(met, "3.0.2").length).toBeGreaterThan(size.visitors / 10);
        expect(complaints(bystanders(met, "3.0.2"))).toEqual({});
    });

    it("goes back when it answers with 200 and cuts its streams", async () => {
        const { events, met } = await release("3.0.3", "50,100");
        expect(steps(events).slice(1)).toEqual([["50 % of the visitors get it", 50], [expect.stringMatching(/^gone back: [\d.]+ % errors of \d+ requests \(0 failed, \d+ streams cut\), more than (25|5) %$/), 0]]);
        expect([met.flatMap(({ failed }) => failed), Object.keys(complaints(met)).filter((what) => !/other side closed|broke off/.test(what))]).toEqual([[], []]);
    });

    it("goes back when its first token comes late", async () => {
        // Twenty visitors of each version have to have asked something; the pilot that begins with it has to know already.
        await set("us", { releaseWindowSeconds: "25" });
        await must(antipode("up", "us"));
        const { events, met } = await release("3.0.4", "50,100");
        expect(steps(events).slice(1)).toEqual([["50 % of the visitors get it", 50], [expect.stringMatching(/^gone back: its first token comes after \d+ ms, the stable version's after \d+ ms/), 0]]);
        expect(complaints(met)).toEqual({});
    });
});

describe("a good version whose surroundings are not", () => {
    beforeAll(async () => {
        await prepare("us", "3.1.0", { releaseWindowSeconds: "40" });
    });
    afterAll(async () => {
        await must(antipode("pocket", "registry", "start"));
        await models({ clear: "ark" });
        await must(antipode("pocket", "start", "us"));
        await restore("us");
    }, 400_000);

    const isPaused = ({ what }: { what: string }) => what.startsWith("paused: both versions are bad");

    it("is paused, and not taken back, when both are bad: without a model, without the database", async ({ onTestFinished }) => {
        const folder = await built(appOf("3.1.1"));
        const load = await Load.begin("us", `https://us.${domain}`);
        onTestFinished(() => load.leave());
        await deploy(["us"], folder, "10,100");
        await shared("us", "3.1.1");
        await models({ provider: "ark", kind: "error", code: "InternalServiceError" });
        await toldWhen("us", "3.1.1", isPaused, "to be paused");
        await models({ clear: "ark" });
        await models(pace);
        // The app asks a model service that failed again only after a while.
        await until(async () => ((met) => Object.keys(complaints(met)).length === 0 && counted(met).streams > 0)(await load.met()), { seconds: 60, every: 3_000, what: "the model to answer everybody again" });

        await must(antipode("pocket", "stop", "cn", "mongod"));
        onTestFinished(async () => void (await must(antipode("pocket", "start", "cn", "mongod"))));
        await must(antipode("resume", "us"));
        await toldWhen("us", "3.1.1", isPaused, "to be paused again");
        const met = await load.met();
        expect([[...new Set(met.flatMap(({ cut }) => cut))], counted(met).streams > 5]).toEqual([[], true]);
    }, 400_000);

    it("waits for its image while the registry is away, and then comes", async () => {
        await deploy(["us"], appOf("3.1.2"), "low");
        expect(await told("us", "3.1.2")).toEqual([]);
        await must(antipode("pocket", "registry", "stop"));
        await must(antipode("promote", "us"));
        await over("us", "3.1.1");
        expect(steps(await toldWhen("us", "3.1.2", ({ phase }) => phase === "starting", "to begin"))).toEqual([["began: from 3.1.1", 0]]);
        expect(await versionAt("us")).toBe("3.1.1");
        await must(antipode("pocket", "registry", "start"));
        expect(steps(await over("us", "3.1.2"))).toEqual([["began: from 3.1.1", 0], ["all visitors get it", 100], ["finished", 100]]);
    }, 400_000);

    it("goes on after its machine was rebooted, and without visitors makes requests of its own", async () => {
        await deploy(["us"], appOf("3.1.3"), "50,100");
        await shared("us", "3.1.3");
        await must(antipode("pocket", "stop", "us"));
        await must(antipode("pocket", "start", "us"));
        await until(async () => ["3.1.2", "3.1.3"].includes(await versionAt("us")), { seconds: 120, every: 1_000, what: "us to answer again" });
        const events = await over("us", "3.1.3", 240);
        expect(steps(events)).toEqual([["began: from 3.1.2", 0], ["50 % of the visitors get it", 50], ["all visitors get it", 100], ["finished", 100]]);
    }, 500_000);
});
