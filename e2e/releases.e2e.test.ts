import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressesOf, take } from "./load/addresses";
import { antipode, appService, domain, inside, login, must, pulumi, served, version, visitor } from "./pocket";
import { appOf, deploy, failingWhen, over, restore, set, steps, versionAt } from "./versions";

const quick = { releaseWindowSeconds: "4", releaseKeepSeconds: "4", releaseMinRequests: "5" };

/**
 * What curl says when a connection was closed before its request was begun: HTTP/2's GOAWAY, no answer, or a reset.
 * nginx before 1.27.4 does that at a reload to whoever has just come (of a thousand connections, while it reloads twice a
 * second, one); browsers ask once more, and so do these visitors.
 */
const closedBefore = [16, 52, 55, 56];

async function asked(address: string, url: string, headers: string[]): Promise<string> {
    const ask = () => visitor("us", "curl", "--interface", address, "-s", "-o", "/dev/null", "-w", "%{http_code}", "--max-time", "20", ...headers.flatMap((header) => ["-H", header]), url);
    const first = await ask();
    const { code, stdout } = first.stdout === "000" && closedBefore.includes(first.code) ? await ask() : first;
    return code === 0 ? stdout : `curl ended with ${code}`;
}

/** Where visitors come from: what one address meets decides no release. */
const addresses = addressesOf("us", 3);

/** Visitors of us who ask all the time; what they were answered. */
function traffic(token: string): { stop(): Promise<string[]> } {
    let going = true;
    const answers: string[] = [];
    const one = async (address: string) => {
        while (going) {
            const id = Math.random().toString(36).slice(2).padEnd(16, "0");
            answers.push(await asked(address, `https://us.${domain}/api/sessions/11111111-1111-4111-8111-111111111111/messages`, [`x-antipode-visitor: ${id}`, `authorization: Bearer ${token}`]));
            await pause(50);
        }
    };
    const all = Promise.all(addresses.map(one));
    return { stop: async () => { going = false; await all; return answers; } };
}

describe("a version of the app", () => {
    let token: string;
    beforeAll(async () => {
        await set("us", quick);
        await must(antipode("up", "us"));
        await take("us", addresses);
        token = await login("us", "ada");
    }, 300_000);
    afterAll(() => restore("us"), 300_000);

    it("comes back by itself when somebody removed its services by hand, and the one that went back does not", async () => {
        await deploy(["us"], appOf("1.0.9", { "main.ts": (text) => `process.exit(3);\n${text}` }), "low");
        expect((await over("us", "1.0.9", 180)).at(-1)!.phase).toBe("back");
        await inside("us", `docker service rm gateway ${appService}`);
        await must(antipode("up"));
        await served("us", "US", 60);
        expect(await versionAt("us")).toBe(version);
        expect((await over("us", version, 60)).slice(-2).map(({ what, who }) => [what, who])).toEqual([
            ["began: no version serves, and it is the last one that did", "by itself"], ["all visitors get it", "by itself"],
        ]);
    }, 600_000);

    it("comes to the visitors step by step, and no request fails", async () => {
        const visitors = traffic(token);
        await deploy(["us"], appOf("1.1.0"), "medium");
        const events = await over("us", "1.1.0", 180);
        const answers = await visitors.stop();
        expect(steps(events)).toEqual([
            [`began: from ${version}`, 0], ["10 % of the visitors get it", 10], ["50 % of the visitors get it", 50], ["all visitors get it", 100], ["finished", 100],
        ]);
        expect(await versionAt("us")).toBe("1.1.0");
        expect([new Set(answers), answers.length > 100]).toEqual([new Set(["404"]), true]);
    }, 400_000);

    it("that never is healthy gets no visitor", async () => {
        await deploy(["us"], appOf("1.1.1", { "main.ts": (text) => `process.exit(3);\n${text}` }), "medium");
        const events = await over("us", "1.1.1", 180);
        expect(steps(events)).toEqual([["began: from 1.1.0", 0], [expect.stringMatching(/^gone back: \d instances ended before they were healthy$/), 0]]);
        expect(await versionAt("us")).toBe("1.1.0");
    }, 400_000);

    it("that fails goes back by itself, and the visitors of the other notice nothing", async () => {
        const visitors = traffic(token);
        await deploy(["us"], appOf("1.1.2", failingWhen("asked++ >= 0")), "50,100");
        const events = await over("us", "1.1.2", 180);
        await pause(1_000);
        const after = (await visitors.stop()).slice(-10);
        expect(events.at(-1)!.what).toMatch(/^gone back: \d+(\.\d)? % errors of \d+ requests \(\d+ failed, 0 streams cut\), more than (25|5) %$/);
        expect([await versionAt("us"), new Set(after)]).toEqual(["1.1.0", new Set(["404"])]);
    }, 400_000);

    it("that is kept comes back by one command", async () => {
        await must(antipode("rollback", "us", version));
        expect(await versionAt("us")).toBe(version);
        expect((await over("us", version, 60)).filter(({ what }) => !what.startsWith("waits")).slice(-3).map(({ what, who }) => [what, who.replace(/by (?!itself).*/, "by a person")])).toEqual([
            ["began: a rollback from 1.1.0", "by a person"], ["all visitors get it", "by itself"], ["finished", "by itself"],
        ]);
        const refused = await antipode("rollback", "us", "9.9.9");
        expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(`VERSION_NOT_KEPT: 9.9.9 is not kept; kept are 1.1.2, 1.1.1, 1.1.0, 1.0.9, ${version}.`)]);
    }, 400_000);

    it("is made once: with another setting it needs another number", async () => {
        await must(pulumi("config", "set", "antipode:logLevel", "debug", "-s", "us"));
        const refused = await antipode("up", "us");
        await must(pulumi("config", "rm", "antipode:logLevel", "-s", "us"));
        expect([refused.code, refused.stderr + refused.stdout]).toEqual([1, expect.stringContaining("Version 1.1.2 of the app is made already")]);
    }, 400_000);
});
