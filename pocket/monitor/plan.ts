import { isIP } from "node:net";
import type { Account, Monitor, Origin } from "../dns/cloudflare";
import { addressesOf } from "../dns/zone";

/** One endpoint to check, with everything that a check needs; times in milliseconds. */
export interface Target {
    pool: string;
    origin: string;
    /** The addresses to connect to; none when the endpoint's hostname leads nowhere. */
    addresses: string[];
    type: string;
    method: string;
    path: string;
    port: number;
    /** The request's headers; `Host` always stands in them. */
    headers: Record<string, string>;
    expectedCodes: string;
    expectedBody: string;
    followRedirects: boolean;
    allowInsecure: boolean;
    intervalMs: number;
    timeoutMs: number;
    retries: number;
    consecutiveUp: number;
    consecutiveDown: number;
    regions: string[];
}

/**
 * Cloudflare's regions for health monitors. developers.cloudflare.com/load-balancing/reference/region-mapping-api.
 */
const ALL_REGIONS = ["EEU", "ENAM", "ME", "NAF", "NEAS", "NSAM", "OC", "SAF", "SAS", "SEAS", "SSAM", "WEU", "WNAM"];

/**
 * What there is to check now. Disabled pools and endpoints are left out, as Cloudflare leaves them. A pool without
 * `checkRegions` means every data centre, an Enterprise feature: here the three of one region stand for them.
 */
export function plan(account: Account): Target[] {
    return [...account.pools.values()].flatMap((pool) => {
        const monitor = pool.monitor && pool.enabled !== false ? account.monitors.get(pool.monitor) : undefined;
        if (!monitor) return [];
        const regions = pool.checkRegions?.includes("ALL_REGIONS") ? ALL_REGIONS : pool.checkRegions?.length ? pool.checkRegions : ["ENAM"];
        return pool.origins.filter(({ enabled }) => enabled !== false).map((origin) => target(pool.id, origin, monitor, regions, account));
    });
}

/** The defaults are the provider's schema's; an endpoint's own Host header wins over the monitor's, and its address is the last resort. */
function target(pool: string, origin: Origin, monitor: Monitor, regions: string[], account: Account): Target {
    const type = monitor.type ?? "http";
    const headers = Object.fromEntries(Object.entries(monitor.header ?? {}).map(([name, values]) => [name, values[0] ?? ""]));
    const host = origin.header?.hosts?.[0] ?? Object.entries(headers).find(([name]) => name.toLowerCase() === "host")?.[1] ?? origin.address;
    for (const name of Object.keys(headers)) if (["host", "user-agent"].includes(name.toLowerCase())) delete headers[name];
    return {
        pool,
        origin: origin.name,
        addresses: isIP(origin.address) ? [origin.address] : addressesOf(account, origin.address),
        type,
        method: (monitor.method || "GET").toUpperCase(),
        path: monitor.path || "/",
        port: monitor.port || origin.port || (type === "https" ? 443 : 80),
        headers: { Host: host, "User-Agent": userAgent(pool), ...headers },
        expectedCodes: monitor.expectedCodes || "200",
        expectedBody: monitor.expectedBody ?? "",
        followRedirects: monitor.followRedirects ?? false,
        allowInsecure: monitor.allowInsecure ?? false,
        intervalMs: (monitor.interval ?? 60) * 1000,
        timeoutMs: (monitor.timeout ?? 5) * 1000,
        retries: monitor.retries ?? 2,
        consecutiveUp: Math.max(1, monitor.consecutiveUp ?? 1),
        consecutiveDown: Math.max(1, monitor.consecutiveDown ?? 1),
        regions,
    };
}

/** As Cloudflare sends it; a monitor cannot change it. developers.cloudflare.com/load-balancing/understand-basics/monitors. */
function userAgent(pool: string): string {
    return `Mozilla/5.0 (compatible; Cloudflare-Traffic-Manager/1.0; +https://www.cloudflare.com/traffic-manager/; pool-id: ${pool.slice(0, 16)})`;
}
