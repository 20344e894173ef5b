import { createSocket } from "node:dgram";
import { once } from "node:events";
import * as packet from "dns-packet";
import { afterEach, describe, expect, it } from "vitest";
import { ask } from "./ask";
import { type Dns, type DnsOptions, startDns } from "./index";
import { exampleEdge } from "./fixture";
import { listen, type Listener } from "./listener";
import { networkOf, rcodeOf, respond, subnetOf } from "./message";
import { locator } from "./places";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((thing) => thing.close()))));

async function start(more: Partial<DnsOptions> = {}, edge = exampleEdge()): Promise<Dns & { edge: typeof edge }> {
    const dns = await startDns({
        store: edge.store,
        health: { isUp: () => true },
        authority: "127.0.0.1",
        resolvers: [{ address: "127.0.0.2", place: "us" }, { address: "127.0.0.3", place: "cn" }],
        hosts: { "ark.cn-beijing.volces.com": "198.18.0.80" },
        port: 0,
        ...more,
    });
    open.push(dns);
    return { ...dns, edge };
}

const told = (answer: packet.DecodedPacket) => ({ rcode: rcodeOf(answer), data: (answer.answers ?? []).map((a) => ("data" in a ? a.data : undefined)) });

describe("the authority", () => {
    it("answers with authority and echoes the client subnet with its scope", async () => {
        const { authority } = await start();
        const answer = await ask(authority, "API.yourapp.test", "A", { subnet: { ip: "198.18.2.0", length: 24 } });
        expect(told(answer)).toEqual({ rcode: 0, data: ["198.51.100.140"] });
        expect([answer.flag_aa, answer.flag_ra, subnetOf(answer)]).toEqual([true, false, { ip: "198.18.2.0", length: 24, scope: 24 }]);
    });

    it("tells the scope of a subnet that nobody knows the place of, too", async () => {
        const { authority } = await start();
        const answer = await ask(authority, "api.yourapp.test", "A", { subnet: { ip: "203.0.113.0", length: 24 } });
        expect(subnetOf(answer)).toEqual({ ip: "203.0.113.0", length: 24, scope: 24 });
    });

    it("refuses what is not its own and tells missing names with the SOA", async () => {
        const { authority } = await start();
        expect(rcodeOf(await ask(authority, "example.com", "A"))).toBe(5);
        const missing = await ask(authority, "nope.yourapp.test", "A");
        expect([rcodeOf(missing), missing.authorities?.[0]?.type]).toEqual([3, "SOA"]);
    });

    it("cuts a long answer over UDP and gives it whole over TCP", async () => {
        const { authority, edge } = await start();
        for (let i = 0; i < 100; i++) edge.put("dnsRecord", `t${i}`, { zoneId: "z1", name: "many", type: "A", content: `192.0.2.${i}`, ttl: 60 });
        const raw = createSocket("udp4");
        raw.send(packet.encode({ id: 7, type: "query", questions: [{ name: "many.yourapp.test", type: "A" }] }), authority.port, authority.address);
        const [bytes] = (await once(raw, "message")) as [Buffer];
        raw.close();
        expect([packet.decode(bytes).flag_tc, bytes.length < 512]).toEqual([true, true]);
        expect((await ask(authority, "many.yourapp.test", "A")).answers).toHaveLength(100);
    });
});

describe("a place's resolver", () => {
    it("sees the world from its place", async () => {
        const { resolvers: [us, cn] } = await start();
        expect(told(await ask(us!, "api.yourapp.test", "A")).data).toEqual(["198.51.100.10"]);
        expect(told(await ask(cn!, "api.yourapp.test", "A")).data).toEqual(["198.51.100.140"]);
    });

    it("passes on a client's own subnet", async () => {
        const { resolvers: [us] } = await start();
        const answer = await ask(us!, "api.yourapp.test", "A", { subnet: { ip: "198.18.2.0", length: 24 } });
        expect([told(answer).data, subnetOf(answer)?.scope, answer.flag_ra, answer.flag_aa]).toEqual([["198.51.100.140"], 24, true, false]);
    });

    it("knows the world's names and follows an alias to one", async () => {
        const { resolvers: [us] } = await start();
        expect(told(await ask(us!, "ark.cn-beijing.volces.com", "A"))).toEqual({ rcode: 0, data: ["198.18.0.80"] });
        expect(told(await ask(us!, "ark.cn-beijing.volces.com", "AAAA"))).toEqual({ rcode: 0, data: [] });
        expect(told(await ask(us!, "away.yourapp.test", "A")).data).toEqual(["ark.cn-beijing.volces.com", "198.18.0.80"]);
    });

    it("never asks the outside for names under .test", async () => {
        const { resolvers: [us] } = await start({ upstream: "127.0.0.1:9" });
        expect(rcodeOf(await ask(us!, "other.test", "A"))).toBe(3);
    });

    it("asks the upstream for everything else, and says SERVFAIL when it is not reached", async () => {
        const upstream: Listener = await listen("127.0.0.1", 0, (query) =>
            respond(query, { rcode: "NOERROR", recursive: true, answers: [{ name: "example.com", type: "A", ttl: 5, data: "203.0.113.5" }] }));
        open.push(upstream);
        const reached = await start({ upstream: `127.0.0.1:${upstream.port}` });
        expect(told(await ask(reached.resolvers[0]!, "example.com", "A"))).toEqual({ rcode: 0, data: ["203.0.113.5"] });
        const alone = await start({ upstream: "127.0.0.1:9" });
        expect(rcodeOf(await ask(alone.resolvers[0]!, "example.com", "A"))).toBe(2);
        const none = await start();
        expect(rcodeOf(await ask(none.resolvers[0]!, "example.com", "A"))).toBe(2);
    });

    it("keeps an answer for its TTL, and never that a name is missing", async () => {
        const { resolvers: [us], edge } = await start();
        const change = (id: string, name: string, content: string) => edge.put("dnsRecord", id, { zoneId: "z1", name, type: "A", content, ttl: 60 });
        expect(rcodeOf(await ask(us!, "new.yourapp.test", "A"))).toBe(3);
        change("n1", "new", "192.0.2.1");
        expect(told(await ask(us!, "new.yourapp.test", "A")).data).toEqual(["192.0.2.1"]);
        change("n1", "new", "192.0.2.2");
        expect(told(await ask(us!, "new.yourapp.test", "A")).data).toEqual(["192.0.2.1"]);
    });

    it("keeps nothing when told so", async () => {
        const { resolvers: [us], edge } = await start({ longestTtl: 0 });
        await ask(us!, "us.yourapp.test", "A");
        edge.put("dnsRecord", "r1", { zoneId: "z1", name: "us", type: "A", content: "192.0.2.2", ttl: 60 });
        expect(told(await ask(us!, "us.yourapp.test", "A")).data).toEqual(["192.0.2.2"]);
    });
});

it.each([
    ["198.18.2.10", { ip: "198.18.2.0", length: 24 }],
    ["198.51.100.20", { ip: "198.51.100.0", length: 24 }],
    ["198.51.100.140", { ip: "198.51.100.128", length: 25 }],
    ["203.0.113.7", undefined],
])("a resolver tells of its client %s the network %o", (client, network) => expect(networkOf(client, locator())).toEqual(network));

it("says which address is taken", async () => {
    const { authority } = await start();
    await expect(startDns({ store: exampleEdge().store, health: { isUp: () => true }, authority: "127.0.0.1", resolvers: [], hosts: {}, port: authority.port }))
        .rejects.toMatchObject({ code: "ADDRESS_TAKEN" });
});
