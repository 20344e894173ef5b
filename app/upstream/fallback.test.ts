import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readSettings } from "../settings/read";
import { freePort } from "../test/mongod";
import { ask, cuts, done, open, refuses, says, ScriptedUpstream, stalls, token, type Script } from "../test/upstream";
import { environment } from "../test/world";
import type { AttemptEvent, Fallback } from "./fallback";
import { upstreams } from "./upstreams";

describe("two model services", () => {
    let ark: ScriptedUpstream;
    let deepseek: ScriptedUpstream;
    let upstream: Fallback;
    let events: AttemptEvent[];
    beforeAll(async () => {
        ark = await ScriptedUpstream.start();
        deepseek = await ScriptedUpstream.start();
    });
    beforeEach(() => {
        events = [];
        deepseek.script = says("from DeepSeek");
        upstream = made({});
    });
    afterEach(() => upstream.close());
    afterAll(() => {
        ark.stop();
        deepseek.stop();
    });

    function made(overrides: Record<string, string>): Fallback {
        const env = environment({ mongod: { uri: "mongodb://db/aiagent" }, upstream: ark, wechat: { url: "http://wechat.invalid" }, journal: "/nonexistent" });
        const settings = { LLM_UPSTREAMS: "ark,deepseek", DEEPSEEK_API_URL: deepseek.url, DEEPSEEK_API_KEY: "sk-51c2", UPSTREAM_IDLE_SECONDS: "0.2", ...overrides };
        return upstreams(readSettings({ ...env, ...settings }, "/nonexistent"), { onAttempt: (event) => events.push(event) });
    }

    const ways = () => events.map(({ provider, outcome, fallbackTo }) => [provider, outcome, ...(fallbackTo ? [fallbackTo] : [])].join(" "));
    const error = (code: string) => ({ error: { code, message: "", param: "", type: "" } });

    it("are asked in the order of the settings; the answer tells who gave it", async () => {
        ark.script = says("from Ark");
        expect([upstream.provider, upstream.model]).toEqual(["ark", "ep-20261121000000-abcde"]);
        expect((await ask(upstream)).answer).toMatchObject({ provider: "ark", model: "ep-20261121000000-abcde" });
        await upstream.close();
        upstream = made({ LLM_UPSTREAMS: "deepseek,ark" });
        expect([upstream.provider, upstream.model]).toEqual(["deepseek", "deepseek-flash"]);
        expect((await ask(upstream)).answer).toMatchObject({ provider: "deepseek", model: "deepseek-flash" });
        expect(ways()).toEqual(["ark ok", "deepseek ok"]);
    });

    it.each<[string, Script, string[]]>([
        ["breaks off before its headers", (response) => void response.socket?.destroy(), ["ark upstream_cut", "ark upstream_cut deepseek"]],
        ["breaks off after its headers", cuts(), ["ark upstream_cut", "ark upstream_cut deepseek"]],
        ["breaks off before its first text", cuts(": alive\n\n", token("")), ["ark upstream_cut", "ark upstream_cut deepseek"]],
        ["ends without a text or a reason", (response) => void open(response).end(done), ["ark upstream_cut", "ark upstream_cut deepseek"]],
        ["is overloaded", refuses(429, error("ServerOverloaded")), ["ark upstream_busy", "ark upstream_busy deepseek"]],
        ["fails", refuses(500, error("InternalServiceError")), ["ark upstream_failed", "ark upstream_failed deepseek"]],
        ["is behind a broken gateway", refuses(502, "<html>502</html>"), ["ark upstream_failed", "ark upstream_failed deepseek"]],
        ["fails inside its stream", (response) => void open(response).end(`event: error\ndata: ${JSON.stringify(error("InternalServiceError"))}\n\n`), ["ark upstream_failed", "ark upstream_failed deepseek"]],
        ["is taken away before its first text", (response) => void open(response).end(token("", "insufficient_system_resource") + done), ["ark upstream_busy", "ark upstream_busy deepseek"]],
        ["sends what is no answer", (response) => void open(response).end("data: <html>\n\n"), ["ark upstream_malformed deepseek"]],
        ["has no quota left", refuses(429, error("QuotaExceeded")), ["ark upstream_quota deepseek"]],
        ["does not know the model", refuses(404, error("InvalidEndpointOrModel.NotFound")), ["ark upstream_misconfigured deepseek"]],
        ["does not accept the key", refuses(401, error("AuthenticationError")), ["ark upstream_misconfigured deepseek"]],
    ])("fall back when the first %s", async (_what, script, attempts) => {
        ark.script = script;
        const { text, end, answer } = await ask(upstream);
        expect({ text, end, provider: answer?.provider }).toEqual({ text: "from DeepSeek", end: "stop", provider: "deepseek" });
        expect(ways()).toEqual([...attempts, "deepseek ok"]);
    });

    const chunk = (delta: object, finish: string | null = null) => `data: ${JSON.stringify({ choices: [{ delta, finish_reason: finish }] })}\n\n`;
    const sends = (body: string): Script => (response) => void open(response).end(body);

    it.each<[string, Script, string]>([
        ["ends without text", sends(chunk({ content: "" }, "stop") + done), "ark upstream_malformed deepseek"],
        ["calls a tool", sends(chunk({ tool_calls: [{ index: 0 }] }, "tool_calls") + done), "ark upstream_malformed deepseek"],
        ["refuses with status 200", (response) => void response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(error("AccountOverdueError"))), "ark upstream_quota deepseek"],
        ["sends a page with status 200", (response) => void response.writeHead(200, { "Content-Type": "text/html" }).end("<html></html>"), "ark upstream_malformed deepseek"],
        ["redirects", (response) => void response.writeHead(302, { Location: "https://portal.example/login" }).end(), "ark upstream_misconfigured deepseek"],
    ])("fall back at once when the first %s", async (_what, script, attempt) => {
        ark.script = script;
        const { text, end, answer } = await ask(upstream);
        expect({ text, end, provider: answer?.provider }).toEqual({ text: "from DeepSeek", end: "stop", provider: "deepseek" });
        expect(ways()).toEqual([attempt, "deepseek ok"]);
    });

    it("fall back when the first only thought, however long; the second has the whole time for its first text", async () => {
        await upstream.close();
        upstream = made({ UPSTREAM_FIRST_TOKEN_SECONDS: "1" });
        ark.script = async (response) => {
            open(response);
            for (let n = 0; n < 12; n += 1) {
                response.write(chunk({ reasoning_content: "hm " }));
                await new Promise((resolve) => setTimeout(resolve, 100));
            }
            response.end(chunk({}, "stop") + done);
        };
        expect(await ask(upstream)).toMatchObject({ reasoning: "hm ".repeat(12), text: "from DeepSeek", end: "stop" });
        expect(ways()).toEqual(["ark upstream_malformed deepseek", "deepseek ok"]);
    });

    it("fall back when the first cannot be reached", async () => {
        await upstream.close();
        upstream = made({ VOLCENGINE_API_URL: `http://127.0.0.1:${await freePort()}` });
        expect((await ask(upstream)).text).toBe("from DeepSeek");
        expect(ways()).toEqual(["ark upstream_unreachable", "ark upstream_unreachable deepseek", "deepseek ok"]);
    });

    it("share the time until the first text: a silent one leaves half of it to the next", async () => {
        await upstream.close();
        upstream = made({ UPSTREAM_FIRST_TOKEN_SECONDS: "1" });
        ark.script = stalls(": alive\n\n");
        expect((await ask(upstream)).text).toBe("from DeepSeek");
        expect(ways()).toEqual(["ark upstream_timeout deepseek", "deepseek ok"]);

        const began = performance.now();
        deepseek.script = stalls();
        expect((await ask(upstream)).end).toBe("upstream_timeout");
        expect(performance.now() - began).toBeLessThan(1_500);
    });

    it.each<[string, Script, string]>([
        ["breaks off", cuts(token("so far")), "upstream_cut"],
        ["stalls", stalls(token("so far")), "upstream_stalled"],
        ["fails inside its stream", (response) => void open(response).end(`${token("so far")}data: ${JSON.stringify(error("ServerOverloaded"))}\n\n`), "upstream_busy"],
        ["sends what is no answer", (response) => void open(response).end(`${token("so far")}data: 7\n\n`), "upstream_malformed"],
        ["is taken away", (response) => void open(response).end(token("so far") + token("", "insufficient_system_resource") + done), "upstream_cut"],
    ])("never change after the first text, also when the first %s", async (_what, script, code) => {
        const asked = deepseek.seen.length;
        ark.script = script;
        expect(await ask(upstream)).toMatchObject({ text: "so far", end: code });
        expect([ways(), deepseek.seen.length]).toEqual([[`ark ${code}`], asked]);
    });

    it("do not change after the first thought either", async () => {
        ark.script = cuts(`data: ${JSON.stringify({ choices: [{ delta: { content: null, reasoning_content: "hm" } }] })}\n\n`);
        expect(await ask(upstream)).toMatchObject({ text: "", reasoning: "hm", end: "upstream_cut" });
        expect(ways()).toEqual(["ark upstream_cut"]);
    });

    it.each([
        ["SensitiveContentDetected", "content_refused"],
        ["MissingParameter.messages", "upstream_refused"],
    ])("do not change for what the user's own request brought about: %s", async (given, code) => {
        ark.script = refuses(400, error(given));
        expect((await ask(upstream)).end).toBe(code);
        expect(ways()).toEqual([`ark ${code}`]);
    });

    it("that both fail tell of the failure that may pass", async () => {
        ark.script = refuses(429, error("QuotaExceeded"));
        deepseek.script = refuses(503, "");
        expect((await ask(upstream)).end).toBe("upstream_busy");
        ark.script = refuses(503, "");
        deepseek.script = refuses(402, { error: { message: "Insufficient Balance" } });
        expect((await ask(upstream)).end).toBe("upstream_busy");
        ark.script = refuses(401, "");
        expect((await ask(upstream)).end).toBe("upstream_quota");
    });

    it("tell who is asked before he answers", async () => {
        ark.script = refuses(429, error("QuotaExceeded"));
        const asked: string[] = [];
        await ask(upstream, { onService: ({ provider, model }) => asked.push(`${provider} ${model}`), onPiece: () => asked.push("text") });
        expect(asked).toEqual(["ark ep-20261121000000-abcde", "deepseek deepseek-flash", "text"]);
    });
});
