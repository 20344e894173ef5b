import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gate, open, token as piece } from "../test/upstream";
import { World, type App } from "../test/world";
import { always, corsHeaders } from "./headers";

const page = "https://chat.yourapp.com";
const stranger = "https://evil.example";

describe("the headers of an answer", () => {
    let world: World;
    let app: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ CORS_ORIGINS: `${page},http://localhost:5173` });
        token = await app.login();
    });
    afterAll(() => world.stop());

    const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
        fetch(app.url + path, { ...init, headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...headers } });
    const chat = (headers: Record<string, string> = {}) => ask("/api/chat", headers, { method: "POST", body: '{"message":"Hi"}' });
    const cors = (response: Response) => ["vary", "access-control-allow-origin", "access-control-expose-headers"].map((name) => response.headers.get(name));

    it.each([
        ["a stream", () => chat(), 200, "no-cache, no-transform"],
        ["JSON", () => ask("/api/health"), 200, "no-store"],
        ["a refusal", () => ask("/api/chat", {}, { method: "POST", body: "{}" }), 400, "no-store"],
        ["a refusal without a token", () => ask("/api/chat", { Authorization: "" }, { method: "POST", body: "{}" }), 401, "no-store"],
        ["a route that is none", () => ask("/nothing"), 404, null],
        ["an address that is none", () => ask("/api/%zz"), 404, "no-store"],
    ])("make %s safe in a browser, and name its request", async (_name, answer, status, cache) => {
        const response = await answer();
        await response.text();
        expect([response.status, response.headers.get("cache-control")]).toEqual([status, cache]);
        for (const [name, value] of Object.entries(always)) expect([name, response.headers.get(name)]).toEqual([name, value]);
        expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    });

    it("come once each, in a stream as well", async () => {
        const response = await chat({ Origin: page });
        await response.text();
        expect([...response.headers].filter(([name, value]) => name !== "date" && /, /.test(value)).map(([name]) => name)).toEqual(["access-control-expose-headers", "cache-control"]);
    });

    it.each([page, "http://localhost:5173"])("let a page of %s read a stream and what is refused", async (origin) => {
        for (const response of [await chat({ Origin: origin }), await ask("/api/chat", { Origin: origin, Authorization: "" }, { method: "POST", body: "{}" }), await ask("/api/%zz", { Origin: origin })]) {
            await response.text();
            expect(cors(response)).toEqual(["Origin", origin, "X-Stream-Id, X-Request-Id, Retry-After, Link"]);
            expect(response.headers.get("access-control-allow-credentials")).toBe(null);
        }
    });

    it.each([stranger, `${page}.evil.example`, "http://chat.yourapp.com", "null", ""])("let no page of %j read anything", async (origin) => {
        const response = await chat({ Origin: origin });
        await response.text();
        expect(cors(response)).toEqual(["Origin", null, null]);
    });

    it("tell such a page before it asks what it may send", async () => {
        const preflight = (origin: string) => ask("/api/chat", { Origin: origin, "Access-Control-Request-Method": "POST", Authorization: "" }, { method: "OPTIONS" });
        const allowed = await preflight(page);
        expect([allowed.status, await allowed.text()]).toEqual([204, ""]);
        expect(Object.fromEntries([...allowed.headers].filter(([name]) => name.startsWith("access-control-")))).toEqual({
            "access-control-allow-origin": page,
            "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
            "access-control-allow-headers": "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Request-Id, X-Antipode-Tester, X-Antipode-Visitor",
            "access-control-expose-headers": "X-Stream-Id, X-Request-Id, Retry-After, Link",
            "access-control-max-age": "7200",
        });
        const refused = await preflight(stranger);
        expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([405, null]);
    });

    it("say nothing of other origins where none is set", async () => {
        expect(corsHeaders(page, [])).toEqual({});
        const alone = await world.service();
        const response = await fetch(`${alone.url}/health`, { headers: { Origin: page } });
        expect(cors(response)).toEqual([null, null, null]);
    });

    it("of a stream are there before its first token", async () => {
        const first = gate();
        world.upstream.script = async (response) => {
            await first.wait;
            open(response).end(piece("late", "stop"));
        };
        const response = await chat({ Origin: page });
        expect(cors(response)[1]).toBe(page);
        first.open();
        await response.text();
    });
});
