import { describe, expect, it } from "vitest";
import { world } from "../pocket/network/world";
import { antipode, api, domain, health, login, must, run, stackOutput, visitor } from "./pocket";
import { stream, textOf, valueOf } from "./stream";

describe("a visitor", () => {
    it.each([["us", "US"], ["cn", "CN"]])("in %s is served from %s under the one name, certificate verified", async (place, region) => {
        expect(await health(place)).toMatchObject({ status: "healthy", region, database: "ok" });
    });

    it("comes in by `antipode visit` too", async () => {
        const answer = await must(antipode("visit", "us", "--", "curl", "-s", `${api}/api/health`));
        expect(JSON.parse(answer)).toMatchObject({ region: "US" });
    });

    it.each([["198.18.1.0/24", "us"], ["198.18.2.0/24", "cn"]])("from %s gets the address of %s", async (subnet, region) => {
        const answer = await must(run("dig", [`@${world.authority}`, `api.${domain}`, `+subnet=${subnet}`, "+short"]));
        expect(answer.trim()).toBe((await stackOutput(region)).address);
    });

    it("is led from HTTP to HTTPS", async () => {
        const { stdout } = await visitor("us", "curl", "-s", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", `http://api.${domain}/api/health?x=1`);
        expect(stdout).toBe(`308 ${api}/api/health?x=1`);
    });

    it("speaks HTTP/2, and no TLS to a name that is not served", async () => {
        const { stdout } = await visitor("us", "curl", "-s", "-o", "/dev/null", "-w", "%{http_version}", `${api}/health`);
        expect(stdout).toBe("2");
        const { address } = await stackOutput("us");
        expect((await visitor("us", "curl", "-sk", "--resolve", `other.test:443:${address}`, "https://other.test/")).code).toBe(35);
    });
});

describe("a conversation", () => {
    it("arrives token by token in us, and is read whole in cn by the same user", async () => {
        const token = await login("us", "ada");
        const events = await stream("us", { token, body: { message: "Tell me about the sea" } });
        const deltas = events.filter((e) => e.event === "delta");
        expect(events.map((e) => e.event)).toEqual(["start", ...deltas.map(() => "delta"), "done", undefined]);
        expect(events.at(-1)!.data).toBe("[DONE]");
        expect(deltas.length).toBeGreaterThan(10);
        // Held back anywhere on the way, they would all come at once.
        const moments = new Set(deltas.map((d) => Math.floor(d.at / 20)));
        expect(moments.size).toBeGreaterThan(deltas.length / 2);

        const { sessionId } = valueOf(events, "start");
        const text = textOf(events);
        const cn = await login("cn", "ada");
        const read = await must(visitor("cn", "curl", "-sSf", "-H", `authorization: Bearer ${cn}`, `${api}/api/sessions/${sessionId}/messages`));
        expect((JSON.parse(read) as { messages: { role: string; content: string }[] }).messages.map(({ role, content }) => ({ role, content }))).toEqual([
            { role: "user", content: "Tell me about the sea" },
            { role: "assistant", content: text },
        ]);
    });

    it("of one user is nobody else's", async () => {
        const events = await stream("us", { token: await login("us", "ada"), body: { message: "A secret" } });
        const { sessionId } = valueOf(events, "start");
        const other = await login("cn", "grace");
        const { stdout } = await visitor("cn", "curl", "-s", "-w", " %{http_code}", "-H", `authorization: Bearer ${other}`, `${api}/api/sessions/${sessionId}/messages`);
        expect(stdout).toMatch(/ 404$/);
    });
});
