import type { LoadBalancer, Origin, Pool } from "./cloudflare";
import { locations, type Locate, type Location } from "./places";

/** Tells whether the monitors hold an endpoint for healthy. One that no monitor has reported on yet is down. */
export type IsUp = (poolId: string, originName: string) => boolean;

export interface Asker {
    /** The address that the query came from: the visitor's resolver. */
    source: string;
    /** The network in the query's EDNS client subnet, if it has one. */
    subnet?: string;
}

export interface Choice {
    pool: Pool;
    /** Which list the pool was taken from. */
    from: "pop" | "country" | "region" | "default" | "fallback";
    /** The one endpoint to answer with. */
    origin: Origin;
}

/** The policy that works: an empty one means "geo" when there are lists for places, else "off". */
export function policyOf(balancer: LoadBalancer): string {
    if (balancer.steeringPolicy) return balancer.steeringPolicy;
    return [balancer.popPools, balancer.countryPools, balancer.regionPools].some((lists) => lists && Object.keys(lists).length > 0) ? "geo" : "off";
}

/**
 * Where Cloudflare takes the asker to be. Country and coordinates follow `locationStrategy`; region and data centre are
 * always those that answer the query, because client subnet "only supports country-level steering".
 * Source: developers.cloudflare.com/load-balancing/understand-basics/traffic-steering/steering-policies (ECS support).
 *
 * @returns the location, and whether the client subnet was looked at, also where its place is not known: then the answer
 * holds for that subnet alone (the scope to echo, RFC 7871, section 7.2.1)
 */
export function locateAsker(balancer: LoadBalancer, asker: Asker, locate: Locate): { location: Location; bySubnet: boolean } {
    const { mode = "pop", preferEcs = "proximity" } = balancer.locationStrategy ?? {};
    const data = locate(asker.source) ?? locations.us;
    const wanted = preferEcs === "always" || preferEcs === policyOf(balancer);
    const bySubnet = wanted && asker.subnet !== undefined;
    const seen = (bySubnet ? locate(asker.subnet!) : undefined) ?? (mode === "resolver_ip" ? locate(asker.source) : undefined) ?? data;
    return { location: { ...seen, region: data.region, pop: data.pop }, bySubnet };
}

/**
 * The pool and endpoint that a load balancer answers with.
 *
 * With geo steering the first list that exists for the asker's data centre, country, then region is the list; an area
 * without one uses the default pools. The first healthy pool of that list wins, and when none is, the fallback pool,
 * healthy or not ("Geo steering uses one global fallback pool", developers.cloudflare.com/load-balancing, Pool sets).
 *
 * @returns undefined when even the fallback pool is disabled or empty; Cloudflare then answers with the SOA alone
 */
export function steer(balancer: LoadBalancer, pools: Map<string, Pool>, isUp: IsUp, location: Location, random: () => number): Choice | undefined {
    const { ids, from } = listFor(balancer, location);
    const healthy = ids.flatMap((id) => pools.get(id) ?? []).filter((pool) => poolIsHealthy(pool, isUp));
    const pool = pick(balancer, healthy, location, random);
    if (pool) return choose(pool, from, pool.monitor ? (origin) => isUp(pool.id, origin.name) : () => true, random);
    const last = pools.get(balancer.fallbackPool);
    return last && last.enabled !== false ? choose(last, "fallback", () => true, random) : undefined;
}

/**
 * A pool may serve while it is enabled and at least `minimumOrigins` of its enabled endpoints are up. Without a monitor
 * health "is not considered during steering" (Cloudflare, How endpoints and pools become unhealthy).
 */
export function poolIsHealthy(pool: Pool, isUp: IsUp): boolean {
    if (pool.enabled === false) return false;
    const enabled = pool.origins.filter((origin) => origin.enabled !== false);
    if (!pool.monitor) return enabled.length > 0;
    return enabled.filter((origin) => isUp(pool.id, origin.name)).length >= Math.max(1, pool.minimumOrigins ?? 1);
}

function listFor(balancer: LoadBalancer, { pop, country, region }: Location): { ids: string[]; from: Choice["from"] } {
    const areas = policyOf(balancer) === "geo"
        ? ([["pop", balancer.popPools?.[pop]], ["country", balancer.countryPools?.[country]], ["region", balancer.regionPools?.[region]]] as const)
        : [];
    for (const [from, ids] of areas) if (ids?.length) return { ids, from };
    return { ids: balancer.defaultPools, from: "default" };
}

/**
 * One of the healthy pools, in failover order unless the policy says otherwise. The policies that count requests or
 * connections count none on a DNS-only load balancer, which leaves their weights: the same as "random".
 */
function pick(balancer: LoadBalancer, healthy: Pool[], location: Location, random: () => number): Pool | undefined {
    switch (policyOf(balancer)) {
        case "random":
        case "least_outstanding_requests":
        case "least_connections": {
            const { defaultWeight = 1, poolWeights = {} } = balancer.randomSteering ?? {};
            return weighted(healthy, (pool) => poolWeights[pool.id] ?? defaultWeight, random);
        }
        case "proximity":
            return [...healthy].sort((a, b) => distance(a, location) - distance(b, location))[0];
        default:
            return healthy[0];
    }
}

function choose(pool: Pool, from: Choice["from"], serves: (origin: Origin) => boolean, random: () => number): Choice | undefined {
    const origins = pool.origins.filter((origin) => origin.enabled !== false && serves(origin));
    const origin = weighted(origins, ({ weight = 1 }) => weight, random);
    return origin && { pool, from, origin };
}

/** When every weight is 0 the first one serves: an answer is better than none. */
function weighted<T>(items: T[], weight: (item: T) => number, random: () => number): T | undefined {
    let rest = random() * items.reduce((sum, item) => sum + weight(item), 0);
    return items.find((item) => weight(item) > 0 && (rest -= weight(item)) < 0) ?? items[0];
}

/** Angle between two points on the globe, in radians; a pool without coordinates is farthest. */
function distance({ latitude, longitude }: Pool, to: Location): number {
    if (latitude === undefined || longitude === undefined) return Infinity;
    const rad = (degrees: number) => (degrees * Math.PI) / 180;
    const cosine =
        Math.sin(rad(latitude)) * Math.sin(rad(to.latitude)) +
        Math.cos(rad(latitude)) * Math.cos(rad(to.latitude)) * Math.cos(rad(longitude - to.longitude));
    return Math.acos(Math.min(1, Math.max(-1, cosine)));
}
