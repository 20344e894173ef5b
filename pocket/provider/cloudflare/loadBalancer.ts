import type { Failure } from "../kind";
import type { Values } from "../values";
import { CLOUD, OFF, ON, cloudflareKind, fqdn, list, word, zoneOf } from "./kind";
import { poolsOf } from "./pool";
import { failure, refuse, unserved } from "./refuse";

export interface LoadBalancer extends Values {
    zoneId: string; name: string; defaultPools: string[]; fallbackPool: string; steeringPolicy?: string; proxied?: boolean; ttl?: number; enabled?: boolean;
    regionPools?: { [code: string]: string[] }; countryPools?: { [code: string]: string[] }; popPools?: { [code: string]: string[] };
    sessionAffinity?: string; sessionAffinityTtl?: number; rules?: Values[];
}

const REGIONS = ["EEU", "ENAM", "ME", "NAF", "NEAS", "NSAM", "OC", "SAF", "SAS", "SEAS", "SSAM", "WEU", "WNAM"];
const STEERING = ["off", "geo", "random", "dynamic_latency", "proximity", "least_outstanding_requests", "least_connections", ""];
/** Seconds that an affinity may last, by its kind. */
const AFFINITY_TTL: { [kind: string]: [number, number] } = { cookie: [1800, 604_800], ip_cookie: [1800, 604_800], header: [30, 3600] };
const CALL = "POST https://api.cloudflare.com/client/v4/zones/…/load_balancers";
const QUOTA = 20;

export const loadBalancer = cloudflareKind<LoadBalancer, LoadBalancer>({
    token: "cloudflare:index/loadBalancer:LoadBalancer",
    kind: "loadBalancer",
    replaceOn: ["zoneId"],
    updates: true,
    // terraform-provider-cloudflare, internal/services/load_balancer/schema.go.
    rules: {
        steeringPolicy: { ...word(...STEERING), default: "" },
        sessionAffinity: { ...word("none", "cookie", "ip_cookie", "header"), default: "none" },
        defaultPools: { length: [1, Infinity] },
        enabled: ON, proxied: OFF,
        "adaptiveRouting.failoverAcrossPools": OFF,
        "locationStrategy.mode": { ...word("pop", "resolver_ip"), default: "pop" },
        "locationStrategy.preferEcs": { ...word("always", "never", "proximity", "geo"), default: "proximity" },
        "randomSteering.defaultWeight": { range: [0, 1], default: 1 },
        "sessionAffinityAttributes.samesite": word("Auto", "Lax", "None", "Strict"),
        "sessionAffinityAttributes.secure": word("Auto", "Always", "Never"),
        "sessionAffinityAttributes.zeroDowntimeFailover": word("none", "temporary", "sticky"),
    },
    check(inputs) {
        const { sessionAffinity, regionPools = {}, countryPools = {} } = inputs;
        const fail = (property: string, message: string): Failure => failure(property, "value", `${property} ${message}`);
        const failures = Object.keys(regionPools).flatMap((code) => (REGIONS.includes(code) ? [] : [fail(`regionPools.${code}`, `must be one of ${REGIONS.join(", ")}`)]));
        for (const code of Object.keys(countryPools)) {
            if (!/^[A-Z]{2}$/.test(code)) failures.push(fail(`countryPools.${code}`, "must be a country of two capital letters (ISO 3166)"));
        }
        for (const [map, pools] of Object.entries({ regionPools, countryPools })) {
            for (const [code, ids] of Object.entries(pools)) if (Array.isArray(ids) && ids.length === 0) failures.push(fail(`${map}.${code}`, "must name at least one pool"));
        }
        if (Object.keys(inputs.popPools ?? {}).length > 0) failures.push(fail("popPools", "is for Enterprise zones"));
        // With geo steering "any custom rule … will not function as expected" (Cloudflare docs, steering-policies/geo-steering).
        if (inputs.rules && inputs.rules.length > 0) failures.push(unserved("rules", "the pocket cloud steers without custom rules, which do not go with geo steering in any case"));
        if (inputs.proxied && inputs.ttl !== undefined) failures.push(fail("ttl", "goes with an unproxied load balancer alone"));
        const [least, most] = AFFINITY_TTL[sessionAffinity?.toLowerCase() ?? ""] ?? [0, 604_800];
        const { sessionAffinityTtl: ttl } = inputs;
        return ttl === undefined || (ttl >= least && ttl <= most) ? failures : [...failures, fail("sessionAffinityTtl", `must be between ${least} and ${most}, got ${ttl}`)];
    },
    admit(inputs, context, self) {
        const { store } = context;
        const zone = zoneOf(context, inputs.zoneId, CALL);
        const bad = (message: string, property: string): Error => refuse(CALL, "400 Bad Request", 1002, message, property);
        const name = inputs.name.toLowerCase().replace(/\.$/, "");
        if (name !== fqdn(name, zone.props.name)) throw bad(`name: "${inputs.name}" is not a hostname in the zone ${zone.props.name}`, "name");
        const others = list<LoadBalancer>(store, "loadBalancer").filter((b) => b.id !== self?.id);
        if (others.some((b) => b.props.name.toLowerCase() === name)) throw bad(`name: a load balancer named "${inputs.name}" already exists`, "name");
        if (others.length >= QUOTA) throw bad(`Exceeded quota: at most ${QUOTA} load balancers`, "name");
        const missing = poolsOf(inputs).find((id) => store.get(CLOUD, id)?.kind !== "pool");
        if (missing !== undefined) throw bad(`pool "${missing}" was not found`, whereIs(missing, inputs));
    },
    compute: (_id, inputs, context) => ({
        description: "", enabled: true, proxied: false, steeringPolicy: "", sessionAffinity: "none", networks: ["cloudflare"],
        ...(!inputs.proxied && { ttl: 30 }), ...inputs,
        zoneName: zoneOf(context, inputs.zoneId, CALL).props.name,
    }),
});

function whereIs(id: string, balancer: LoadBalancer): string {
    if (balancer.fallbackPool === id) return "fallbackPool";
    if (balancer.defaultPools.includes(id)) return `defaultPools[${balancer.defaultPools.indexOf(id)}]`;
    for (const map of ["regionPools", "countryPools", "popPools"] as const) {
        const code = Object.entries(balancer[map] ?? {}).find(([, ids]) => ids.includes(id))?.[0];
        if (code) return `${map}.${code}`;
    }
    return "defaultPools";
}
