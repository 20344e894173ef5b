import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoadBalancer, Pool } from "./cloudflare";
import { locations, locator } from "./places";
import { locateAsker, policyOf, poolIsHealthy, steer } from "./steering";

const pool = (id: string, more: Partial<Pool> = {}): Pool => ({ id, name: id, monitor: "m", origins: [{ name: "o", address: "192.0.2.1" }], ...more });
const balancer: LoadBalancer = { id: "l", zoneId: "z", name: "api.yourapp.test", defaultPools: ["us", "cn"], fallbackPool: "last" };
const pools = new Map(["us", "cn", "eu", "last"].map((id) => [id, pool(id)]));
const first = () => 0;

describe("geo steering", () => {
    const geo: LoadBalancer = {
        ...balancer,
        steeringPolicy: "geo",
        popPools: { FRA: ["eu", "us"] },
        countryPools: { CN: ["cn", "us"], DE: ["cn"] },
        regionPools: { NEAS: ["us"], WEU: ["us"] },
    };
    it.each([
        ["a data centre before a country", locations.eu, [], "eu", "pop"],
        ["a country before a region", locations.cn, [], "cn", "country"],
        ["the next pool of the list when the first is down", locations.cn, ["cn"], "us", "country"],
        ["the default pools where nothing is listed", locations.us, [], "us", "default"],
        ["the default pools in failover order", locations.us, ["us"], "cn", "default"],
        ["the fallback pool when the whole list is down, and not the default pools", { ...locations.cn, country: "CN" }, ["cn", "us"], "last", "fallback"],
        ["the fallback pool even when it is down itself", locations.us, ["us", "cn", "last"], "last", "fallback"],
    ] as const)("takes %s", (_, location, down, id, from) => {
        const choice = steer(geo, pools, (pool) => !(down as readonly string[]).includes(pool), location, first);
        expect([choice?.pool.id, choice?.from]).toEqual([id, from]);
    });

    it("takes a region when neither data centre nor country is listed", () => {
        const choice = steer({ ...geo, popPools: {}, countryPools: {} }, pools, () => true, locations.cn, first);
        expect([choice?.pool.id, choice?.from]).toEqual(["us", "region"]);
    });
});

describe("the other policies", () => {
    it("off leaves the lists of places aside", () => {
        const choice = steer({ ...balancer, steeringPolicy: "off", countryPools: { CN: ["cn"] } }, pools, () => true, locations.cn, first);
        expect([choice?.pool.id, choice?.from]).toEqual(["us", "default"]);
    });

    it("an empty policy is geo with lists and off without", () => {
        expect([policyOf({ ...balancer, steeringPolicy: "", regionPools: { WEU: ["us"] } }), policyOf({ ...balancer, regionPools: {} })]).toEqual(["geo", "off"]);
    });

    it("random follows the weights", () => {
        const random = { ...balancer, steeringPolicy: "random", randomSteering: { defaultWeight: 0.25, poolWeights: { cn: 0.75 } } };
        const at = (value: number) => steer(random, pools, () => true, locations.us, () => value)?.pool.id;
        expect([at(0), at(0.24), at(0.26), at(0.99)]).toEqual(["us", "us", "cn", "cn"]);
    });

    it("proximity takes the nearest pool", () => {
        const near = new Map([pool("us", { latitude: 39, longitude: -77 }), pool("cn", { latitude: 31, longitude: 121 }), pool("last")].map((p) => [p.id, p]));
        const to = (location: typeof locations.us) => steer({ ...balancer, steeringPolicy: "proximity" }, near, () => true, location, first)?.pool.id;
        expect([to(locations.us), to(locations.cn)]).toEqual(["us", "cn"]);
    });
});

describe("a pool", () => {
    const two = [{ name: "a", address: "192.0.2.1" }, { name: "b", address: "192.0.2.2" }];
    it.each([
        ["serves while enough endpoints are up", pool("p", { origins: two, minimumOrigins: 1 }), ["a"], true],
        ["is out below its threshold", pool("p", { origins: two, minimumOrigins: 2 }), ["a"], false],
        ["does not count a disabled endpoint", pool("p", { origins: [{ ...two[0]!, enabled: false }, two[1]!] }), ["a"], false],
        ["is out when disabled", pool("p", { enabled: false }), ["o"], false],
        ["serves without a monitor, whatever its health", pool("p", { monitor: undefined }), [], true],
    ] as const)("%s", (_, subject, up, healthy) => {
        expect(poolIsHealthy(subject, (_, origin) => (up as readonly string[]).includes(origin))).toBe(healthy);
    });

    it("answers with a healthy endpoint by weight", () => {
        const set = new Map([["us", pool("us", { origins: [{ ...two[0]!, weight: 0 }, two[1]!] })]]);
        expect(steer(balancer, set, () => true, locations.us, first)?.origin.name).toBe("b");
    });

    it("that is the fallback and disabled leaves no answer", () => {
        const set = new Map([["last", pool("last", { enabled: false })]]);
        expect(steer(balancer, set, () => true, locations.us, first)).toBeUndefined();
    });
});

describe("the asker's location", () => {
    const locate = locator();
    const strategy = (mode: string, preferEcs: string, steeringPolicy = "geo") => ({ ...balancer, steeringPolicy, locationStrategy: { mode, preferEcs } });
    it.each([
        ["always", "geo", "CN", true],
        ["geo", "geo", "CN", true],
        ["proximity", "geo", "US", false],
        ["proximity", "proximity", "CN", true],
        ["never", "geo", "US", false],
    ])("preferEcs %s under %s steering: country %s", (preferEcs, policy, country, bySubnet) => {
        const seen = locateAsker(strategy("pop", preferEcs, policy), { source: "198.18.1.53", subnet: "198.18.2.0" }, locate);
        expect([seen.location.country, seen.location.region, seen.bySubnet]).toEqual([country, "ENAM", bySubnet]);
    });

    it.each([
        ["198.18.2.53", "CN"], ["198.18.3.53", "DE"], ["198.51.100.127", "US"], ["198.51.100.128", "CN"], ["203.0.113.1", "US"],
    ])("a resolver at %s is in %s", (source, country) => {
        expect(locateAsker(strategy("resolver_ip", "never"), { source }, locate).location.country).toBe(country);
    });
});

it("never answers with an unhealthy pool while its list has a healthy one", () => {
    const ids = ["us", "cn", "eu", "last"];
    const lists = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1 });
    fc.assert(
        fc.property(lists, lists, fc.subarray(ids), fc.constantFrom("us", "cn", "eu"), fc.constantFrom("geo", "off", "random"), fc.double({ min: 0, max: 0.999, noNaN: true }),
            (defaults, country, up, place, steeringPolicy, value) => {
                const subject = { ...balancer, steeringPolicy, defaultPools: defaults, countryPools: { CN: country } };
                const list = steeringPolicy === "geo" && place === "cn" ? country : defaults;
                const choice = steer(subject, pools, (id) => up.includes(id), locations[place as "us"], () => value)!;
                const healthy = list.filter((id) => up.includes(id));
                if (healthy.length === 0) expect(choice.pool.id).toBe("last");
                else if (steeringPolicy === "random") expect(healthy).toContain(choice.pool.id);
                else expect(choice.pool.id).toBe(healthy[0]);
            }),
    );
});
