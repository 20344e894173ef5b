import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { connect, createServer as createSecureServer } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Authority, authority } from "../test/authority";
import { Backend } from "../test/backend";
import { type Reply, ask } from "../test/client";
import { nameServer } from "../test/dns";
import { Nginx, nginx } from "../test/nginx";
import { freePorts, until } from "../test/until";
import type { GatewayState } from "./state";

describe.skipIf(nginx === undefined)("two regions behind real gateways", () => {
    let ca: Authority;
    let names: Awaited<ReturnType<typeof nameServer>>;
    let us: Nginx, cn: Nginx;
    let usState: GatewayState, cnState: GatewayState;
    let american: Backend, chinese: Backend;
    const home = "https://us.yourapp.test";
    const peerSecret = "5e".repeat(32);

    beforeAll(async () => {
        ca = await authority();
        names = await nameServer(/\.yourapp\.test$/);
    });
    afterAll(() => names.close());

    async function bothUp(answers: { us?: Backend["answer"]; cn?: Backend["answer"] } = {}): Promise<void> {
        american = await new Backend("from us", answers.us).start();
        chinese = await new Backend("from cn", answers.cn).start();
        const [usHttp, usHttps, cnHttp, cnHttps] = (await freePorts(4)) as [number, number, number, number];
        us = await Nginx.make({ resolver: names.address, peerHttpPort: cnHttp }, [usHttp, usHttps]);
        cn = await Nginx.make({ resolver: names.address, peerHttpPort: usHttp }, [cnHttp, cnHttps]);
        for (const gateway of [us, cn]) gateway.layout.trust = gateway.file("trust.pem", ca.pem);
        const site = async (gateway: Nginx, name: string) => ({ name, certificate: gateway.file(`${name}.pem`, await ca.issue(name)) });
        usState = {
            region: "us",
            sites: [await site(us, "us.yourapp.test"), { name: "api.yourapp.test" }],
            peers: [{ region: "cn", host: "cn.yourapp.test", port: cnHttps }],
            app: { version: "1.0.0", addresses: [american.address] },
            maxStreamSeconds: 3600,
            peerSecret,
        };
        cnState = {
            region: "cn",
            sites: [await site(cn, "cn.yourapp.test"), { name: "api.yourapp.test" }],
            peers: [{ region: "us", host: "us.yourapp.test", port: usHttps }],
            app: { version: "1.0.0", addresses: [chinese.address] },
            maxStreamSeconds: 3600,
            peerSecret,
        };
        await Promise.all([us.serve(usState), cn.serve(cnState)]);
    }

    afterEach(async () => {
        await Promise.all([us.stop(), cn.stop(), american.stop(), chinese.stop()]);
    });

    it("serves from home, over verified TLS, with HSTS and a request id", async () => {
        await bothUp();
        const reply = await ask(us, `${home}/api/chat?token=hidden`, { headers: { "x-forwarded-for": "203.0.113.9" } });
        expect(reply).toMatchObject({ status: 200, body: "from us" });
        expect(reply.headers["strict-transport-security"]).toBe("max-age=31536000");
        expect(american.seen[0]?.headers).toMatchObject({
            "x-request-id": reply.headers["x-request-id"],
            "x-forwarded-for": "127.0.0.1",
            "x-forwarded-proto": "https",
        });
        const [line] = await until(() => us.accesses().length > 0 && us.accesses(), "a line in the log");
        expect(line).toMatchObject({ region: "us", version: "1.0.0", path: "/api/chat", status: "200", upstream: american.address });
        expect(JSON.stringify(line)).not.toContain("hidden");
    });

    it("says at the public health path that the other region answers, and with which version", async () => {
        await bothUp();
        await us.serve({ ...usState, app: undefined });
        await cn.serve({ ...cnState, app: { version: "2.0.0", addresses: [chinese.address], health: "/up" } });
        const reply = await until(async () => ((reply) => reply.status === 200 && reply)(await ask(us, `${home}/api/health`)), "an answer");
        expect([reply.body, reply.headers["x-antipode-region"], reply.headers["x-antipode-version"], chinese.seen.at(-1)?.url]).toEqual(["from cn", "cn", "2.0.0", "/up"]);
    });

    it("serves from the other region when the app stops, without a failed request", async () => {
        await bothUp();
        let running = true;
        const replies: { method: string; status: number; body: string }[] = [];
        const visitor = async (method: "GET" | "POST") => {
            while (running) {
                const { status, body } = await ask(us, `${home}/`, { method, body: method === "POST" ? "{}" : undefined });
                replies.push({ method, status, body });
            }
        };
        const visitors = [visitor("GET"), visitor("GET")];
        await until(() => replies.length > 20, "traffic at home");
        await american.stop();
        // Only now: a POST in flight while its app is killed is one that had been sent.
        visitors.push(visitor("POST"));
        const abroad = (method: string) => replies.filter((reply) => reply.method === method && reply.body === "from cn").length;
        await until(() => abroad("GET") > 20 && abroad("POST") > 20, "traffic from abroad");
        await us.serve({ ...usState, app: undefined });
        const before = replies.length;
        await until(() => replies.length > before + 40, "traffic with the peer alone");
        running = false;
        await Promise.all(visitors);
        expect(replies.filter(({ status }) => status !== 200)).toEqual([]);
        expect(chinese.seen.at(-1)?.headers).toMatchObject({ "x-antipode-hop": "us", "x-forwarded-host": "us.yourapp.test" });
    });

    it("keeps the request id and the visitor's address across the border", async () => {
        await bothUp();
        await us.serve({ ...usState, app: undefined });
        const reply = await ask(us, `${home}/`, { localAddress: "127.0.0.2", headers: { "x-forwarded-for": "203.0.113.9" } });
        expect(reply.body).toBe("from cn");
        expect(chinese.seen[0]?.headers["x-request-id"]).toBe(reply.headers["x-request-id"]);
        expect(chinese.seen[0]?.headers["x-forwarded-for"]).toBe("127.0.0.2");
        expect(reply.headers["strict-transport-security"]).toBe("max-age=31536000");
        await until(() => cn.accesses().length === 1, "a line in the peer's log");
        expect(cn.accesses().map(({ remote, visitor }) => [remote, visitor])).toEqual([["127.0.0.1", "127.0.0.2"]]);
    });

    it("believes nobody else who says that he is a peer, and keeps its proof to itself", async () => {
        await bothUp();
        const forged = { "x-antipode-hop": "cn", "x-antipode-peer": "guessed", "x-forwarded-for": "203.0.113.9", "x-request-id": "forged-id-0000" };
        const reply = await ask(us, `${home}/`, { headers: forged });
        const [{ headers }] = american.seen as [Backend["seen"][0]];
        expect([headers["x-forwarded-for"], headers["x-antipode-peer"]]).toEqual(["127.0.0.1", undefined]);
        await until(() => us.accesses().length === 1, "a line in the log");
        expect(us.accesses()[0]?.visitor).toBe("127.0.0.1");
        expect([headers["x-request-id"], reply.headers["x-request-id"]]).not.toContain("forged-id-0000");
        await us.serve({ ...usState, app: undefined });
        await ask(us, `${home}/`);
        expect(chinese.seen[0]?.headers["x-antipode-peer"]).toBeUndefined();
        expect(JSON.stringify([...us.accesses(), ...cn.accesses()])).not.toContain(peerSecret);
    });

    it("lets each region go by its own testers, and tells the peer of a proof", async () => {
        await bothUp();
        const [ada, bob] = ["ad".repeat(16), "b0".repeat(16)];
        const next = await new Backend("next of cn").start();
        await us.serve({ ...usState, app: undefined });
        await cn.serve({ ...cnState, candidate: { version: "1.1.0", addresses: [next.address], weight: 0, testers: [ada] } });
        const asked = (headers: Record<string, string>, query = "") => ask(us, `${home}/${query}`, { headers }).then(({ body }) => body);
        for (const [proof, body] of [[ada, "next of cn"], [bob, "from cn"]] as const) {
            expect(await Promise.all([asked({ "x-antipode-tester": proof }), asked({ cookie: `antipode_tester=${proof}` }), asked({}, `?antipode_test=${proof}`)])).toEqual([body, body, body]);
        }
        expect(await asked({})).toBe("from cn");
        await next.stop();
    });

    it("takes a POST that the app refused without an effect to the peer: once, whole, and not farther", async () => {
        const refuse: Backend["answer"] = (request, response) => {
            const elsewhere = request.headers["x-antipode-gateway"] === "1";
            response.writeHead(503, { "content-type": "application/json", "retry-after": "1", ...(elsewhere && { "x-accel-redirect": "@elsewhere" }) }).end('{"code":"draining"}');
        };
        const echo: Backend["answer"] = (request, response) => void request.pipe(response.writeHead(200, { "content-type": "text/event-stream" }));
        await bothUp({ us: refuse, cn: echo });
        const body = JSON.stringify({ message: "x".repeat(50_000) });
        const reply = await ask(us, `${home}/api/chat`, { method: "POST", body });
        expect(reply).toMatchObject({ status: 200, body, headers: { "content-type": "text/event-stream" } });
        expect(reply.headers["x-accel-redirect"]).toBeUndefined();
        expect(chinese.seen.map(({ method, url, headers }) => [method, url, headers["x-antipode-hop"], headers["x-antipode-gateway"]])).toEqual([["POST", "/api/chat", "us", undefined]]);

        chinese.answer = refuse;
        expect(await ask(us, `${home}/api/chat`, { method: "POST", body })).toMatchObject({ status: 503, body: '{"code":"draining"}', headers: { "retry-after": "1" } });
        expect([american.seen.length, chinese.seen.length]).toEqual([2, 2]);

        await us.serve({ ...usState, peers: [] });
        expect(await ask(us, `${home}/api/chat`, { method: "POST", body })).toMatchObject({ status: 503, body: '{"code":"draining"}', headers: { "retry-after": "1" } });
    });

    describe("a POST that its app gave away to a peer", () => {
        /** Gives everything away, and echoes what comes back. */
        const giving: Backend["answer"] = (request, response) => {
            if (request.headers["x-antipode-gateway"] === "1") return void response.writeHead(421, { "x-accel-redirect": "@elsewhere" }).end("{}");
            request.pipe(response.writeHead(200, { "content-type": "text/event-stream" }));
        };
        const body = JSON.stringify({ message: "x".repeat(50_000) });
        const post = (headers = {}) => ask(us, `${home}/api/chat`, { method: "POST", body, headers });
        const tellings = () => american.seen.map(({ headers }) => [headers["x-antipode-gateway"], headers["x-antipode-elsewhere"]]);
        const there = ["1", undefined], back = [undefined, "failed"];
        const peerAt = (port: number, host = "cn.yourapp.test") => us.serve({ ...usState, peers: [{ region: "cn", host, port }] });

        it("is done there, and is not told of it", async () => {
            await bothUp({ us: giving });
            expect(await post({ "x-antipode-elsewhere": "failed" })).toMatchObject({ status: 200, body: "from cn" });
            expect([tellings(), chinese.seen[0]!.headers["x-antipode-elsewhere"]]).toEqual([[there], undefined]);
        });

        it.each<[string, number, (silent: number) => Promise<unknown>]>([
            ["nobody listens", 5, () => cn.stop()],
            ["its name does not resolve", 5, () => peerAt(cn.layout.httpsPort, "cn.nowhere.test")],
            ["its certificate is not its own", 5, () => peerAt(cn.layout.httpsPort, "other.yourapp.test")],
            ["it takes the connection and says nothing", 1, (silent) => peerAt(silent)],
        ])("comes back once, whole, each time that no peer is reached: %s", async (_, times, away) => {
            await bothUp({ us: giving });
            const silent = createServer().listen(0, "127.0.0.1");
            await once(silent, "listening");
            await away((silent.address() as AddressInfo).port);
            for (let count = 0; count < times; count++) {
                expect(await post()).toMatchObject({ status: 200, body, headers: { "content-type": "text/event-stream" } });
                expect(tellings().slice(2 * count)).toEqual([there, back]);
            }
            expect(chinese.seen).toEqual([]);
            silent.close();
        });

        it("comes back to an app that is gone: 502, and no third attempt", async () => {
            await bothUp({ us: giving });
            await cn.stop();
            american.answer = (request, response) => (request.headers["x-antipode-elsewhere"] === "failed" ? void request.socket.destroy() : giving(request, response));
            const reply = await post();
            expect([reply.status, JSON.parse(reply.body).code, tellings()]).toEqual([502, "bad_gateway", [there, back]]);
        });

        it("is not done again when the peer had it and broke off, before the answer or in it", async () => {
            await bothUp({ us: giving });
            let heard = 0;
            const key = await ca.issue("cn.yourapp.test");
            for (const begun of ["", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nso f\r\n"]) {
                const breaking = createSecureServer({ key, cert: key }, (socket) => void socket.once("data", () => {
                    heard++;
                    // A reset would take along what nginx has not read yet.
                    if (begun) socket.end(begun);
                    else socket.destroy();
                })).listen(0, "127.0.0.1");
                await once(breaking, "listening");
                await peerAt((breaking.address() as AddressInfo).port);
                const reply = await post().catch((broken: NodeJS.ErrnoException) => broken.code);
                if (begun) expect(reply).toBe("ECONNRESET");
                else expect([(reply as Reply).status, JSON.parse((reply as Reply).body)]).toEqual([502, { code: "bad_gateway", message: expect.stringContaining("whether it did its work is not known") }]);
                breaking.close();
            }
            expect([heard, tellings()]).toEqual([2, [there, there]]);
        });

        it("is not done again when the peer itself refuses it", async () => {
            await bothUp({ us: giving, cn: (_, response) => void response.writeHead(503).end("busy") });
            expect(await post()).toMatchObject({ status: 503, body: "busy" });
            await cn.serve({ ...cnState, app: undefined });
            expect(await post()).toMatchObject({ status: 503 });
            expect(tellings()).toEqual([there, there]);
        });
    });

    it("keeps an app that gives requests away in its place: nothing of it has failed", async () => {
        await bothUp({
            us: (request, response) => {
                if (request.method === "POST") return void response.end("from us");
                response.writeHead(424, request.headers["x-antipode-gateway"] === "1" ? { "x-accel-redirect": "@elsewhere" } : {}).end("no database");
            },
        });
        for (let count = 0; count < 10; count++) expect((await ask(us, `${home}/`)).body).toBe("from cn");
        await cn.stop();
        for (let count = 0; count < 10; count++) expect((await ask(us, `${home}/`)).body).toBe("no database");
        expect((await ask(us, `${home}/`, { method: "POST", body: "{}" })).body).toBe("from us");
    });

    it("asks again for a GET that got 503, and sends a POST once only", async () => {
        await bothUp({ us: (_, response) => void response.writeHead(503).end("busy") });
        expect(await ask(us, `${home}/`)).toMatchObject({ status: 200, body: "from cn" });
        expect(await ask(us, `${home}/`, { method: "POST", body: "{}" })).toMatchObject({ status: 503, body: "busy" });
        expect(chinese.seen.map(({ method }) => method)).toEqual(["GET"]);
    });

    it("does not repeat a POST whose connection broke", async () => {
        await bothUp({ us: (request) => void request.socket.destroy() });
        const reply = await ask(us, `${home}/`, { method: "POST", body: "{}" });
        expect(reply.status).toBe(502);
        expect(JSON.parse(reply.body).code).toBe("bad_gateway");
        expect([american.seen.length, chinese.seen.length]).toEqual([1, 0]);
    });

    it("never relays a relayed request, even when both regions have nobody", async () => {
        await bothUp();
        await Promise.all([us.serve({ ...usState, app: undefined }), cn.serve({ ...cnState, app: undefined })]);
        const reply = await ask(us, `${home}/`);
        expect(reply.status).toBe(503);
        expect(reply.headers["retry-after"]).toBe("5");
        expect(JSON.parse(reply.body).code).toBe("unavailable");
        await until(() => us.accesses().length >= 1 && cn.accesses().length >= 1, "both logs");
        expect([us.accesses().length, cn.accesses().length]).toEqual([1, 1]);
    });

    it("answers 503 with Retry-After when there is nobody at all", async () => {
        await bothUp();
        await us.serve({ ...usState, app: undefined, peers: [] });
        expect(await ask(us, `${home}/`)).toMatchObject({ status: 503, headers: { "retry-after": "5", "content-type": "application/json" } });
    });

    it("stands when a peer's name does not resolve, or its certificate is not its own", async () => {
        await bothUp();
        const [peer] = usState.peers as [GatewayState["peers"][0]];
        for (const host of ["cn.nowhere.test", "other.yourapp.test"]) {
            await us.serve({ ...usState, peers: [{ ...peer, host }] });
            expect((await ask(us, `${home}/`)).body).toBe("from us");
            await us.serve({ ...usState, app: undefined, peers: [{ ...peer, host }] });
            expect((await ask(us, `${home}/`)).status).toBe(502);
        }
        expect(chinese.seen).toEqual([]);
    });

    it("passes a stream on piece by piece, through a reload", async () => {
        let next: (piece: string) => void = () => undefined;
        await bothUp({
            us: (_, response) => {
                response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
                next = (piece) => (piece === "" ? response.end() : response.write(`data: ${piece}\n\n`));
                next("0");
            },
        });
        const pieces: string[] = [];
        const reply = ask(us, `${home}/`, { method: "POST", body: "{}", headers: { "accept-encoding": "gzip" }, onPiece: (piece) => pieces.push(piece) });
        for (let count = 1; count <= 10; count++) {
            // The next piece is only sent when the one before has arrived: a buffer anywhere would stop this.
            await until(() => pieces.length === count, `piece ${count}`);
            if (count === 5) await us.serve({ ...usState, app: { version: "1.1.0", addresses: [chinese.address] } });
            next(String(count));
        }
        expect((await ask(us, `${home}/`)).body).toBe("from cn");
        next("");
        expect((await reply).body).toBe(Array.from({ length: 11 }, (_, count) => `data: ${count}\n\n`).join(""));
        expect((await reply).headers["content-encoding"]).toBeUndefined();
    });

    it("takes visitors to HTTPS, shows no metrics, knows no strangers", async () => {
        await bothUp();
        expect(await ask(us, "http://us.yourapp.test/a?b=c")).toMatchObject({ status: 308, headers: { location: `${home}/a?b=c` } });
        expect((await ask(us, "http://stranger.test/")).status).toBe(404);
        for (const path of ["/metrics", "/%6detrics", "//metrics", "/a/../metrics"]) {
            expect((await ask(us, `${home}/`, { path })).status).toBe(404);
        }
        expect(american.seen).toEqual([]);
        for (const name of ["stranger.test", "api.yourapp.test"]) {
            await expect(ask(us, `https://${name}/`)).rejects.toThrow(/unrecognized name|handshake failure/);
        }
    });

    it("speaks HTTP/2", async () => {
        await bothUp();
        const socket = connect({ port: us.layout.httpsPort, servername: "us.yourapp.test", ca: ca.pem, ALPNProtocols: ["h2", "http/1.1"] });
        await new Promise((resolve) => socket.once("secureConnect", resolve));
        expect(socket.alpnProtocol).toBe("h2");
        socket.destroy();
    });

    it("asks a peer for a challenge that it does not know, one hop only", async () => {
        await bothUp();
        const challenge = "http://api.yourapp.test/.well-known/acme-challenge";
        writeFileSync(`${cn.folder}/acme/token_of-cn`, "proof", { mode: 0o644 });
        expect(await ask(us, `${challenge}/token_of-cn`)).toMatchObject({ status: 200, body: "proof", headers: { "content-type": "text/plain" } });
        expect((await ask(us, `${challenge}/unknown`)).status).toBe(404);
        expect((await ask(us, `${challenge}/`, { path: "/.well-known/acme-challenge/../../nginx.conf" })).status).not.toBe(200);
        await until(() => cn.accesses().length === 2, "the peer's log");
        expect(us.accesses().filter(({ hop }) => hop !== "")).toEqual([]);
    });
});
