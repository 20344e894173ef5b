import type { Failure } from "../kind";
import type { Values } from "../values";
import { CLOUD, admitAccount, cloudflareKind, list } from "./kind";
import type { LoadBalancer } from "./loadBalancer";
import { originFault, type Origin } from "./origins";
import { failure, oneOf, refuse, within } from "./refuse";

export interface Pool extends Values {
    accountId: string; name: string; origins: Origin[]; monitor?: string; minimumOrigins?: number; enabled?: boolean; checkRegions?: string[];
    latitude?: number; longitude?: number;
}

const REGIONS = ["WNAM", "ENAM", "WEU", "EEU", "NSAM", "SSAM", "OC", "ME", "NAF", "SAF", "SAS", "SEAS", "NEAS", "ALL_REGIONS"];
const CALL = "https://api.cloudflare.com/client/v4/accounts/…/load_balancers/pools";
/** Pools, and endpoints in all of them, of an account that is not Enterprise. */
const QUOTA = 20;

export const pool = cloudflareKind<Pool, Pool>({
    token: "cloudflare:index/loadBalancerPool:LoadBalancerPool",
    kind: "pool",
    replaceOn: ["accountId"],
    updates: true,
    check(inputs, { unknown }) {
        const { name, origins = [], checkRegions = [], latitude, longitude } = inputs;
        const failures: Failure[] = [];
        if (name !== undefined && !/^[a-zA-Z0-9_-]+$/.test(name)) failures.push(failure("name", `may have letters, digits, hyphens and underscores alone, got "${name}"`));
        if (inputs.origins?.length === 0) failures.push(failure("origins", "must have at least one origin"));
        for (const [i, origin] of origins.entries()) {
            failures.push(...within(`origins[${i}].weight`, origin.weight, 0, 1), ...within(`origins[${i}].port`, origin.port, 0, 65_535));
            if (origin.address === undefined || origin.address === "") failures.push(failure(`origins[${i}].address`, "is required"));
        }
        for (const [i, region] of checkRegions.entries()) {
            failures.push(...oneOf(`checkRegions[${i}]`, region, REGIONS));
            if (region === "ALL_REGIONS") failures.push(failure(`checkRegions[${i}]`, '"ALL_REGIONS" is for Enterprise accounts'));
        }
        const given = (name: "latitude" | "longitude"): boolean => inputs[name] !== undefined || unknown(name);
        if (given("latitude") !== given("longitude")) failures.push(failure(given("latitude") ? "longitude" : "latitude", "latitude and longitude go together"));
        return [...failures, ...within("latitude", latitude, -90, 90), ...within("longitude", longitude, -180, 180)];
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
