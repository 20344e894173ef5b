import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { RequestListener, ServerResponse } from "node:http";
import { type ClientHttp2Session, type ClientHttp2Stream, connect as http2, constants } from "node:http2";
import { connect as tls } from "node:tls";
import type { Site } from "../gateway/state";
import { Backend } from "../test/backend";
import { ask } from "../test/client";
import { gatewayOf, type Nginx, nginx } from "../test/nginx";
import { until } from "../test/until";
import { accessOf, type Attempt, cutOf } from "./gateway-log";
import { LogReader } from "./log-reader";

const at = Date.parse("2026-11-27T12:00:00Z");
const line = (fields: Record<string, string>) => JSON.stringify({ time: "2026-11-27T12:00:00+00:00", version: "1.5.0", remote: "203.0.113.9", visitor: "203.0.113.9", connection: "7", status: "200", completion: "OK", ...fields });
const attemptsOf = (text: string) => accessOf(text)?.attempts ?? [];

describe("a line of the gateway's access log", () => {
    it.each<[string, string, string, [string, string][]]>([
        ["one instance", "10.0.1.5:80", "200", [["10.0.1.5:80", "answered"]]],
        ["a refusal", "10.0.1.5:80", "404", [["10.0.1.5:80", "answered"]]],
        ["a failure", "10.0.1.5:80", "503", [["10.0.1.5:80", "failed"]]],
        ["no answer", "10.0.1.5:80", "-", [["10.0.1.5:80", "failed"]]],
        ["an instance that takes too long", "10.0.1.5:80", "504", [["10.0.1.5:80", "failed"]]],
        ["a second try", "10.0.1.5:80, 10.0.1.6:80", "502, 200", [["10.0.1.5:80", "failed"], ["10.0.1.6:80", "answered"]]],
        ["a way to the peer and back", "10.0.1.5:80 : unix:/run/gateway/relay-cn.sock : 10.0.1.5:80", "421 : 502 : 200", [["10.0.1.5:80", "answered"], ["10.0.1.5:80", "answered"]]],
        ["an instance without its database, whose work the peer does", "10.0.1.5:80 : unix:/run/gateway/relay-cn.sock", "424 : 200", [["10.0.1.5:80", "failed"]]],
        ["an app of one's own that answers 424 and 421 itself", "10.0.1.5:80, 10.0.1.6:80", "424, 421", [["10.0.1.5:80", "answered"], ["10.0.1.6:80", "answered"]]],
        ["424 at the second try, given to the peer", "10.0.1.5:80, 10.0.1.6:80 : unix:/run/gateway/relay-cn.sock", "424, 424 : 200", [["10.0.1.5:80", "answered"], ["10.0.1.6:80", "failed"]]],
        ["the gateway itself", "", "", []],
        ["no instance", "app", "502", []],
    ])("tells of %s", (_, upstream, upstream_status, attempts) => {
        expect(attemptsOf(line({ upstream, upstream_status }))).toEqual(attempts.map(([address, outcome]) => ({ at, address, visitor: "203.0.113.9", outcome })));
    });

    it("tells when the first byte of an answer came", () => {
        const upstream = { upstream: "10.0.1.5:80, 10.0.1.6:80 : 10.0.1.7:80", upstream_status: "502, 424 : 200", upstream_first_byte: "-, 0.004 : 1.250" };
        expect(attemptsOf(line(upstream)).map(({ firstByteMs }) => firstByteMs)).toEqual([undefined, undefined, 1_250]);
        expect(attemptsOf(line({ upstream: "10.0.1.5:80", upstream_status: "200", upstream_first_byte: "0.000" }))[0]!.firstByteMs).toBe(0);
    });

    it.each<[string, Record<string, string>, string | undefined]>([
        ["before the first byte", { status: "499", completion: "", upstream: "10.0.1.5:80", upstream_status: "-" }, "10.0.1.5:80"],
        ["before the first byte, by an nginx that says 499 twice", { status: "499", completion: "", upstream: "10.0.1.5:80", upstream_status: "499" }, "10.0.1.5:80"],
        ["in the middle of a stream", { status: "200", completion: "", upstream: "10.0.1.5:80", upstream_status: "200" }, "10.0.1.5:80"],
        ["after another instance was tried", { status: "499", completion: "", upstream: "10.0.1.5:80, 10.0.1.6:80", upstream_status: "502, -" }, "10.0.1.6:80"],
        ["after another instance was tried, by an nginx that says 499 twice", { status: "499", completion: "", upstream: "10.0.1.5:80, 10.0.1.6:80", upstream_status: "502, 499" }, "10.0.1.6:80"],
        ["after another instance was too late", { status: "499", completion: "", upstream: "10.0.1.5:80, 10.0.1.6:80", upstream_status: "504, -" }, "10.0.1.6:80"],
        ["while the peer was asked", { status: "499", completion: "", upstream: "10.0.1.5:80 : unix:/run/gateway/relay-cn.sock", upstream_status: "424 : -" }, "10.0.1.5:80"],
        ["and did not read for too long", { status: "408", completion: "", upstream: "10.0.1.5:80", upstream_status: "200" }, "10.0.1.5:80"],
        ["before an instance was chosen", { status: "499", completion: "", upstream: "", upstream_status: "" }, undefined],
        ["in the middle of a body", { status: "400", completion: "", upstream: "", upstream_status: "" }, undefined],
        ["with a body that is too short", { status: "400", completion: "OK", upstream: "", upstream_status: "" }, undefined],
        ["with a body that takes too long", { status: "408", completion: "OK", upstream: "", upstream_status: "" }, undefined],
    ])("says nothing of an instance if the visitor left %s", (_, fields, address) => {
        expect(attemptsOf(line(fields))).toEqual([{ at, ...(address ? { address } : { version: "1.5.0" }), visitor: "203.0.113.9", outcome: "left" }]);
    });

    it("is no instance's here if the visitor left a relay, or a region without a version", () => {
        for (const fields of [{ version: "1.5.0", upstream: "unix:/run/gateway/relay-cn.sock", upstream_status: "-" }, { upstream: "", upstream_status: "", version: "" }]) expect(attemptsOf(line({ status: "499", completion: "", ...fields }))).toEqual([]);
    });

    it("names the visitor, not the peer's gateway", () => {
        expect(accessOf(line({ remote: "198.51.100.2", visitor: "203.0.113.9" }))?.visitor).toBe("203.0.113.9");
    });

    it("is still read if a gateway from before wrote it", () => {
        const old = (status: string, upstream_status: string) => attemptsOf(JSON.stringify({ time: "2026-11-27T12:00:00+00:00", remote: "203.0.113.9", status, upstream: "10.0.1.5:80", upstream_status }));
        expect([old("200", "200"), old("502", "502"), old("499", "-")].flat().map(({ visitor, outcome }) => [visitor, outcome])).toEqual([["203.0.113.9", "answered"], ["203.0.113.9", "failed"], ["203.0.113.9", "left"]]);
    });

    it.each(["", "null", "[]", "{", `{"time":"never","upstream":"10.0.1.5:80","upstream_status":"200"}`])("that is none (%j) says nothing", (text) => {
        expect([accessOf(text), cutOf(text)]).toEqual([undefined, undefined]);
    });
});

describe("a line of the gateway's error log", () => {
    const said = (what: string, request = "GET /x HTTP/2.0", more = "") => `2026/11/27 12:00:00 [error] 7#7: *12 ${what}, client: 203.0.113.9, server: us.yourapp.test, request: "${request}", upstream: "http://10.0.1.5:80/x", host: "us.yourapp.test"${more}`;

    it.each([
        "upstream prematurely closed connection while reading upstream",
        "recv() failed (104: Connection reset by peer) while reading upstream",
        "upstream timed out (110: Connection timed out) while reading upstream",
        "upstream sent invalid chunked response while reading upstream",
    ])("tells of a cut: %s", (what) => {
        expect(cutOf(said(what))).toMatchObject({ connection: "12", client: "203.0.113.9", address: "10.0.1.5:80" });
    });

    it.each([
        ["an instance that did not answer", said("upstream prematurely closed connection while reading response header from upstream")],
        ["a visitor's own broken line", said("SSL_read() failed (SSL: error:0A000126:SSL routines::unexpected eof) while reading upstream")],
        ["a referrer that says so", `2026/11/27 12:00:00 [error] 7#7: *12 client intended to send too large body: 9 bytes, client: 203.0.113.9, server: us.yourapp.test, request: "POST /x HTTP/1.1", host: "us.yourapp.test", referrer: "upstream prematurely closed connection while reading upstream, client: 203.0.113.9, server: x, request: "GET /x HTTP/2.0", upstream: "http://10.0.1.5:80/""`],
    ])("tells of no cut: %s", (_, text) => expect(cutOf(text)).toBeUndefined());

    it("names the instance that nginx names, whatever the path says", () => {
        expect(cutOf(said("upstream prematurely closed connection while reading upstream", `GET /x",upstream:"http://10.0.9.9:80/ HTTP/2.0`))?.address).toBe("10.0.1.5:80");
    });
});

describe.skipIf(nginx === undefined)("a real gateway", () => {
    let gateway: Nginx;
    let site: Site;
    let app: Backend;
    beforeEach(async () => {
        ({ gateway, site } = await gatewayOf("us.yourapp.test"));
        app = await new Backend("app").start();
        await gateway.serve({
            region: "us", sites: [site], peers: [],
            app: { version: "1.0.0", addresses: [app.address] }, maxStreamSeconds: 3600,
        });
    });
    afterEach(() => Promise.all([gateway.stop(), app.stop()]));

    const begin = (response: ServerResponse) => void response.writeHead(200, { "content-type": "text/event-stream" }).write("data: so far\n\n");
    const get = (headers = {}) => ask(gateway, "https://us.yourapp.test/", { headers }).catch(() => undefined);
    /** What both logs tell, once there are so many lines of access. */
    const attempts = async (lines: number) => {
        await until(() => gateway.accesses().length >= lines, "the log");
        const told: Attempt[] = [];
        const reader = new LogReader((attempt) => told.push(attempt));
        readFileSync(gateway.layout.errorLog, "utf8").split("\n").forEach((line) => reader.error(line));
        readFileSync(gateway.layout.accessLog, "utf8").split("\n").forEach((line) => reader.access(line));
        expect(told.every(({ at, visitor }) => Math.abs(Date.now() - at) < 60_000 && visitor === "127.0.0.1")).toBe(true);
        return told;
    };
    const told = async (lines: number) => (await attempts(lines)).map(({ address, outcome }) => [address, outcome]).sort();

    it.each<[string, (response: ServerResponse) => void, string[]]>([
        ["ends", (response) => void response.end("all"), ["answered"]],
        ["fails", (response) => void response.writeHead(500).end(), ["failed"]],
        ["closes before it answers", (response) => void response.socket!.destroy(), ["failed"]],
        ["closes in the middle", (response) => (begin(response), setTimeout(() => response.socket!.end(), 50), undefined), ["answered", "cut"]],
        ["is reset in the middle", (response) => (begin(response), setTimeout(() => response.socket!.resetAndDestroy(), 50), undefined), ["answered", "cut"]],
    ])("tells of an answer that %s", async (_, answer, outcomes) => {
        app.answer = (_request, response) => answer(response);
        await get();
        expect(await told(1)).toEqual(outcomes.map((outcome) => [app.address, outcome]));
    });

    it("tells which answers are streams", async () => {
        app.answer = (_request, response) => (begin(response), void response.end());
        await get();
        await told(1);
        expect(gateway.accesses().map(({ type, completion }) => [type, completion])).toEqual([["text/event-stream", "OK"]]);
    });

    it("tells of no failure and of no cut if the visitor left in the middle", async () => {
        app.answer = (_request, response) => begin(response);
        const leaving = new AbortController();
        await ask(gateway, "https://us.yourapp.test/", { signal: leaving.signal, onPiece: () => leaving.abort() }).catch(() => undefined);
        expect(await told(1)).toEqual([[app.address, "left"]]);
    });

    describe("with a client that resets its streams", () => {
        const RESETS = 20;
        const left = (count: number) => Array<string>(count).fill("left");
        let client: ClientHttp2Session;
        const connect = () => {
            const { httpsPort, trust } = gateway.layout;
            return http2("https://us.yourapp.test", { createConnection: () => tls({ host: "127.0.0.1", port: httpsPort, servername: "us.yourapp.test", ALPNProtocols: ["h2"], ca: readFileSync(trust) }) });
        };
        afterEach(() => client.destroy());

        /** Asks, waits for something, and resets the stream. */
        const reset = (method: "GET" | "POST", waitFor: (stream: ClientHttp2Stream) => unknown) => new Promise<void>((resolve) => {
            const stream = client.request({ ":path": "/", ":method": method }, { endStream: method === "GET" });
            stream.on("error", () => undefined).once("close", resolve);
            void Promise.resolve(waitFor(stream)).then(() => stream.close(constants.NGHTTP2_CANCEL));
        });

        it.each<[string, RequestListener, "GET" | "POST", (stream: ClientHttp2Stream) => unknown]>([
            ["at once", () => undefined, "GET", () => undefined],
            ["at once, in the body", () => undefined, "POST", (stream) => stream.write("so far")],
            ["after the head", (_, response) => begin(response), "GET", (stream) => once(stream, "response")],
        ])("%s, it says nothing of the instance", async (_, answer, method, waitFor) => {
            app.answer = answer;
            client = connect();
            for (let times = 0; times < RESETS; times += 1) await reset(method, waitFor);
            expect((await attempts(RESETS)).map(({ outcome }) => outcome)).toEqual(left(RESETS));
        });

        it("says nothing of the instance that was tried before the one that it left", async () => {
            const gone = await new Backend("gone").start();
            await gone.stop();
            app.answer = () => undefined;
            await gateway.serve({ region: "us", sites: [site], peers: [], app: { version: "1.0.0", addresses: [gone.address, app.address] }, maxStreamSeconds: 3600 });
            client = connect();
            for (let times = 1; times <= 2; times += 1) await reset("GET", () => until(() => app.seen.length === times, "the second instance is asked"));
            expect([await told(2), gateway.accesses().some(({ upstream_status }) => upstream_status === "502, -")]).toEqual([left(2).map((outcome) => [app.address, outcome]), true]);
        });
    });
});
