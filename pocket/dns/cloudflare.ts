import type { Store } from "../store";

/** A zone of the account. The name has no trailing dot. */
export interface Zone { id: string; name: string }

/** A DNS record with its full name in lower case; the other fields as `@pulumi/cloudflare` takes them. */
export interface DnsRecord {
    id: string;
    zoneId: string;
    name: string;
    type: string;
    content?: string;
    /** Seconds; 1 stands for "automatic". */
    ttl: number;
    proxied?: boolean;
    priority?: number;
    data?: Record<string, unknown>;
}

/** An endpoint of a pool. `address` is an IP address or a hostname. */
export interface Origin {
    name: string;
    address: string;
    enabled?: boolean;
    /** 0 to 1; 1 when absent. */
    weight?: number;
    port?: number;
    header?: { hosts?: string[] };
}

export interface Pool {
    id: string;
    name: string;
    origins: Origin[];
    enabled?: boolean;
    minimumOrigins?: number;
    monitor?: string;
    checkRegions?: string[];
    latitude?: number;
    longitude?: number;
}

/** Intervals and timeouts are in seconds, as in the API. */
export interface Monitor {
    id: string;
    type?: string;
    method?: string;
    path?: string;
    port?: number;
    expectedCodes?: string;
    expectedBody?: string;
    interval?: number;
    timeout?: number;
    retries?: number;
    consecutiveUp?: number;
    consecutiveDown?: number;
    followRedirects?: boolean;
    allowInsecure?: boolean;
    header?: Record<string, string[]>;
}

/** Pool lists are in failover order. The name is a full hostname in lower case. */
export interface LoadBalancer {
    id: string;
    zoneId: string;
    name: string;
    defaultPools: string[];
    fallbackPool: string;
    steeringPolicy?: string;
    popPools?: Record<string, string[]>;
    countryPools?: Record<string, string[]>;
    regionPools?: Record<string, string[]>;
    locationStrategy?: { mode?: string; preferEcs?: string };
    randomSteering?: { defaultWeight?: number; poolWeights?: Record<string, number> };
    enabled?: boolean;
    /** Seconds; only an unproxied load balancer has one. */
    ttl?: number;
}

/** The part of a Cloudflare account that answers questions and checks endpoints. */
export interface Account {
    zones: Zone[];
    records: DnsRecord[];
    loadBalancers: LoadBalancer[];
    pools: Map<string, Pool>;
    monitors: Map<string, Monitor>;
}

/** Reads the account as it is at this moment; records and load balancers of a zone that is gone are left out. */
export function readAccount(store: Store): Account {
    const all = <T>(kind: string) => store.list("cloudflare", kind).map(({ id, props }) => ({ ...props, id }) as unknown as T);
    const zones = all<Zone>("zone").map((zone) => ({ ...zone, name: canonical(zone.name) }));
    const inZone = <T extends { zoneId: string; name: string }>(items: T[]): T[] =>
        items.flatMap((item) => {
            const zone = zones.find(({ id }) => id === item.zoneId);
            return zone ? [{ ...item, name: fullName(item.name, zone.name) }] : [];
        });
    return {
        zones,
        records: inZone(all<DnsRecord>("dnsRecord")),
        loadBalancers: inZone(all<LoadBalancer>("loadBalancer")),
        pools: new Map(all<Pool>("pool").map((pool) => [pool.id, pool])),
        monitors: new Map(all<Monitor>("monitor").map((monitor) => [monitor.id, monitor])),
    };
}

/** A name in lower case and without its trailing dot, the form in which names are compared. */
export function canonical(name: string): string {
    return name.toLowerCase().replace(/\.$/, "");
}

/** Cloudflare takes a record's name as a label, as `@` or as a full name. */
export function fullName(name: string, zone: string): string {
    const given = canonical(name);
    if (given === "@" || given === zone) return zone;
    return given.endsWith(`.${zone}`) ? given : `${given}.${zone}`;
}

/** The zone that a name belongs to: the longest one that is its suffix. */
export function zoneOf(account: Pick<Account, "zones">, name: string): Zone | undefined {
    return account.zones
        .filter((zone) => name === zone.name || name.endsWith(`.${zone.name}`))
        .sort((a, b) => b.name.length - a.name.length)[0];
}
