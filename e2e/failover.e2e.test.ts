import { afterEach, describe, expect, it } from "vitest";
import { antipode, domain, health, login, must, served, visitor } from "./pocket";
import { until } from "../pocket/until";

describe("when a region goes", () => {
    afterEach(async () => {
        await must(antipode("pocket", "start", "us"));
        await must(antipode("pocket", "start", "us", "app"));
        await served("us", "US", 120);
    }, 180_000);

    it("its visitors are served from the other within 15 s, under the same name, and go home after", async () => {
        await must(antipode("pocket", "stop", "us"));
        await served("us", "CN", 15);
        expect(await health("cn")).toMatchObject({ region: "CN" });
        await must(antipode("pocket", "start", "us"));
        await served("us", "US", 120);
    });

    it("with only its app stopped, its gateway serves from the other without a failed request", async () => {
        const token = await login("us", "ada");
        // The region's own name: no DNS takes the visitor elsewhere.
        const requests = asking(`https://us.${domain}/api/sessions/none/messages`, token);
        await must(antipode("pocket", "stop", "us", "app"));
        await until(async () => (await visitor("us", "curl", "-s", `https://us.${domain}/api/health`)).stdout.includes('"region":"CN"'), { seconds: 60 });
        const whileAway = await must(visitor("us", "curl", "-sSN", "-H", "content-type: application/json", "-H", `authorization: Bearer ${token}`, "-d", '{"message":"Still there?"}', `https://us.${domain}/api/chat`));
        expect(whileAway.trimEnd()).toMatch(/data: \[DONE\]$/);
        await must(antipode("pocket", "start", "us", "app"));
        await until(async () => (await visitor("us", "curl", "-s", `https://us.${domain}/api/health`)).stdout.includes('"region":"US"'), { seconds: 60 });
        const answers = await requests.stop();
        expect(answers.length).toBeGreaterThan(20);
        // The conversation does not exist: 404 is the app's answer, from whichever region.
        expect(new Set(answers)).toEqual(new Set(["404"]));
    });
});

/** Asks over and over, one request at a time, until told to stop; gives every status, 000 for a request without an answer. */
function asking(url: string, token: string): { stop(): Promise<string[]> } {
    let going = true;
    const answers: string[] = [];
    const loop = (async () => {
        while (going) {
            const { stdout } = await visitor("us", "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--max-time", "20", "-H", `authorization: Bearer ${token}`, url);
            answers.push(stdout);
        }
    })();
    return { stop: async () => { going = false; await loop; return answers; } };
}
