import type { Values } from "../values";
import { CLOUD, EMPTY, ON, SIXTEEN_BITS, admitAccount, cloudflareKind, list, word } from "./kind";
import type { LoadBalancer } from "./loadBalancer";
import { originFault, type Origin } from "./origins";
import { failure, refuse } from "./refuse";

export interface Pool extends Values {
    accountId: string; name: string; origins: Origin[]; monitor?: string; minimumOrigins?: number; enabled?: boolean; checkRegions?: string[];
    latitude?: number; longitude?: number;
}

const REGIONS = ["WNAM", "ENAM", "WEU", "EEU", "NSAM", "SSAM", "OC", "ME", "NAF", "SAF", "SAS", "SEAS", "NEAS", "ALL_REGIONS"];
const PERCENT = { range: [0, 100], default: 0 } as const;
const CALL = "https://api.cloudflare.com/client/v4/accounts/…/load_balancers/pools";
/** Pools, and endpoints in all of them, of an account that is not Enterprise. */
const QUOTA = 20;

export const pool = cloudflareKind<Pool, Pool>({
    token: "cloudflare:index/loadBalancerPool:LoadBalancerPool",
    kind: "pool",
    replaceOn: ["accountId"],
    updates: true,
    // terraform-provider-cloudflare, internal/services/load_balancer_pool/schema.go.
    rules: {
        name: { pattern: /^[a-zA-Z0-9_-]+$/, says: "may have letters, digits, hyphens and underscores alone" },
        origins: { length: [1, Infinity] },
        "origins[*].weight": { range: [0, 1], default: 1 },
        "origins[*].port": SIXTEEN_BITS,
        "origins[*].enabled": ON, "origins[*].flattenCname": ON,
        latitude: { range: [-90, 90], requiredWith: ["longitude"] },
        longitude: { range: [-180, 180], requiredWith: ["latitude"] },
        "checkRegions[*]": word(...REGIONS),
        minimumOrigins: { range: [0, Infinity], whole: true, default: 1 },
        enabled: ON, description: EMPTY, notificationEmail: EMPTY,
        "loadShedding.defaultPercent": PERCENT, "loadShedding.sessionPercent": PERCENT,
        "loadShedding.defaultPolicy": { ...word("random", "hash"), default: "random" },
        "loadShedding.sessionPolicy": { ...word("hash"), default: "hash" },
        "originSteering.policy": { ...word("random", "hash", "least_outstanding_requests", "least_connections"), default: "random" },
    },
    check({ origins = [], checkRegions = [] }, { unknown }) {
        return [
            ...origins.flatMap(({ address }, i) => (address || unknown(`origins[${i}].address`) ? [] : [failure(`origins[${i}].address`, "value", `origins[${i}].address is required`)])),
            ...checkRegions.flatMap((region, i) => (region.toUpperCase() === "ALL_REGIONS" ? [failure(`checkRegions[${i}]`, "value", '"ALL_REGIONS" is for Enterprise accounts')] : [])),
        ];
    },
    admit(inputs, context, self) {
        const { store } = context;
        const bad = (message: string, property: string): Error => refuse(`POST ${CALL}`, "400 Bad Request", 1002, message, property);
        admitAccount(context, inputs.accountId, `POST ${CALL}`);
        const others = list<Pool>(store, "pool").filter((p) => p.id !== self?.id);
        if (others.some((p) => p.props.name === inputs.name)) throw bad(`name: pool name "${inputs.name}" is already in use`, "name");
        const endpoints = [...others.map((p) => p.props), inputs].reduce((n, p) => n + p.origins.length, 0);
        if (others.length >= QUOTA) throw bad(`Exceeded quota: at most ${QUOTA} pools`, "name");
        if (endpoints > QUOTA) throw bad(`Exceeded quota: at most ${QUOTA} endpoints`, "origins");
        if (inputs.monitor && store.get(CLOUD, inputs.monitor)?.kind !== "monitor") throw bad(`monitor: "${inputs.monitor}" was not found`, "monitor");
        const fault = originFault(inputs.origins, inputs.accountId, store);
        if (fault) throw bad(fault.message, fault.property);
    },
    compute: (_id, inputs) => ({
        description: "", enabled: true, minimumOrigins: 1, notificationEmail: "", networks: ["cloudflare"], originSteering: { policy: "random" },
        loadShedding: { defaultPercent: 0, defaultPolicy: "random", sessionPercent: 0, sessionPolicy: "hash" }, ...inputs,
        origins: inputs.origins.map((o) => ({ enabled: true, weight: 1, port: 0, flattenCname: true, ...o })),
    }),
    release({ id, props }, { store }) {
        const balancers = list<LoadBalancer>(store, "loadBalancer", (b) => poolsOf(b).includes(id));
        if (balancers.length === 0) return;
        throw refuse(`DELETE ${CALL}/${id}`, "412 Precondition Failed", 1005, `pool ${props.name} is referenced by other objects: load balancers ${balancers.map((b) => b.props.name).join(", ")}`);
    },
});

/** Every pool that a load balancer names, also in steering that is not in use. */
export function poolsOf(balancer: LoadBalancer): string[] {
    const maps = [balancer.regionPools, balancer.countryPools, balancer.popPools].flatMap((m) => Object.values(m ?? {}));
    return [...balancer.defaultPools, balancer.fallbackPool, ...maps.flat()];
}
