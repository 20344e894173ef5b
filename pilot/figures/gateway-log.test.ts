import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { Backend } from "../test/backend";
import { ask } from "../test/client";
import { gatewayOf, type Nginx, nginx } from "../test/nginx";
import { until } from "../test/until";
import { attemptsOf, cutOf } from "./gateway-log";

describe("a line of the gateway's log", () => {
    const line = (upstream: string, upstream_status: string) => JSON.stringify({ time: "2026-11-27T12:00:00+00:00", upstream, upstream_status });
    const at = Date.parse("2026-11-27T12:00:00Z");

    it.each<[string, string, string, [string, string][]]>([
        ["one instance", "10.0.1.5:80", "200", [["10.0.1.5:80", "answered"]]],
        ["a refusal", "10.0.1.5:80", "404", [["10.0.1.5:80", "answered"]]],
        ["a failure", "10.0.1.5:80", "503", [["10.0.1.5:80", "failed"]]],
        ["no answer", "10.0.1.5:80", "-", [["10.0.1.5:80", "failed"]]],
        ["a second try", "10.0.1.5:80, 10.0.1.6:80", "502, 200", [["10.0.1.5:80", "failed"], ["10.0.1.6:80", "answered"]]],
        ["a way to the peer and back", "10.0.1.5:80 : unix:/run/gateway/relay-cn.sock : 10.0.1.5:80", "421 : 502 : 200", [["10.0.1.5:80", "answered"], ["10.0.1.5:80", "answered"]]],
        ["an instance without its database, whose work the peer does", "10.0.1.5:80 : unix:/run/gateway/relay-cn.sock", "424 : 200", [["10.0.1.5:80", "failed"]]],
        ["the gateway itself", "", "", []],
        ["no instance", "app", "502", []],
    ])("tells of %s", (_, upstream, status, attempts) => {
        expect(attemptsOf(line(upstream, status))).toEqual(attempts.map(([address, outcome]) => ({ at, address, outcome })));
    });

    it.each(["", "null", "[]", "{", `{"time":"never","upstream":"10.0.1.5:80","upstream_status":"200"}`])("that is none (%j) says nothing", (text) => {
        expect([attemptsOf(text), cutOf(text)]).toEqual([[], []]);
    });
});

describe.skipIf(nginx === undefined)("a real gateway", () => {
    let gateway: Nginx;
    let app: Backend;
    beforeEach(async () => {
        const made = await gatewayOf("us.yourapp.test");
        gateway = made.gateway;
        app = await new Backend("app").start();
        await gateway.serve({
            region: "us", sites: [made.site], peers: [],
            app: { version: "1.0.0", addresses: [app.address] }, maxStreamSeconds: 3600,
        });
    });
    afterEach(() => Promise.all([gateway.stop(), app.stop()]));

    const begin = (response: ServerResponse) => void response.writeHead(200, { "content-type": "text/event-stream" }).write("data: so far\n\n");
    const get = (headers = {}) => ask(gateway, "https://us.yourapp.test/", { headers }).catch(() => undefined);
    /** What both logs tell, once there are so many lines of access. */
    const told = async (lines: number) => {
        await until(() => gateway.accesses().length >= lines, "the log");
        const errors = readFileSync(gateway.layout.errorLog, "utf8").split("\n").flatMap(cutOf);
        expect(errors.every(({ at }) => Math.abs(Date.now() - at) < 60_000)).toBe(true);
        return [...gateway.accesses().flatMap((line) => attemptsOf(JSON.stringify(line))), ...errors].map(({ address, outcome }) => [address, outcome]);
    };

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

    it("tells of no cut where it was the visitor who left", async () => {
        app.answer = (_request, response) => begin(response);
        const leaving = new AbortController();
        await ask(gateway, "https://us.yourapp.test/", { signal: leaving.signal, onPiece: () => leaving.abort() }).catch(() => undefined);
        expect(await told(1)).toEqual([[app.address, "answered"]]);
    });
});
