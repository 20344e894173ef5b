import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { World, type App } from "../test/world";

describe("limits by the minute", () => {
    let world: World;
    beforeAll(async () => void (world = await World.start()));
    afterAll(() => world.stop());

    let people = 0;
    /** A login of somebody new with these headers: its code, or the status 200. */
    async function login(app: App, headers: Record<string, string> = {}): Promise<unknown> {
        const response = await fetch(`${app.url}/api/auth/login`, {
            method: "POST",
            headers: { "Content-Type": "application/json", ...headers },
            body: JSON.stringify({ code: `user:limited-${(people += 1)}` }),
        });
        const { code } = (await response.json()) as { code?: string };
        return code ?? response.status;
    }

    it("refuse the login that is one too many, before WeChat is asked, and say when to come again", async () => {
        const app = await world.service({ LOGINS_PER_MINUTE: "2" });
        expect([await login(app), await login(app)]).toEqual([200, 200]);
        const asked = world.wechat.queries.length;
        const response = await app.post("/api/auth/login", { code: "user:late" });
        expect([response.status, await response.json()]).toEqual([429, { code: "too_many_logins", message: expect.any(String) }]);
        const seconds = Number(response.headers.get("retry-after"));
        expect(seconds).toBeGreaterThan(30);
        expect(seconds).toBeLessThanOrEqual(60);
        expect(world.wechat.queries.length).toBe(asked);
    });

    it("count failed logins too, and those without a body", async () => {
        const app = await world.service({ LOGINS_PER_MINUTE: "2" });
        expect((await app.post("/api/auth/login", { code: "made-up" })).status).toBe(401);
        expect((await app.post("/api/auth/login", "")).status).toBe(400);
        expect(await login(app)).toBe("too_many_logins");
    });

    it("are not escaped by who says that he is somewhere else", async () => {
        const app = await world.service({ LOGINS_PER_MINUTE: "2", TRUSTED_PROXIES: "192.0.2.1,10.0.0.0/8" });
        const lies: Record<string, string>[] = [
            { "X-Forwarded-For": "203.0.113.1" },
            { "X-Real-IP": "203.0.113.2" },
            { Forwarded: "for=203.0.113.3" },
            { "X-Forwarded-For": "203.0.113.4, 192.0.2.1", "X-Antipode-Gateway": "1", "X-Antipode-Peer": "cn" },
        ];
        const answers = [];
        for (const lie of lies) answers.push(await login(app, lie));
        expect(answers).toEqual([200, 200, "too_many_logins", "too_many_logins"]);
    });

    it("are each visitor's own behind the gateway, whatever he writes himself", async () => {
        const app = await world.service({ LOGINS_PER_MINUTE: "1", TRUSTED_PROXIES: "loopback" });
        const from = (forwarded: string) => login(app, { "X-Forwarded-For": forwarded });
        expect(await from("203.0.113.1")).toBe(200);
        expect(await from("203.0.113.2")).toBe(200);
        expect(await from("203.0.113.1")).toBe("too_many_logins");
        // As a proxy writes it that only adds to what came.
        expect(await from("198.51.100.99, 203.0.113.1")).toBe("too_many_logins");
        expect(await from("198.51.100.98, 203.0.113.2")).toBe("too_many_logins");
    });

    it("take a network of IPv6 for one visitor, and an address that is none for the gateway", async () => {
        const app = await world.service({ LOGINS_PER_MINUTE: "1", TRUSTED_PROXIES: "loopback" });
        const from = (forwarded: string) => login(app, { "X-Forwarded-For": forwarded });
        expect(await from("2001:db8:1:2::1")).toBe(200);
        expect(await from("2001:db8:1:2:ffff::9")).toBe("too_many_logins");
        expect(await from("2001:db8:1:3::1")).toBe(200);
        expect(await from("x".repeat(5_000))).toBe(200);
        expect(await from("unknown")).toBe("too_many_logins");
    });

    it("count the messages of a user, whatever connection they come by, and no other user's", async () => {
        const app = await world.service({ CHATS_PER_MINUTE: "2" });
        const [ada, bob] = [await app.login(), await app.login()];
        for (const token of [ada, ada, bob]) expect((await app.chat(token, { message: "Hi" })).types.at(-1)).toBe("[DONE]");
        const response = await app.post("/api/chat", { message: "Hi" }, ada);
        expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([429, "too_many_chats"]);
        expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(30);
        expect((await app.chat(bob, { message: "Hi" })).types.at(-1)).toBe("[DONE]");
    });

    it("do not count what comes without a token: a stranger cannot use up a user's", async () => {
        const app = await world.service({ CHATS_PER_MINUTE: "1" });
        for (const token of [undefined, "nonsense", undefined]) expect((await app.post("/api/chat", { message: "Hi" }, token)).status).toBe(401);
        expect((await app.chat(await app.login(), { message: "Hi" })).types.at(-1)).toBe("[DONE]");
    });

    it("are none where they are set to 0", async () => {
        const app = await world.service({ LOGINS_PER_MINUTE: "0" });
        for (let times = 0; times < 40; times += 1) expect(await login(app)).toBe(200);
    });
});
