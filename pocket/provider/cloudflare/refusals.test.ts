import { beforeEach, describe, expect, it } from "vitest";
import { TestCloud } from "../testing/cloud";
import { UNKNOWN, type Values } from "../values";
import { cloudflare } from "./index";

const accountId = "a".repeat(32);
const zoneId = "b".repeat(32);

let cloud: TestCloud;
const record = (more: object) => ({ zoneId, name: "us", type: "A", ttl: 60, content: "198.51.100.10", ...more });
const pool = (more: object) => ({ accountId, name: "us", origins: [{ name: "us", address: "us.yourapp.test" }], ...more });

beforeEach(() => {
    cloud = new TestCloud(cloudflare.kinds, "global");
    cloud.store.put({ cloud: "cloudflare", kind: "zone", id: zoneId, region: "global", props: { name: "yourapp.test", accountId } });
});

describe("Cloudflare refuses in the preview", () => {
    it.each([
        ["DnsRecord", { type: "B" }, "type"], ["DnsRecord", { ttl: 30 }, "ttl"], ["DnsRecord", { type: "A", content: "us" }, "content"],
        ["DnsRecord", { type: "AAAA", content: "198.51.100.1" }, "content"], ["DnsRecord", { type: "a", content: "us" }, "content"],
        ["DnsRecord", { type: "SRV", data: { port: 70_000 } }, "data.port"], ["DnsRecord", { type: "DS", data: { algorithm: 256 } }, "data.algorithm"],
        ["DnsRecord", { type: "LOC", data: { latDirection: "up" } }, "data.latDirection"], ["DnsRecord", { type: "LOC", data: { longMinutes: 60 } }, "data.longMinutes"], ["DnsRecord", { type: "TXT", proxied: true }, "proxied"], ["DnsRecord", { priority: -1 }, "priority"],
        ["LoadBalancerMonitor", { interval: 10 }, "interval"], ["LoadBalancerMonitor", { type: "tcp" }, "port"],
        ["LoadBalancerMonitor", { header: { "User-Agent": ["x"] } }, "header"],
        ["LoadBalancerPool", { name: "us.pool" }, "name"], ["LoadBalancerPool", { checkRegions: ["ASIA"] }, "checkRegions[0]"],
        ["LoadBalancerPool", { checkRegions: ["all_regions"] }, "checkRegions[0]"], ["LoadBalancerPool", { latitude: 91, longitude: 1 }, "latitude"],
        ["LoadBalancerPool", { originSteering: { policy: "fair" } }, "originSteering.policy"], ["LoadBalancerPool", { loadShedding: { defaultPolicy: "drop" } }, "loadShedding.defaultPolicy"],
        ["LoadBalancerPool", { loadShedding: { sessionPolicy: "random" } }, "loadShedding.sessionPolicy"], ["LoadBalancerPool", { loadShedding: { defaultPercent: 101 } }, "loadShedding.defaultPercent"],
        ["LoadBalancerPool", { origins: [{ name: "a", address: "a.test", port: 65_536 }] }, "origins[0].port"], ["LoadBalancerPool", { origins: [] }, "origins"],
        ["LoadBalancerPool", { origins: [{ name: "a" }] }, "origins[0].address"],
        ["LoadBalancerPool", { origins: [{ name: "a", address: "a.test", weight: 2 }] }, "origins[0].weight"],
        ["LoadBalancer", { steeringPolicy: "nearest" }, "steeringPolicy"], ["LoadBalancer", { regionPools: { ASIA: ["p"] } }, "regionPools.ASIA"],
        ["LoadBalancer", { countryPools: { china: ["p"] } }, "countryPools.china"], ["LoadBalancer", { popPools: { LAX: ["p"] } }, "popPools"],
        ["LoadBalancer", { locationStrategy: { mode: "edge" } }, "locationStrategy.mode"], ["LoadBalancer", { locationStrategy: { preferEcs: "sometimes" } }, "locationStrategy.preferEcs"],
        ["LoadBalancer", { randomSteering: { defaultWeight: 2 } }, "randomSteering.defaultWeight"], ["LoadBalancer", { sessionAffinityAttributes: { samesite: "Any" } }, "sessionAffinityAttributes.samesite"],
        ["LoadBalancer", { sessionAffinity: "IP_COOKIE", sessionAffinityTtl: 60 }, "sessionAffinityTtl"],
        ["LoadBalancer", { proxied: true, ttl: 30 }, "ttl"], ["LoadBalancer", { sessionAffinity: "cookie", sessionAffinityTtl: 60 }, "sessionAffinityTtl"],
        ["LoadBalancer", { defaultPools: [] }, "defaultPools"],
    ])("%s %j", (type, inputs, property) => {
        expect(cloud.refused(type, inputs)).toEqual([`${property}: Invalid Attribute Value`]);
    });

    it.each<[string, Values, string]>([
        ["LoadBalancerPool", { latitude: 1 }, "latitude"], ["LoadBalancerPool", { longitude: 1 }, "longitude"], ["DnsRecord", { type: "SRV", content: "x", data: { port: 1 } }, "content"],
    ])("%s %j, which does not go together", (type, inputs, property) => {
        expect(cloud.refused(type, inputs)).toEqual([`${property}: Invalid Attribute Combination`]);
    });

    it.each<[string, Values]>([
        ["DnsRecord", { type: "a", content: "198.51.100.1" }], ["DnsRecord", { type: "cname", proxied: true }], ["LoadBalancerMonitor", { type: "HTTPS" }],
        ["LoadBalancerPool", { checkRegions: ["weu"] }], ["LoadBalancerPool", { originSteering: { policy: "Hash" } }], ["LoadBalancer", { steeringPolicy: "GEO", sessionAffinity: "Cookie" }],
    ])("but not letters of either case: %s %j", (type, inputs) => expect(cloud.refused(type, inputs)).toEqual([]));

    it("what the pocket does not have", () => {
        expect(cloud.refused("LoadBalancerMonitor", { type: "SMTP" })).toEqual(["type: UnsupportedInPocket"]);
        expect(cloud.refused("LoadBalancer", { steeringPolicy: "geo", rules: [{ name: "night" }] })).toEqual(["rules: UnsupportedInPocket"]);
    });

    it.each([["LoadBalancerMonitor", { type: "tcp", port: UNKNOWN }], ["LoadBalancerPool", { latitude: 1, longitude: UNKNOWN }]])("not what only the update will know: %s %j", (type, inputs) => {
        expect(cloud.refused(type, inputs)).toEqual([]);
    });
});

describe("Cloudflare refuses what does not go together", () => {
    it("a zone or an account that is not there", async () => {
        await expect(cloud.make("DnsRecord", record({ zoneId: "none" }))).rejects.toThrow('"code":7003');
        await expect(cloud.make("LoadBalancerMonitor", { accountId: "none" })).rejects.toThrow('(argument "accountId")');
    });

    it("a record twice, also when its name is written in full, and an alias beside an address", async () => {
        await cloud.make("DnsRecord", record({}));
        await expect(cloud.make("DnsRecord", record({ name: "us.yourapp.test" }))).rejects.toThrow('"code":81058');
        await expect(cloud.make("DnsRecord", record({ type: "CNAME", content: "x.test" }))).rejects.toThrow('"code":81053');
    });

    it("pools of a name that is taken, of an unknown monitor, with a proxied origin, or a twenty-first endpoint", async () => {
        await cloud.make("LoadBalancerPool", pool({}));
        await expect(cloud.make("LoadBalancerPool", pool({}))).rejects.toThrow("already in use");
        await expect(cloud.make("LoadBalancerPool", pool({ name: "cn", monitor: "none" }))).rejects.toThrow('(argument "monitor")');
        await cloud.make("DnsRecord", record({ name: "cn", proxied: true, ttl: 1 }));
        await expect(cloud.make("LoadBalancerPool", pool({ name: "cn", origins: [{ name: "cn", address: "cn.yourapp.test" }] }))).rejects.toThrow("DNS internal");
        await expect(cloud.make("LoadBalancerPool", pool({ name: "many", origins: Array.from({ length: 20 }, (_, i) => ({ name: `o${i}`, address: `o${i}.test` })) }))).rejects.toThrow("20 endpoints");
    });

    it.each([
        [[{ name: "a", address: "a.test" }, { name: "a", address: "b.test" }], "origins[1].name"],
        [[{ name: "a", address: "198.51.100.7", port: 80 }, { name: "b", address: "198.51.100.7", port: 80 }], "origins[1].address"],
        [[{ name: "a", address: "a.test" }, { name: "b", address: "A.test", port: 0 }], "origins[1].address"],
        [[{ name: "a", address: "10.0.0.7" }], "origins[0].address"], [[{ name: "a", address: "fd00::7" }], "origins[0].address"],
        [[{ name: "a", address: "a.test", header: { hosts: ["api.yourapp.test", "www.yourapp.test"] } }], "origins[0].header.hosts"],
        [[{ name: "a", address: "a.test", header: { hosts: ["api.other.test"] } }], "origins[0].header.hosts"],
        [[{ name: "a", address: "a.test", header: { hosts: ["deep.api.yourapp.test"] } }], "origins[0].header.hosts"],
    ])("origins %j", async (origins, property) => {
        await expect(cloud.make("LoadBalancerPool", pool({ origins }))).rejects.toThrow(`(argument "${property}")`);
    });

    it("but not an address that serves on several ports, or a private one in a virtual network", async () => {
        const origins = [{ name: "a", address: "198.51.100.7", port: 80 }, { name: "b", address: "198.51.100.7", port: 81 }, { name: "c", address: "10.0.0.7", virtualNetworkId: "net" }];
        expect((await cloud.make("LoadBalancerPool", pool({ origins }))).state.origins).toHaveLength(3);
    });

    it("but not a Host header of a name in the zone, of the address, or of a name that leads to it", async () => {
        await cloud.make("DnsRecord", record({ name: "deep.us" }));
        const origins = [
            { name: "a", address: "a.test", header: { hosts: ["api.yourapp.test"] } }, { name: "b", address: "b.test", header: { hosts: ["b.test"] } },
            { name: "c", address: "198.51.100.10", header: { hosts: ["deep.us.yourapp.test"] } },
        ];
        expect((await cloud.make("LoadBalancerPool", pool({ origins }))).state.origins).toHaveLength(3);
    });

    it("to delete a monitor of a pool, and a pool that any steering still names", async () => {
        const monitor = await cloud.make("LoadBalancerMonitor", { accountId, type: "https" });
        const [used, steered] = [await cloud.make("LoadBalancerPool", pool({ monitor: monitor.id })), await cloud.make("LoadBalancerPool", pool({ name: "cn" }))];
        const balancer = { zoneId, name: "api.yourapp.test", defaultPools: [used.id], fallbackPool: used.id, steeringPolicy: "off", countryPools: { CN: [steered.id] } };
        await expect(cloud.make("LoadBalancer", { ...balancer, name: "api.other.test" })).rejects.toThrow("not a hostname in the zone");
        await expect(cloud.make("LoadBalancer", { ...balancer, regionPools: { ENAM: ["none"] } })).rejects.toThrow('(argument "regionPools.ENAM")');
        const { id } = await cloud.make("LoadBalancer", balancer);
        await expect(cloud.delete("LoadBalancerMonitor", monitor.id)).rejects.toThrow('"code":1005');
        await expect(cloud.delete("LoadBalancerPool", steered.id)).rejects.toThrow('"code":1005');
        await cloud.delete("LoadBalancer", id);
        await cloud.delete("LoadBalancerPool", steered.id);
        expect(cloud.store.list("cloudflare", "pool").map((p) => p.id)).toEqual([used.id]);
    });
});

describe("Cloudflare plans no change", () => {
    it.each<[string, Values, Values]>([
        ["DnsRecord", record({}), { proxied: false, type: "a", tags: [] }],
        ["LoadBalancerMonitor", { accountId, type: "HTTPS" }, { type: "https", interval: 60, timeout: 5, retries: 2, description: "", followRedirects: false, method: "GET", path: "/" }],
        ["LoadBalancerPool", pool({}), {
            enabled: true, minimumOrigins: 1, description: "", loadShedding: { defaultPercent: 0, defaultPolicy: "random", sessionPercent: 0, sessionPolicy: "hash" }, originSteering: { policy: "random" },
            origins: [{ name: "us", address: "us.yourapp.test", enabled: true, weight: 1, flattenCname: true }],
        }],
        ["LoadBalancer", { zoneId, name: "api.yourapp.test", defaultPools: ["p"], fallbackPool: "p" }, { enabled: true, proxied: false, sessionAffinity: "none", steeringPolicy: "" }],
    ])("%s: %j, with its defaults written out", async (type, olds, more) => {
        cloud.store.put({ cloud: "cloudflare", kind: "pool", id: "p", region: "global", props: { name: "p", origins: [] } });
        const { state } = await cloud.make(type, olds);
        expect(cloud.changes(type, olds, { ...olds, ...more }, state)).toEqual([]);
        expect(cloud.changes(type, { ...olds, ...more }, olds, state)).toEqual([]);
    });

    it("but one when a value goes back to its default", () => {
        expect(cloud.changes("LoadBalancerPool", pool({ minimumOrigins: 2 }), pool({}))).toEqual(["update minimumOrigins"]);
        expect(cloud.changes("DnsRecord", record({ type: "A" }), record({ type: "TXT" }))).toEqual(["replace type"]);
        expect(cloud.changes("DnsRecord", record({ tags: ["a:1", "b:2"] }), record({ tags: ["b:2", "a:1"] }))).toEqual([]);
    });
});
