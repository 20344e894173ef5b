import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { scratch } from "../../testing/scratch";
import { openAuthority } from "../ca/index";
import { readAccount } from "../dns/cloudflare";
import { cloudflareStore } from "../dns/fixture";
import { type HealthEvent, Monitors } from "./index";
import { plan, type Target } from "./plan";
import { codeMatches, probe } from "./probe";
import { observe, type Opinion, verdict } from "./verdict";

const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

/** Waits for a condition, however busy the machine is. */
const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 10_000, interval: 5 });

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
async function serve(answer: Answer, secure?: { key: string; cert: string }): Promise<number> {
    const server = (secure ? createSecureServer(secure, answer) : createServer(answer)).listen(0, "127.0.0.1");
    server.on("tlsClientError", () => undefined);
    await once(server, "listening");
    open.push(() => (server.close(), (server as Server).closeAllConnections()));
    return (server.address() as AddressInfo).port;
}

const target = (port: number, more: Partial<Target> = {}): Target => ({
    pool: "p", origin: "o", addresses: ["127.0.0.1"], type: "http", method: "GET", path: "/api/health", port,
    headers: { Host: "api.yourapp.test", "User-Agent": "probe" }, expectedCodes: "200", expectedBody: "", followRedirects: false,
    allowInsecure: false, intervalMs: 15_000, timeoutMs: 2000, retries: 0, consecutiveUp: 1, consecutiveDown: 1, regions: ["ENAM"], ...more,
});

describe("a check", () => {
    it("asks for the path under the Host header", async () => {
        let seen: unknown;
        const port = await serve((request, response) => {
            seen = [request.method, request.url, request.headers.host, request.headers["user-agent"]];
            response.end("ok");
        });
        expect(await probe(target(port))).toEqual({ pass: true });
        expect(seen).toEqual(["GET", "/api/health", "api.yourapp.test", "probe"]);
    });

    it("fails on another code or a body without the text, whatever its case", async () => {
        const port = await serve((_, response) => response.writeHead(503).end("{\"status\":\"Healthy\"}"));
        expect(await probe(target(port))).toEqual({ pass: false, reason: "Response code mismatch error (503)" });
        expect(await probe(target(port, { expectedCodes: "5xx", expectedBody: "healthy" }))).toEqual({ pass: true });
        expect(await probe(target(port, { expectedCodes: "503", expectedBody: "fine" }))).toEqual({ pass: false, reason: "Response body mismatch error" });
    });

    it("follows a redirect only when told to", async () => {
        const port = await serve((request, response) =>
            request.url === "/there" ? response.end("ok") : response.writeHead(302, { location: "/there" }).end());
        expect(await probe(target(port))).toEqual({ pass: false, reason: "Response code mismatch error (302)" });
        expect(await probe(target(port, { followRedirects: true }))).toEqual({ pass: true });
    });

    it("is made again at once after a timeout, and only then", async () => {
        let asked = 0;
        const silent = await serve(() => void asked++);
        expect(await probe(target(silent, { timeoutMs: 300, retries: 2 }))).toEqual({ pass: false, reason: "HTTP timeout occurred" });
        expect(asked).toBe(3);
        let failed = 0;
        const failing = await serve((_, response) => (failed++, response.writeHead(500).end()));
        await probe(target(failing, { retries: 2 }));
        expect(failed).toBe(1);
        const late = await serve((_, response) => ++asked === 5 && response.end("ok"));
        expect(await probe(target(late, { timeoutMs: 500, retries: 1 }))).toEqual({ pass: true });
    });

    it("over https verifies the certificate for the Host header unless told not to", async () => {
        const authority = await openAuthority(scratch());
        const right = await authority.issue(["api.yourapp.test"]);
        const port = await serve((_, response) => response.end("ok"), { key: right.key, cert: right.chain });
        const ca = [authority.root];
        expect(await probe(target(port, { type: "https" }), { ca })).toEqual({ pass: true });
        expect(await probe(target(port, { type: "https", headers: { Host: "other.test" } }), { ca })).toEqual({ pass: false, reason: "TLS certificate name mismatch" });
        expect(await probe(target(port, { type: "https" }))).toMatchObject({ pass: false, reason: expect.stringContaining("TLS untrusted certificate error") });
        expect(await probe(target(port, { type: "https", allowInsecure: true }))).toEqual({ pass: true });
    });

    it("over tcp passes when the connection stands", async () => {
        const server = createTcpServer((socket) => socket.end()).listen(0, "127.0.0.1");
        await once(server, "listening");
        const { port } = server.address() as AddressInfo;
        expect(await probe(target(port, { type: "tcp" }))).toEqual({ pass: true });
        await new Promise((done) => server.close(done));
        expect(await probe(target(port, { type: "tcp" }))).toEqual({ pass: false, reason: "TCP connection failed (ECONNREFUSED)" });
    });

    it("fails when the hostname leads nowhere", async () => {
        expect(await probe(target(1, { addresses: [] }))).toEqual({ pass: false, reason: "DNS resolution failed" });
    });
});

it.each([["200", 200, true], ["200", 201, false], ["2xx", 204, true], ["2xx", 301, false], ["200,204", 204, true], ["200-399", 302, true]])("codes %s and %i: %s", (expected, status, matches) => {
    expect(codeMatches(status, expected)).toBe(matches);
});

describe("a verdict", () => {
    const opinions = (...votes: [string, boolean | undefined][]) => votes.map(([region, up]): Opinion => ({ region, up, streak: 0 }));
    it.each([
        ["unknown before any result", opinions(["A", undefined]), undefined],
        ["the first result's", opinions(["A", true], ["A", undefined], ["A", undefined]), true],
        ["the majority's of a region", opinions(["A", true], ["A", false], ["A", true]), true],
        ["down with two of three", opinions(["A", false], ["A", false], ["A", true]), false],
        ["down when half of the regions are", opinions(["A", true], ["B", false]), false],
        ["up when most regions are", opinions(["A", true], ["B", false], ["C", true]), true],
    ])("is %s", (_, given, healthy) => expect(verdict(given)).toBe(healthy));

    it("changes after as many results in a row as the monitor says", () => {
        const patience = { consecutiveUp: 1, consecutiveDown: 2 };
        const seen = [true, false, true, false, false, true].reduce<Opinion[]>((all, pass) => [...all, observe(all.at(-1) ?? { region: "A", streak: 0 }, pass, patience)], []);
        expect(seen.map(({ up }) => up)).toEqual([true, true, true, true, false, true]);
    });
});

describe("a plan", () => {
    it("takes the provider's defaults, the endpoint's Host and what is enabled", () => {
        const { store, put } = cloudflareStore();
        put("monitor", "m", { type: "https", header: { Host: ["api.yourapp.test"], "X-A": ["b"] } });
        put("pool", "p", { name: "p", monitor: "m", origins: [
            { name: "a", address: "192.0.2.1" }, { name: "b", address: "192.0.2.2", port: 8443, header: { hosts: ["b.test"] } }, { name: "c", address: "192.0.2.3", enabled: false },
        ] });
        put("pool", "q", { name: "q", monitor: "m", enabled: false, origins: [{ name: "a", address: "192.0.2.1" }] });
        const targets = plan(readAccount(store));
        expect(targets.map(({ origin, port, headers }) => [origin, port, headers.Host, headers["X-A"]])).toEqual([["a", 443, "api.yourapp.test", "b"], ["b", 8443, "b.test", "b"]]);
        expect(targets[0]).toMatchObject({ intervalMs: 60_000, timeoutMs: 5000, retries: 2, expectedCodes: "200", method: "GET", path: "/" });
    });
});

describe("the monitors", () => {
    /** 15 s pass in 150 ms. */
    const timeScale = 0.01;

    async function watched(more: Record<string, unknown> = {}, poolMore: Record<string, unknown> = {}) {
        const state = { up: true, asked: 0 };
        const port = await serve((_, response) => (state.asked++, response.writeHead(state.up ? 200 : 500).end()));
        const made = cloudflareStore();
        const monitor = { type: "http", path: "/api/health", port, interval: 15, timeout: 100, retries: 0, ...more };
        made.put("monitor", "m", monitor);
        made.put("zone", "z", { name: "yourapp.test" });
        made.put("dnsRecord", "r", { zoneId: "z", name: "us", type: "A", content: "127.0.0.1", ttl: 60 });
        made.put("pool", "p", { name: "pool-us", monitor: "m", origins: [{ name: "us", address: "us.yourapp.test" }], checkRegions: ["ENAM"], ...poolMore });
        const monitors = new Monitors({ store: made.store, timeScale });
        const events: HealthEvent[] = [];
        monitors.on("change", (event) => events.push(event));
        open.push(() => monitors.close());
        return { ...made, monitors, events, state, monitor, port };
    }

    it("hold an endpoint for down until it has been checked, then follow it down and up", async () => {
        const { monitors, events, state } = await watched();
        expect(monitors.isUp("p", "us")).toBe(false);
        await until(() => monitors.isUp("p", "us"));
        await until(() => state.asked >= 3);
        state.up = false;
        await until(() => !monitors.isUp("p", "us"));
        expect(monitors.status()).toEqual([{ id: "p", name: "pool-us", healthy: false, origins: [{ name: "us", healthy: false, reason: "Response code mismatch error (500)" }] }]);
        state.up = true;
        await until(() => monitors.isUp("p", "us"));
        expect(monitors.status()).toEqual([{ id: "p", name: "pool-us", healthy: true, origins: [{ name: "us", healthy: true }] }]);
        expect(events.map(({ pool, origin, healthy }) => [pool, origin, healthy])).toEqual([["p", "us", true], ["p", "us", false], ["p", "us", true]]);
    });

    it("agree on a failure when two of three data centres have seen it, and not after a whole interval", async () => {
        const { monitors, state } = await watched({ interval: 60 });
        await until(() => state.asked >= 3);
        state.up = false;
        const before = state.asked;
        const seen = new Promise((resolve) => monitors.once("change", () => resolve(state.asked - before)));
        expect(await seen).toBe(2);
    });

    it("take a changed monitor, record and pool up at once", async () => {
        const { monitors, put, store, monitor } = await watched({ interval: 3600 });
        await until(() => monitors.isUp("p", "us"));
        put("monitor", "m", { ...monitor, interval: 3600, expectedCodes: "204" });
        await until(() => !monitors.isUp("p", "us"));
        put("monitor", "m", { ...monitor, interval: 3600 });
        await until(() => monitors.isUp("p", "us"));
        store.delete("cloudflare", "r");
        await until(() => monitors.status()[0]?.origins[0]?.reason === "DNS resolution failed");
        store.delete("cloudflare", "p");
        expect(monitors.status()).toEqual([]);
    });
});
