import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer as createSecureServer, request as httpsRequest } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { freePort } from "../../system/port";
import { scratch } from "../../testing/scratch";
import { type Authority, openAuthority } from "../ca/index";
import { startPebble } from "./acme";
import { hosts, type Services, startServices } from "./index";

const accounts = { arkKey: "ark-key", arkEndpoint: "ep-20260101000000-abcde", deepseekKey: "sk-right-0000", wechatAppId: "wx1", wechatSecret: "s1" };
let ca: Authority;
beforeAll(async () => void (ca = await openAuthority(scratch())));

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((thing) => thing.close()))));

async function start(more: object = {}): Promise<Services> {
    const services = await startServices({ ca, address: "127.0.0.1", port: 0, accounts, tokenMs: 5, ...more });
    open.push(services);
    return services;
}

interface Got { status: number; headers: IncomingMessage["headers"]; body: string; chunks: Buffer[]; at: number[]; ended: boolean; response: IncomingMessage }

async function begin(services: Services, host: string, path: string, init: { method?: string; headers?: object; body?: unknown } = {}): Promise<Got> {
    const request = httpsRequest({
        host: "127.0.0.1", port: services.port, servername: host, ca: ca.root, path, method: init.method ?? (init.body ? "POST" : "GET"), agent: false,
        headers: { host, "content-type": "application/json", ...init.headers },
    });
    request.end(init.body ? JSON.stringify(init.body) : undefined);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const got: Got = { status: response.statusCode!, headers: response.headers, body: "", chunks: [], at: [], ended: false, response };
    response.on("data", (chunk: Buffer) => (got.chunks.push(chunk), got.at.push(performance.now())));
    response.on("error", () => undefined);
    response.on("close", () => {
        got.body = Buffer.concat(got.chunks).toString();
        got.ended = true;
    });
    return got;
}

async function get(...args: Parameters<typeof begin>): Promise<Got> {
    const got = await begin(...args);
    await vi.waitFor(() => expect(got.ended).toBe(true), { timeout: 10_000, interval: 5 });
    return got;
}

const chat = (key: string, model: string, more: object = {}) =>
    ({ headers: { authorization: `Bearer ${key}` }, body: { model, messages: [{ role: "user", content: "hello world" }], ...more } });
const arkChat = (more: object = {}, key = accounts.arkKey, model = accounts.arkEndpoint) => chat(key, model, more);
const ARK_PATH = "/api/v3/chat/completions";

describe("Ark", () => {
    it("streams token by token and tells the real model", async () => {
        const got = await get(await start({ tokenMs: 15 }), hosts.ark, ARK_PATH, arkChat({ stream: true }));
        expect([got.status, got.headers["content-type"], got.headers["x-request-id"]]).toEqual([200, "text/event-stream; charset=utf-8", expect.stringMatching(/^02\d{13}[0-9a-f]{38}$/)]);
        const events = got.body.split("\n\n").filter(Boolean).map((line) => line.slice("data: ".length));
        const chunks = events.slice(0, -1).map((text) => JSON.parse(text));
        expect(events.at(-1)).toBe("[DONE]");
        expect(chunks.map(({ choices: [choice] }) => choice.delta.content).join("")).toMatch(/^You said: "hello world". That makes 2 words/);
        expect(new Set(chunks.map(({ id, model }) => `${id} ${model}`))).toEqual(new Set([`${got.headers["x-request-id"]} doubao-seed-1-6-251015`]));
        expect(got.at.at(-1)! - got.at[0]!).toBeGreaterThan(100);
    });

    it("answers whole without stream", async () => {
        const got = await get(await start(), hosts.ark, ARK_PATH, arkChat());
        expect(JSON.parse(got.body)).toMatchObject({ object: "chat.completion", choices: [{ finish_reason: "stop", message: { role: "assistant" } }] });
    });

    it.each([
        ["a wrong key", arkChat({}, "nobody"), 401, "AuthenticationError"],
        ["an unknown endpoint", arkChat({}, accounts.arkKey, "ep-other"), 404, "InvalidEndpointOrModel.NotFound"],
        ["an unknown model", arkChat({}, accounts.arkKey, "doubao-nothing-0"), 404, "InvalidEndpointOrModel.NotFound"],
        ["the magic model", arkChat({}, accounts.arkKey, "ep-ratelimit"), 429, "RateLimitExceeded.EndpointRPMExceeded"],
        ["the magic key", arkChat({}, "sk-overdue"), 403, "AccountOverdueError"],
        ["no messages", arkChat({ messages: [] }), 400, "MissingParameter.messages"],
    ])("refuses %s", async (_, init, status, code) => {
        const got = await get(await start(), hosts.ark, ARK_PATH, init);
        const id = got.headers["x-request-id"];
        expect([got.status, JSON.parse(got.body).error.code, JSON.parse(got.body).error.message.endsWith(`: ${id}`)]).toEqual([status, code, true]);
    });

    it("says in the body and the header what is wrong with no key", async () => {
        const got = await get(await start(), hosts.ark, ARK_PATH, { body: {} });
        expect([got.status, got.headers["x-error-code"], JSON.parse(got.body)]).toEqual([401, "AuthN_MissOrInvalidAuthorizationHeader", {
            error: { code: "AuthenticationError", message: `the API key or AK/SK in the request is missing or invalid. request id: ${got.headers["x-request-id"]}`, param: "", type: "Unauthorized" },
        }]);
    });
});

describe("DeepSeek", () => {
    it.each(["/chat/completions", "/v1/chat/completions"])("streams at %s", async (path) => {
        const got = await get(await start(), hosts.deepseek, path, chat(accounts.deepseekKey, "deepseek-flash", { stream: true }));
        expect([got.status, got.body.endsWith("data: [DONE]\n\n")]).toEqual([200, true]);
    });

    it("refuses with its own bodies", async () => {
        const services = await start();
        const key = await get(services, hosts.deepseek, "/chat/completions", chat("sk-wrong-9999", "deepseek-flash"));
        expect([key.status, JSON.parse(key.body)]).toEqual([401, { error: {
            message: expect.stringMatching(/^Authentication Fails, Your api key: \*\*\*\*9999 is invalid \(request_id: [0-9a-f-]{36}\)$/), type: "authentication_error", param: null, code: "invalid_request_error",
        } }]);
        const model = await get(services, hosts.deepseek, "/chat/completions", chat(accounts.deepseekKey, "deepseek-chat"));
        expect([model.status, model.body]).toEqual([400, '{"error":{"message":"The supported API model names are deepseek-flash, deepseek-v4-pro, but you passed deepseek-chat.","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}']);
        expect((await get(services, hosts.deepseek, "/chat/completions", chat("sk-nobalance", "deepseek-flash"))).status).toBe(402);
    });
});

describe("a prompt longer than the model takes", () => {
    const words = (count: number) => ({ messages: [{ role: "user", content: "a ".repeat(count) }] });

    it("is refused by Ark, and one that fits is not", async () => {
        const services = await start();
        const got = await get(services, hosts.ark, ARK_PATH, arkChat(words(229_377)));
        expect([got.status, JSON.parse(got.body)]).toEqual([400, {
            error: { code: "OutofContextError", message: expect.stringMatching(/^Total tokens of image and text exceed max message tokens\. Request id: /), param: "", type: "BadRequest" },
        }]);
        expect((await get(services, hosts.ark, ARK_PATH, arkChat(words(229_376)))).status).toBe(200);
    });

    it("is refused by DeepSeek", async () => {
        const got = await get(await start(), hosts.deepseek, "/chat/completions", chat(accounts.deepseekKey, "deepseek-flash", words(131_073)));
        expect([got.status, JSON.parse(got.body).error]).toEqual([400, {
            message: "This model's maximum context length is 131072 tokens. However, you requested 131073 tokens (131073 in the messages, 0 in the completion). Please reduce the length of the messages or completion.",
            type: "invalid_request_error", param: null, code: "invalid_request_error",
        }]);
    });
});

describe("orders", () => {
    it("hold for as many requests as they say, and for their provider only", async () => {
        const services = await start();
        services.llm.mode({ provider: "ark", kind: "error", code: "ServerOverloaded", times: 1 });
        services.llm.mode({ provider: "deepseek", kind: "html-502" });
        const statuses = [];
        for (let i = 0; i < 2; i++) statuses.push((await get(services, hosts.ark, ARK_PATH, arkChat())).status);
        const deep = () => get(services, hosts.deepseek, "/chat/completions", chat(accounts.deepseekKey, "deepseek-flash"));
        statuses.push((await deep()).status);
        services.llm.clear("deepseek");
        statuses.push((await deep()).status);
        expect(statuses).toEqual([429, 200, 502, 200]);
    });

    it.each<[string, number, string]>([
        ["SetLimitExceeded", 429, "TooManyRequests"], ["AccountQuotaExceeded", 429, "TooManyRequests"], ["RequestBurstTooFast", 429, "TooManyRequests"],
        ["ModelNotOpen", 404, "NotFound"], ["InvalidAccountStatus", 401, "Forbidden"], ["InvalidParameter", 400, "BadRequest"],
    ])("have Ark refuse with %s as it does", async (code, status, type) => {
        const services = await start();
        services.llm.mode({ provider: "ark", kind: "error", code });
        const got = await get(services, hosts.ark, ARK_PATH, arkChat());
        const { error } = JSON.parse(got.body);
        expect([got.status, error.code, error.type]).toEqual([status, code, type]);
    });

    it("for an error that the service does not have are refused, and taken back by their provider", async () => {
        const services = await start();
        expect(() => services.llm.mode({ provider: "ark", kind: "error", code: "rate_limit" })).toThrow("ark has no error rate_limit");
        services.llm.mode({ provider: "ark", kind: "html-502" });
        services.llm.mode({ clear: "ark" });
        expect((await get(services, hosts.ark, ARK_PATH, arkChat())).status).toBe(200);
    });

    it("put a refusal into a status 200", async () => {
        const services = await start();
        services.llm.mode({ provider: "ark", kind: "error-as-200", code: "AccountOverdueError", times: 1 });
        const got = await get(services, hosts.ark, ARK_PATH, arkChat({ stream: true }));
        expect([got.status, got.headers["content-type"], JSON.parse(got.body).error.code]).toEqual([200, "application/json", "AccountOverdueError"]);
        expect(() => services.llm.mode({ provider: "ark", kind: "error-as-200", code: "rate_limit" })).toThrow("ark has no error rate_limit");
    });

    it("cut a stream, or let it stall with the connection open", async () => {
        const services = await start();
        services.llm.mode({ provider: "ark", kind: "cut", after: 2, times: 1 });
        const cut = await get(services, hosts.ark, ARK_PATH, arkChat({ stream: true }));
        expect([cut.body.match(/"content"/g)?.length, cut.response.complete]).toEqual([2, false]);
        services.llm.mode({ provider: "ark", kind: "stall", after: 2, times: 1 });
        const stalled = await begin(services, hosts.ark, ARK_PATH, arkChat({ stream: true }));
        await vi.waitFor(() => expect(Buffer.concat(stalled.chunks).toString().match(/"content"/g)).toHaveLength(2), { timeout: 10_000 });
        expect(stalled.ended).toBe(false);
        stalled.response.destroy();
    });
});

it("WeChat is there under its name, with the login of a phone", async () => {
    const services = await start();
    const { code } = JSON.parse((await get(services, hosts.wechat, "/pocket/login?user=ada")).body);
    const got = await get(services, hosts.wechat, `/sns/jscode2session?appid=wx1&secret=s1&js_code=${code}&grant_type=authorization_code`);
    expect([got.headers["content-type"], JSON.parse(got.body).openid]).toEqual(["text/plain", services.wechat.openid("ada")]);
});

it("has no certificate for another name, and no route for another host", async () => {
    const services = await start();
    await expect(get(services, "example.com", "/")).rejects.toThrow();
    expect((await get(services, hosts.ark, "/nothing")).status).toBe(404);
    expect((await get(services, hosts.ark, "/", { headers: { host: "example.com" } })).status).toBe(421);
});

describe("ACME", () => {
    it("is passed on under Let's Encrypt's name, the directory under pebble's", async () => {
        const { key, chain } = await ca.issue(["localhost", "127.0.0.1"]);
        const upstream = createSecureServer({ key, cert: chain }, (request, response) =>
            response.writeHead(201, { "replay-nonce": "n1" }).end(`${request.method} ${request.url} ${request.headers.host}`)).listen(0, "127.0.0.1");
        await once(upstream, "listening");
        open.push({ close: async () => void upstream.close() });
        const services = await start({ pebble: { port: (upstream.address() as AddressInfo).port } });
        const directory = await get(services, hosts.acme, "/directory");
        expect([directory.status, directory.headers["replay-nonce"], directory.body]).toEqual([201, "n1", `GET /dir ${hosts.acme}`]);
        expect((await get(services, hosts.acme, "/order-plz", { body: {} })).body).toBe(`POST /order-plz ${hosts.acme}`);
    });

    it("says 502 while the authority is away", async () => {
        expect((await get(await start({ pebble: { port: 9 } }), hosts.acme, "/directory")).status).toBe(502);
    });

    it.skipIf(!existsSync("/usr/bin/pebble"))("is a real pebble, whose roots are all remembered", async () => {
        const at = scratch();
        const roots: string[] = [];
        for (let i = 0; i < 2; i++) {
            const [port, managementPort] = [await freePort(), await freePort()];
            const pebble = await startPebble({ ca, folder: at, port, managementPort, dnsServer: "127.0.0.1:53" });
            roots.push(pebble.root.trim());
            const services = await start({ pebble: { port } });
            const directory = JSON.parse((await get(services, hosts.acme, "/directory")).body);
            expect(directory.newOrder).toBe(`https://${hosts.acme}/order-plz`);
            await pebble.stop();
        }
        expect(readFileSync(join(at, "roots.pem"), "utf8")).toBe(`${roots[0]}\n${roots[1]}\n`);
        expect(roots[0]).not.toBe(roots[1]);
    }, 20_000);

    it("says how to mend it when pebble does not start", async () => {
        await expect(startPebble({ ca, folder: scratch(), port: 1, managementPort: 9, dnsServer: "127.0.0.1:53", command: "no-such-pebble" }))
            .rejects.toMatchObject({ code: "ACME_NOT_STARTED", message: expect.stringContaining("no-such-pebble: not found") });
    });
});
