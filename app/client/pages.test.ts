import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ChatServer, finished, partly, refusal, type Plan } from "../test/chat-server";
import { until } from "../test/world";
import { WxSimulator } from "../test/wx";
import { ChatError, createClient, fetchTransport, wxTransport, type Client, type ConnectionState, type Transport } from "./index";

const timing = { firstMs: 4, capMs: 20, stallMs: 2_000, askMs: 5_000, resumeMs: 5_000 };

/** A page of something between the client and the service. */
const page = (status: number, headers: Record<string, string> = {}, body = "<html><h1>Sorry</h1></html>") => (response: ServerResponse): void =>
    void response.writeHead(status, { "content-type": "text/html", ...headers }).end(body);

const passing: [string, Plan][] = [
    ...[408, 421, 425, 429, 500, 502, 503, 504, 511, 520, 521, 522, 523, 524, 525, 526, 527, 530].map((status): [string, Plan] => [`a page with status ${status}`, page(status)]),
    ["a captive portal's page", page(200)],
    ["a captive portal's page without a type", page(200, { "content-type": "" })],
    ["a captive portal that says nothing", page(204, {}, "")],
    ["a redirect that leads nowhere", page(302)],
    ["an empty answer", page(200, { "content-type": "text/plain" }, "")],
    ["a page that asks to wait", page(429, { "retry-after": "0" })],
    ["a gateway's own JSON", page(500, { "content-type": "application/json" }, '{"code":"ServiceUnavailable","message":"Try again."}')],
    ["a gateway's own JSON with a number", page(520, { "content-type": "application/json" }, '{"code":1020}')],
];

const platforms: [string, () => Transport][] = [
    ["fetch", () => fetchTransport],
    ["wx.request", () => wxTransport(new WxSimulator())],
    ["wx.request that tells its headers late", () => wxTransport(new WxSimulator({ headersFirst: false }))],
];

describe.each(platforms)("behind a proxy, the client over %s", (_name, transport) => {
    let server: ChatServer;
    let client: Client;
    let states: ConnectionState[];
    beforeAll(async () => (server = await ChatServer.start()));
    beforeEach(() => {
        Object.assign(server, { says: [{ type: "delta", delta: "Hello" }, finished], tokens: undefined });
        for (const list of [server.asked, server.plans]) list.splice(0);
        states = [];
        client = createClient({ baseUrl: server.url, transport: transport(), token: "ada", timing });
    });
    afterAll(() => server.stop());

    const chat = () => client.chat({ message: "Hi" }, { onConnection: (state) => states.push(state) });
    const keys = () => new Set(server.asked.map(({ headers }) => headers["idempotency-key"]));

    it.each(passing)("asks again after %s, with the same key", async (_name, plan) => {
        server.plans.push(plan, plan);
        const turns = server.turns.size;
        expect(await chat().done).toMatchObject({ state: "done", text: "Hello" });
        expect([server.asked.length, keys().size, server.turns.size - turns]).toEqual([3, 1, 2]);
    });

    it.each(passing.filter(([name]) => !/nothing|429|511|asks/.test(name)))("goes on with a stream after %s", async (_name, plan) => {
        server.plans.push(partly(2, ""), plan);
        expect(await chat().done).toMatchObject({ state: "done", text: "Hello", lastSeq: 3 });
        expect(server.asked.map(({ method }) => method)).toEqual(["POST", "GET", "GET"]);
    });

    it.each([400, 401, 403, 404, 405, 413, 431, 451])("gives up at once after a page with status %i, and does not call it retryable", async (status) => {
        server.plans.push(page(status));
        expect(await chat().done).toMatchObject({ state: "failed", error: { code: "answer_malformed", status, retryable: false } });
        expect(server.asked.length).toBe(1);
    });

    it("does not ask again after the service's own fault", async () => {
        server.plans.push(refusal(500, "internal"));
        expect(await chat().done).toMatchObject({ state: "failed", error: { code: "internal", status: 500, retryable: false } });
        expect(server.asked.length).toBe(1);
    });

    it("says at last that it may be worth another attempt", async () => {
        client = createClient({ baseUrl: server.url, transport: transport(), token: "ada", timing: { ...timing, askMs: 60 } });
        server.plans.push(...Array.from({ length: 50 }, () => page(522)));
        expect(await chat().done).toMatchObject({ state: "failed", error: { code: "answer_malformed", status: 522, retryable: true } });
    });

    it("waits as long as a page asks it to", async () => {
        server.plans.push(page(503, { "retry-after": "0.5" }));
        const began = Date.now();
        expect(await chat().done).toMatchObject({ state: "done" });
        expect(Date.now() - began).toBeGreaterThanOrEqual(500);
        server.plans.push(page(429, { "retry-after": "60" }));
        expect(await chat().done).toMatchObject({ state: "failed", error: { status: 429, retryable: true } });
    });

    it("leaves while it waits, and asks no more", async () => {
        client = createClient({ baseUrl: server.url, transport: transport(), token: "ada", timing: { ...timing, firstMs: 60_000, capMs: 60_000, askMs: 1e9 } });
        server.plans.push(page(520));
        const leave = new AbortController();
        const left = client.chat({ message: "Hi" }, { signal: leave.signal, onConnection: (state) => states.push(state) });
        await until(() => states.at(-1)?.state === "waiting");
        leave.abort();
        expect(await left.done).toMatchObject({ state: "left" });
        expect(server.asked.length).toBe(1);
    });

    it("reads and stops again after a page, and creates nothing twice", async () => {
        const { streamId } = await chat().done;
        server.asked.splice(0);
        server.turns.set("messages", { frames: [] } as never);
        server.plans.push(page(520), ((response) => void response.end(JSON.stringify({ sessionId: "one", messages: [] }))) as Plan);
        expect((await client.messages("one")).messages).toEqual([]);
        expect(server.asked.length).toBe(2);
        expect(await client.stop(streamId!)).toBe(true);
        server.asked.splice(0);
        server.plans.push(page(520));
        const refused = await client.agents.create({ agents: [] }).catch((error: ChatError) => error);
        expect(refused).toMatchObject({ code: "answer_malformed", status: 520, retryable: true });
        expect(server.asked.length).toBe(1);
    });
});
