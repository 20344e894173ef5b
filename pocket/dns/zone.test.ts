import { describe, expect, it } from "vitest";
import { readAccount } from "./cloudflare";
import { cloudflareStore, exampleEdge } from "./fixture";
import { locator } from "./places";
import { addressesOf, answer } from "./zone";

const senses = { isUp: () => true, locate: locator(), random: () => 0 };
const edge = exampleEdge();
const ask = (name: string, type = "A", subnet?: string, source = "198.18.1.53", account = readAccount(edge.store)) =>
    answer({ name, type, source, subnet }, account, senses);
const data = (name: string, type?: string) => ask(name, type).answers.map((a) => ("data" in a ? a.data : undefined));

describe("plain records", () => {
    it("answers a full name and a label, and takes ttl 1 for 300 seconds", () => {
        expect(ask("us.yourapp.test").answers).toEqual([{ name: "us.yourapp.test", type: "A", ttl: 60, data: "198.51.100.10" }]);
        expect(ask("cn.yourapp.test").answers).toEqual([{ name: "cn.yourapp.test", type: "A", ttl: 300, data: "198.51.100.140" }]);
    });

    it("follows an alias inside the account and stops at one that leads out", () => {
        expect(data("db.cn.yourapp.test")).toEqual(["cn.yourapp.test", "198.51.100.140"]);
        expect(data("away.yourapp.test")).toEqual(["ark.cn-beijing.volces.com"]);
        expect(data("db.cn.yourapp.test", "CNAME")).toEqual(["cn.yourapp.test"]);
    });

    it("takes the quotes off a text and knows the zone's own records", () => {
        expect(data("yourapp.test", "TXT")).toEqual(["hello"]);
        expect([ask("yourapp.test", "SOA").answers.length, ask("yourapp.test", "NS").answers.length]).toEqual([1, 2]);
    });

    it("encodes MX, CAA and SRV, and leaves out what it cannot serve", () => {
        const { store, put } = cloudflareStore();
        put("zone", "z", { name: "a.test" });
        put("dnsRecord", "1", { zoneId: "z", name: "@", type: "MX", content: "mx.a.test", priority: 5, ttl: 60 });
        put("dnsRecord", "2", { zoneId: "z", name: "@", type: "CAA", data: { flags: 0, tag: "issue", value: "letsencrypt.org" }, ttl: 60 });
        put("dnsRecord", "3", { zoneId: "z", name: "_x._tcp", type: "SRV", data: { priority: 1, weight: 2, port: 3, target: "a.test" }, ttl: 60 });
        put("dnsRecord", "4", { zoneId: "z", name: "@", type: "TLSA", ttl: 60 });
        const type = (name: string, type: string) => ask(name, type, undefined, undefined, readAccount(store)).answers.map((a) => ("data" in a ? a.data : 0));
        expect(type("a.test", "MX")).toEqual([{ preference: 5, exchange: "mx.a.test" }]);
        expect(type("a.test", "CAA")).toEqual([{ flags: 0, tag: "issue", value: "letsencrypt.org" }]);
        expect(type("_x._tcp.a.test", "SRV")).toEqual([{ priority: 1, weight: 2, port: 3, target: "a.test" }]);
        expect(type("a.test", "TLSA")).toEqual([]);
    });
});

describe("what is not there", () => {
    it.each([
        ["a missing name", "nope.yourapp.test", "A", "NXDOMAIN", 1],
        ["a missing type", "us.yourapp.test", "AAAA", "NOERROR", 1],
        ["a name that only has names below it", "_dmarc.x.yourapp.test", "A", "NXDOMAIN", 1],
        ["a name outside", "example.com", "A", "REFUSED", 0],
    ])("%s", (_, name, type, rcode, soas) => {
        const reply = ask(name, type);
        expect([reply.rcode, reply.answers.length, reply.authorities.length]).toEqual([rcode, 0, soas]);
    });

    it("an empty name between two others exists (RFC 8020)", () => {
        const { store, put } = cloudflareStore();
        put("zone", "z", { name: "a.test" });
        put("dnsRecord", "1", { zoneId: "z", name: "x.y", type: "A", content: "192.0.2.1", ttl: 60 });
        expect(ask("y.a.test", "A", undefined, undefined, readAccount(store)).rcode).toBe("NOERROR");
    });
});

describe("wildcards", () => {
    const { store, put } = cloudflareStore();
    put("zone", "z", { name: "a.test" });
    put("dnsRecord", "1", { zoneId: "z", name: "*", type: "A", content: "192.0.2.1", ttl: 60 });
    put("dnsRecord", "2", { zoneId: "z", name: "b", type: "A", content: "192.0.2.2", ttl: 60 });
    const of = (name: string) => ask(name, "A", undefined, undefined, readAccount(store));
    it("answer for names that are not there, not below those that are", () => {
        expect(of("x.a.test").answers).toEqual([{ name: "x.a.test", type: "A", ttl: 60, data: "192.0.2.1" }]);
        expect(of("b.a.test").answers).toEqual([{ name: "b.a.test", type: "A", ttl: 60, data: "192.0.2.2" }]);
        expect(of("x.b.a.test").rcode).toBe("NXDOMAIN");
    });
});

describe("a load balancer", () => {
    it("wins over an equal record, resolves an endpoint's hostname, and tells whether the client subnet decided", () => {
        expect(ask("api.yourapp.test")).toMatchObject({ bySubnet: false, answers: [{ ttl: 30, data: "198.51.100.10" }] });
        expect(ask("api.yourapp.test", "A", "198.18.2.0")).toMatchObject({ bySubnet: true, answers: [{ ttl: 30, data: "198.51.100.140" }] });
        expect(ask("api.yourapp.test", "A", undefined, "198.18.2.53")).toMatchObject({ bySubnet: false, answers: [{ data: "198.51.100.140" }] });
    });

    it("says NODATA for AAAA, and not that the name does not exist", () => {
        expect(ask("api.yourapp.test", "AAAA")).toMatchObject({ rcode: "NOERROR", answers: [], authorities: [{ type: "SOA" }] });
    });

    it("leaves the plain record when it is disabled", () => {
        const { store } = exampleEdge();
        const balancer = store.get("cloudflare", "l1")!;
        store.put({ ...balancer, props: { ...balancer.props, enabled: false } });
        expect(ask("api.yourapp.test", "A", undefined, undefined, readAccount(store)).answers).toMatchObject([{ data: "203.0.113.9" }]);
    });
});

it("finds the addresses behind a hostname", () => {
    const account = readAccount(edge.store);
    expect([addressesOf(account, "db.cn.yourapp.test"), addressesOf(account, "192.0.2.7"), addressesOf(account, "example.com")]).toEqual([["198.51.100.140"], ["192.0.2.7"], []]);
});
