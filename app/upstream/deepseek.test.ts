import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSettings } from "../settings/read";
import { ask, done, open, refuses, ScriptedUpstream, token } from "../test/upstream";
import { environment } from "../test/world";
import { ReadCoalescer } from "./coalescer";
import { deepseekUpstream } from "./deepseek";

describe("DeepSeek", () => {
    let server: ScriptedUpstream;
    let upstream: ReturnType<typeof deepseekUpstream>;
    beforeAll(async () => {
        server = await ScriptedUpstream.start();
        const env = environment({ mongod: { uri: "mongodb://db/aiagent" }, upstream: { url: "http://ark.invalid" }, wechat: { url: "http://wechat.invalid" }, journal: "/nonexistent" });
        const settings = { LLM_UPSTREAMS: "deepseek", DEEPSEEK_API_URL: server.url, DEEPSEEK_API_KEY: "sk-51c2" };
        upstream = deepseekUpstream(readSettings({ ...env, ...settings }, "/nonexistent"), new ReadCoalescer(0));
    });
    afterAll(async () => {
        await upstream.close();
        server.stop();
    });

    it("is asked for its model, and not told who asks", async () => {
        server.script = (response) => void open(response).end(token("Hi", "stop") + done);
        const { answer } = await ask(upstream);
        expect(answer).toEqual({ provider: "deepseek", model: "deepseek-flash", finishReason: "stop", usage: undefined });
        const { headers, body } = server.seen.at(-1)!;
        expect(headers.authorization).toBe("Bearer sk-51c2");
        expect(body).toEqual({ model: "deepseek-flash", messages: [{ role: "user", content: "Hi" }], stream: true, stream_options: { include_usage: true } });
    });

    const error = (message: string, type = "invalid_request_error") => ({ error: { message, type, param: null, code: "invalid_request_error" } });

    it.each([
        [400, error("The supported API model names are deepseek-flash, deepseek-v4-pro, but you passed X."), "upstream_misconfigured"],
        [400, error("Content Exists Risk"), "content_refused"],
        [400, error("messages: too few"), "upstream_refused"],
        [401, error("Authentication Fails, Your api key: ****0000 is invalid (request_id: bc78)", "authentication_error"), "upstream_misconfigured"],
        [402, error("Insufficient Balance", "unknown_error"), "upstream_quota"],
        [400, error("Insufficient Balance", "unknown_error"), "upstream_quota"],
        [422, error("Failed to deserialize the JSON body into the target type: messages: missing field `messages`"), "upstream_refused"],
        [429, error("Rate Limit Reached", "rate_limit_error"), "upstream_busy"],
        [429, "", "upstream_busy"],
        [500, error("Server Error", "internal_error"), "upstream_failed"],
        [503, error("Server Overloaded", "service_unavailable_error"), "upstream_busy"],
        [503, "<html>503 Service Temporarily Unavailable</html>", "upstream_busy"],
    ])("that refuses with %i %j", async (status, body, code) => {
        server.script = refuses(status, body);
        expect((await ask(upstream)).end).toBe(code);
    });

    it("that refuses inside a stream of status 200 is understood by its sentence", async () => {
        server.script = (response) => void open(response).end(`data: ${JSON.stringify(error("Server Overloaded"))}\n\n`);
        expect((await ask(upstream)).end).toBe("upstream_busy");
    });

    it("that fails inside a stream is not said to refuse the request, whatever its code says", async () => {
        server.script = (response) => void open(response).end(`data: ${JSON.stringify(error("Server Error", "internal_error"))}\n\n`);
        expect((await ask(upstream)).end).toBe("upstream_failed");
        server.script = refuses(200, error("Insufficient Balance", "unknown_error"));
        expect((await ask(upstream)).end).toBe("upstream_quota");
    });

    it("whose model was taken away is busy before the first text, and has broken off after it", async () => {
        server.script = (response) => void open(response).end(token("", "insufficient_system_resource") + done);
        expect((await ask(upstream)).end).toBe("upstream_busy");
        server.script = (response) => void open(response).end(token("so far") + token("", "insufficient_system_resource") + done);
        expect(await ask(upstream)).toMatchObject({ text: "so far", end: "upstream_cut" });
    });

    it("is never quoted: its message may hold a part of the key", async () => {
        server.script = refuses(401, error("Authentication Fails, Your api key: ****51c2 is invalid"));
        expect((await ask(upstream)).error).toMatchObject({ message: "The model service does not accept this service's account or model.", cause: "401 invalid_request_error" });
    });
});
