import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Scrape } from "../test/scrape";
import { bytesOf, sendRaw } from "../test/raw";
import { freePort } from "../test/mongod";
import { refuses, says, ScriptedUpstream } from "../test/upstream";
import { until, World, type App } from "../test/world";
import { silent } from "../test/wechat";

describe("what is counted of the services that the app needs", () => {
    let world: World;
    let app: App;
    beforeAll(async () => (world = await World.start()));
    afterAll(() => world.stop());

    const scrape = () => Scrape.of(app.service);
    /** A request is over a moment after its answer. */
    async function requests(count: number): Promise<Scrape> {
        const over = async () => (await scrape()).families.get("http_requests_total")!.samples.reduce((sum, { value }) => sum + value, 0) === count;
        await until(over);
        return scrape();
    }

    it("is each request to a model service, who came next, and the state of the breakers", async () => {
        const deepseek = await ScriptedUpstream.start(says("from DeepSeek"));
        app = await world.service({ LLM_UPSTREAMS: "ark,deepseek", DEEPSEEK_API_URL: deepseek.url, DEEPSEEK_API_KEY: "sk-51c2", CHATS_PER_MINUTE: "0" });
        const token = await app.login();
        world.upstream.script = says("from Ark");
        await app.chat(token, { message: "Hi" });
        expect((await scrape()).by("llm_breaker_state", "provider")).toEqual({});
        world.upstream.script = refuses(429, { error: { code: "AccountQuotaExceeded", message: "No." } });
        for (let n = 0; n < 6; n += 1) await app.chat(token, { message: "Hi" });
        const seen = await scrape();
        expect(seen.by("llm_upstream_requests_total", "provider", "outcome")).toEqual({
            "ark ok": 1,
            // Five in a row open the breaker.
            "ark upstream_quota": 5,
            "ark upstream_unavailable": 1,
            "deepseek ok": 6,
        });
        expect(seen.by("llm_fallbacks_total", "from", "to")).toEqual({ "ark deepseek": 6 });
        expect(seen.by("llm_breaker_state", "provider")).toEqual({ ark: 2 });
        expect(seen.by("llm_tokens_total", "provider", "model", "type", "estimated")).toEqual({
            "ark ep-20261121000000-abcde input false": 11,
            "ark ep-20261121000000-abcde output false": 9,
            "ark ep-20261121000000-abcde reasoning false": 4,
            "deepseek deepseek-flash input false": 66,
            "deepseek deepseek-flash output false": 54,
            "deepseek deepseek-flash reasoning false": 24,
        });
        expect(seen.by("chat_turns_total", "kind", "end")).toEqual({ "chat done": 7 });
        deepseek.stop();
    });

    it("is each login and each request to WeChat, whatever it may answer", async () => {
        app = await world.service({ LOGINS_PER_MINUTE: "7" });
        const login = (code: unknown) => app.post("/api/auth/login", { code });
        await login("user:metrics-ada");
        await login("user:metrics-ada");
        world.wechat.next.push({ errcode: -1 }, { errcode: 45011 }, { errcode: 123_456 }, "<html>");
        for (const code of ["busy, then too busy", "unheard of", "not JSON"]) await login(code);
        await login(7);
        world.wechat.next.push(silent);
        await login("not answered");
        await login("one too many");
        const seen = await requests(8);
        expect(seen.by("wechat_code2session_total", "errcode")).toEqual({ "0": 1, "-1": 1, 40029: 1, 45011: 1, other: 1, no_answer: 2 });
        const outcomes = { ok: 1, login_code_invalid: 1, login_busy: 1, wechat_unavailable: 3, invalid_request: 1, too_many_logins: 1 };
        expect(seen.by("logins_total", "outcome")).toEqual(outcomes);
        const { ok: _, ...refusals } = outcomes;
        expect(seen.by("http_refusals_total", "code")).toEqual(refusals);

        app = await world.service({ WECHAT_API_URL: `http://127.0.0.1:${await freePort()}` });
        await login("no connection");
        expect((await requests(1)).by("wechat_code2session_total", "errcode")).toEqual({ not_connected: 2 });
    });

    it("is each request by the pattern of its route, with as few series as there are routes", async () => {
        app = await world.service();
        const token = await app.login();
        for (const path of ["/api/sessions/11111111-1111-4111-8111-111111111111/messages", "/api/sessions/another/messages", "/wp-admin/a", "/wp-admin/b?c=d", "/%zz"]) await app.get(path, token);
        for (const method of ["PROPFIND", "PURGE", "BREW"]) await sendRaw(app.service.port, bytesOf({ method, path: "/x" }));
        // Leaves while WeChat thinks.
        world.wechat.next.push(silent);
        const asks = request(`${app.url}/api/auth/login`, { method: "POST", headers: { "Content-Type": "application/json" } });
        asks.on("error", () => undefined);
        asks.end(JSON.stringify({ code: "leaves" }));
        await until(() => world.wechat.queries.at(-1)!.get("js_code") === "leaves");
        asks.destroy();
        const seen = await requests(9);
        expect(seen.by("http_requests_total", "method", "route", "status")).toEqual({
            "POST /api/auth/login 200": 1,
            "POST /api/auth/login 499": 1,
            "GET /api/sessions/:id/messages 404": 2,
            "GET unknown 404": 3,
            // The third is no method, and no request.
            "other unknown 404": 2,
        });
        expect(seen.by("logins_total", "outcome")).toEqual({ ok: 1, left: 1 });
    });

    it("is what agents do: what is kept, who is alive, and their turns", async () => {
        app = await world.service();
        const token = await app.login();
        world.upstream.script = says("Hello", ", world");
        const agents = [{ name: "Writer", instructions: "Write." }, { name: "Critic", instructions: "Find a fault." }];
        const { sessionId } = (await (await app.post("/api/agents/sessions", { agents }, token)).json()) as { sessionId: string };
        await (await app.post(`/api/agents/sessions/${sessionId}/steps`, { message: "Begin" }, token)).text();
        await until(() => app.service.turns.active === 0);
        await app.service.agentsAlive.take();
        const seen = await scrape();
        // The message, and the words of each.
        expect(seen.value("multiagent_saves_total")).toBe(3);
        expect(seen.value("multiagent_active_sessions")).toBe(1);
        expect(seen.by("chat_turns_total", "kind", "end")).toEqual({ "agents done": 1 });
        expect(seen.value("chat_first_token_seconds_count", { phase: "content" })).toBe(1);
        expect(seen.value("chat_stream_seconds_count", { kind: "agents" })).toBe(1);
        expect(seen.value("llm_tokens_total", { provider: "ark", model: "ep-20261121000000-abcde", type: "input", estimated: "false" })).toBe(22);
        expect(seen.by("http_requests_total", "method", "route", "status")).toMatchObject({ "POST /api/agents/sessions/:id/steps 200": 1, "POST /api/agents/sessions 201": 1 });
        expect(seen.value("http_request_duration_seconds_count", { route: "/api/agents/sessions/:id/steps" })).toBe(undefined);
    });

    it("is a database that goes away and comes back, and what waits for it meanwhile", async () => {
        app = await world.service();
        const token = await app.login();
        world.upstream.script = says("Hello");
        await world.mongod.kill();
        await until(() => !app.service.database.ok);
        await app.chat(token, { message: "Hi" });
        const away = await scrape();
        expect([away.value("mongodb_up"), away.value("degraded"), away.value("journal_turns")]).toEqual([0, 1, 1]);
        expect(away.value("journal_bytes")).toBeGreaterThan(100);
        expect(away.value("mongodb_ping_failures_total")).toBeGreaterThan(0);
        await until(async () => (await scrape()).value("multiagent_active_sessions") === undefined);

        await world.mongod.run();
        await until(() => app.service.database.ok && app.service.journal.stats.turns === 0);
        const back = await scrape();
        expect([back.value("mongodb_up"), back.value("degraded"), back.value("journal_turns"), back.value("journal_bytes")]).toEqual([1, 0, 0, 0]);
        expect(back.value("journal_refused_total")).toBe(0);
    });
});
