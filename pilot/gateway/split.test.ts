import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Backend } from "../test/backend";
import { ask } from "../test/client";
import { Nginx, nginx } from "../test/nginx";
import { twoVersions, type TwoVersions } from "../test/two-versions";
import { until } from "../test/until";
import { block } from "./block";
import { shares } from "./split";
import type { GatewayState } from "./state";

const IDS = 100_000;
const AT_ONCE = 1_000;
const ids = Array.from({ length: IDS }, (_, index) => `visitor-${index.toString(36).padStart(8, "0")}`);

/** Which of the ids are in the candidate's share, as nginx says it. */
async function sharedBy(gateway: Nginx, weight: number): Promise<Set<string>> {
    await gateway.serveText([
        `pid ${gateway.folder}/nginx.pid;`, "error_log stderr;", block("events"),
        block("http", "access_log off;", "client_header_buffer_size 256k;", "map $http_x_id $sticky {\n default $http_x_id;\n}", shares({ weight }),
            block("server", `listen ${gateway.layout.httpPort};`, `keepalive_requests ${IDS};`, "location / {\n return 200 \"$share \";\n}")),
    ].join("\n"));
    const socket = connect(gateway.layout.httpPort, "127.0.0.1").setEncoding("latin1");
    const said: string[] = [];
    let text = "";
    const answered = (count: number) => new Promise<void>((resolve, reject) => {
        socket.removeAllListeners().on("error", reject).on("close", () => reject(new Error("nginx hung up"))).on("data", (piece: string) => {
            text += piece;
            for (let end = text.search(/(candidate|stable) /); end >= 0; end = text.search(/(candidate|stable) /)) {
                said.push(/candidate|stable/.exec(text)![0]);
                text = text.slice(end + said.at(-1)!.length + 1);
            }
            if (said.length >= count) resolve();
        });
    });
    for (let at = 0; at < IDS; at += AT_ONCE) {
        const done = answered(at + AT_ONCE);
        socket.write(ids.slice(at, at + AT_ONCE).map((id) => `GET / HTTP/1.1\r\nHost: x\r\nX-Id: ${id}\r\n\r\n`).join(""));
        await done;
    }
    socket.removeAllListeners().on("error", () => undefined).destroy();
    return new Set(ids.filter((_, index) => said[index] === "candidate"));
}

describe.skipIf(nginx === undefined)("the share of a candidate", () => {
    let gateway: Nginx;
    beforeEach(async () => void (gateway = await Nginx.make()));
    afterEach(() => gateway.stop());

    it("is its weight to one percent, and only grows with it", async () => {
        let before = new Set<string>();
        for (const weight of [0, 5, 10, 30, 50, 80, 100]) {
            const now = await sharedBy(gateway, weight);
            expect(Math.abs((now.size / IDS) * 100 - weight)).toBeLessThan(1);
            expect([...before].filter((id) => !now.has(id))).toEqual([]);
            before = now;
        }
        expect(before.size).toBe(IDS);
    });
});

describe.skipIf(nginx === undefined)("a gateway with two versions", () => {
    const proof = "5e".repeat(16);
    const home = "https://us.yourapp.test";
    let two: TwoVersions;
    let gateway: Nginx;
    let stable: Backend, candidate: Backend;
    let state: GatewayState;

    beforeEach(async () => {
        two = await twoVersions();
        ({ gateway, stable, candidate } = two);
        state = { ...two.state, candidate: { version: "1.5.0", addresses: [candidate.address], weight: 50, testers: [proof] } };
    });
    afterEach(() => two.stop());

    const weigh = (weight: number) => gateway.serve({ ...state, candidate: { ...state.candidate!, weight } });
    const version = async (headers: Record<string, string>, path = "/") => (await ask(gateway, home + path, { headers })).body;
    const people = Array.from({ length: 40 }, (_, index) => `person-${index}-of-forty`);

    it.each([
        ["header", (id: string) => ({ "x-antipode-visitor": id })],
        ["cookie", (id: string) => ({ cookie: `theme=dark; antipode_visitor=${id}` })],
        ["token", (id: string) => ({ authorization: `Bearer ${id}` })],
    ])("keeps a visitor with his version, known by a %s", async (_, by) => {
        await weigh(50);
        const first = await Promise.all(people.map((id) => version(by(id))));
        expect(new Set(first)).toEqual(new Set(["stable", "candidate"]));
        for (let times = 0; times < 3; times += 1) expect(await Promise.all(people.map((id) => version(by(id))))).toEqual(first);
        // And gives him no other id, least of all his token as one.
        expect((await ask(gateway, `${home}/`, { headers: by(people[0]!) })).headers["set-cookie"]).toBeUndefined();
    });

    it("gives an id to who has none, by which he is known from then on", async () => {
        await weigh(50);
        for (let times = 0; times < 20; times += 1) {
            const { body, headers } = await ask(gateway, `${home}/`);
            const [cookie] = headers["set-cookie"]!;
            expect(cookie).toMatch(/^antipode_visitor=[0-9a-f]{32}; Path=\/; Max-Age=15552000; Secure; HttpOnly; SameSite=Lax$/);
            const again = await ask(gateway, `${home}/`, { headers: { cookie: cookie!.split(";")[0]! } });
            expect([again.body, again.headers["set-cookie"]]).toEqual([body, undefined]);
        }
    });

    it("shows the candidate to testers alone at no weight, and to nobody who guesses", async () => {
        await weigh(0);
        const cookie = { cookie: `antipode_tester=${proof}` };
        expect(await Promise.all([version(cookie), version({ "x-antipode-tester": proof }), version({}, `/?antipode_test=${proof}`)])).toEqual(["candidate", "candidate", "candidate"]);
        const guesses: [Record<string, string>, string][] = [
            [{ cookie: "antipode_tester=oABCD-an-openid" }, "/"], [{ "x-antipode-tester": proof.slice(1) }, "/"], [{ "x-antipode-tester": `${proof}0` }, "/"],
            [{ "x-antipode-tester": "candidate" }, "/"], [{}, "/?antipode_test=1"], [{}, "/?antipode_test="], [{ cookie: "antipode_tester=candidate" }, "/?antipode_test=candidate"],
        ];
        for (const [headers, path] of guesses) expect([headers, path, await version(headers, path)]).toEqual([headers, path, "stable"]);
    });

    it("lets a tester's link last for a day", async () => {
        await weigh(0);
        const { headers } = await ask(gateway, `${home}/?antipode_test=${proof}`);
        expect(headers["set-cookie"]).toContain(`antipode_tester=${proof}; Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=Lax`);
    });

    it("serves from the stable version what the candidate cannot begin", async () => {
        await weigh(100);
        expect(await version({})).toBe("candidate");
        await candidate.stop();
        const replies = await Promise.all(people.map((id) => ask(gateway, `${home}/`, { method: "POST", body: "{}", headers: { "x-antipode-visitor": id } })));
        expect(replies.map(({ status, body }) => [status, body])).toEqual(people.map(() => [200, "stable"]));
    });

    it("sets no cookie while one version serves", async () => {
        await gateway.serve({ ...state, candidate: undefined });
        expect((await ask(gateway, `${home}/`)).headers["set-cookie"]).toBeUndefined();
    });

    it("says in its log which version was chosen", async () => {
        await weigh(0);
        await version({ "x-antipode-tester": proof });
        await version({});
        // A line is written when its answer is over, which the visitor may know first.
        await until(() => gateway.accesses().length === 2, "both lines");
        expect(gateway.accesses().map(({ version, upstream }) => [version, upstream])).toEqual([["1.5.0", candidate.address], ["1.4.0", stable.address]]);
    });
});
