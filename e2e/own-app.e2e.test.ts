import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureBaseImages } from "../pocket/image/images";
import { until } from "../pocket/until";
import { antipode, domain, must, stackOutput, version, visitor } from "./pocket";
import { copyOf, deploy, over, restore, set, steps, versionAt } from "./versions";

const quick = { releaseWindowSeconds: "6", releaseKeepSeconds: "4", releaseMinRequests: "10" };
const sum = { appHealthPath: "/up", appCheck: '{"path":"/sum?of=1,2","text":"3"}' };
const us = `https://us.${domain}`;

/** So many that no address decides alone. */
const VISITORS = 40;

/** What visitors of as many addresses are answered, each once. A peer's gateway may say who the visitor is. */
async function answers(path: string, peerSecret: string): Promise<string[]> {
    const one = (visitor: number) => [
        "-s", "--max-time", "10", "-w", " %{http_code}\n", "-H", `x-antipode-peer: ${peerSecret}`, "-H", `x-forwarded-for: 203.0.113.${visitor}`, "-H", `x-antipode-visitor: visitor-of-the-number-${visitor}`, `${us}${path}`,
    ];
    const words = Array.from({ length: VISITORS }, (_, visitor) => [...(visitor > 0 ? ["--next"] : []), ...one(visitor)]).flat();
    const { stdout } = await visitor("us", "curl", ...words);
    return stdout.split(/(?<= \d{3})\n/).filter(Boolean).map((answer) => answer.replace(/\s+/g, " "));
}

describe("an app of one's own", () => {
    let peerSecret: string;
    /** Visitors come from before a version is released until its release is over. */
    async function release(folder: string, version: string, path: string) {
        let going = true;
        const visits = (async () => {
            while (going) await answers(path, peerSecret).then(() => pause(200));
        })();
        try {
            await deploy(["us"], folder, "50,100");
            return await over("us", version, 180);
        } finally {
            going = false;
            await visits;
        }
    }

    /** Workers of nginx from before a reload answer for a moment. */
    const served = (path: string, answer: string) => until(async () => (await answers(path, peerSecret)).every((one) => one === answer), { seconds: 30, every: 500, what: `all visitors to get "${answer}"` });

    beforeAll(async () => {
        // It takes a minute the first time.
        await ensureBaseImages(["python:3-slim"], () => undefined);
        ({ peerSecret } = (await stackOutput("cn")) as { peerSecret: string });
        await set("us", quick);
    }, 600_000);
    afterAll(() => restore("us"), 600_000);

    it("in Node.js takes the bundled one's place, judged by the gateway's log alone", async () => {
        const events = await release(copyOf("examples/hello", "2.0.0"), "2.0.0", "/");
        expect(steps(events)).toEqual([
            [`began: from ${version}`, 0], ["not judged by metrics or a check: the app has none", 0], ["50 % of the visitors get it", 50], ["all visitors get it", 100], ["finished", 100],
        ]);
        await served("/", "hello from 2.0.0 200");
        expect(await versionAt("us")).toBe("2.0.0");
        const status = JSON.parse(await must(antipode("status", "--json"))) as { regions: { name: string; healthy: boolean; version: string }[] };
        expect(status.regions).toContainEqual(expect.objectContaining({ name: "us", healthy: true, version: "2.0.0" }));
    }, 600_000);

    it("goes back by itself when its visitors get errors", async () => {
        const faulty = copyOf("examples/hello", "2.0.1", { "server.js": (text) => text.replace("return response.end(`hello", "return response.writeHead(500).end(`hello") });
        const events = await release(faulty, "2.0.1", "/");
        expect(events.at(-1)!.what).toMatch(/^gone back: \d+(\.\d)? % errors of \d+ requests \(\d+ failed, 0 streams cut\), more than (25|5) %$/);
        await served("/", "hello from 2.0.0 200");
        expect(await versionAt("us")).toBe("2.0.0");
    }, 600_000);

    it("in Python, without a HEALTHCHECK, is judged by its own check", async () => {
        await set("us", sum);
        const events = await release(copyOf("examples/sum", "3.0.0"), "3.0.0", "/sum?of=20,22");
        expect(steps(events)).toEqual([
            ["began: from 2.0.0", 0], ["not judged by metrics: the app has none", 0], ["50 % of the visitors get it", 50], ["all visitors get it", 100], ["finished", 100],
        ]);
        await served("/sum?of=20,22", "42 200");
        expect(await versionAt("us")).toBe("3.0.0");
    }, 600_000);

    it("goes back by itself when its answers are wrong", async () => {
        const faulty = copyOf("examples/sum", "3.0.1", { "server.py": (text) => text.replace("str(sum(", "str(1 + sum(") });
        const events = await release(faulty, "3.0.1", "/sum?of=20,22");
        expect(events.at(-1)!.what).toBe('gone back: its own check failed: the answer to GET /sum?of=1,2 does not contain "3"');
        await served("/sum?of=20,22", "42 200");
        expect(await versionAt("us")).toBe("3.0.0");
    }, 600_000);

    it("comes back by one command", async () => {
        await must(antipode("rollback", "us"));
        await served("/", "hello from 2.0.0 200");
        expect(await versionAt("us")).toBe("2.0.0");
        await over("us", "2.0.0", 60);
    }, 600_000);
});
