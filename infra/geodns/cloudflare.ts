import * as cloudflare from "@pulumi/cloudflare";
import * as pulumi from "@pulumi/pulumi";
import { apiHost } from "../names";
import type { RegionName } from "../settings/kinds";
import { steering } from "./steering";

export interface GeoDnsArgs {
    accountId: string;
    zoneId: string;
    domain: string;
    /** Host name of each region's gateway; a plain record, not one that Cloudflare stands before. */
    regions: { name: RegionName; host: pulumi.Input<string> }[];
    /** How many parts of the world look at each region, one or two. */
    checkRegions: number;
    checkIntervalSeconds: number;
}

/** Who looks at a region: the parts of the world (Cloudflare's names) whose visitors it serves, the nearest first. */
const lookouts: Record<RegionName, string[]> = { cn: ["NEAS", "SEAS"], us: ["ENAM", "WNAM"] };

/** Answers `api.<domain>` with the nearest region that is healthy. A paid add-on of Cloudflare: Load Balancing. */
export class GeoDns extends pulumi.ComponentResource {
    readonly name: string;
    readonly pools: Record<string, pulumi.Output<string>>;

    constructor(name: string, args: GeoDnsArgs, opts: pulumi.ComponentResourceOptions & { provider: cloudflare.Provider }) {
        super("antipode:geodns:Cloudflare", name, {}, opts);
        const own = { parent: this };
        this.name = apiHost(args.domain);

        // Every field is set: what is left out comes back filled in and looks like a change at the next `up`.
        const monitor = new cloudflare.LoadBalancerMonitor(`${name}-monitor`, {
            accountId: args.accountId,
            description: `${this.name}: is the region healthy`,
            type: "https",
            method: "GET",
            path: "/api/health",
            port: 443,
            expectedCodes: "200",
            expectedBody: "",
            interval: args.checkIntervalSeconds,
            // A TLS handshake and an answer across the ocean take under 1.5 s; a check that waits longer delays the way out.
            timeout: 3,
            retries: 0,
            consecutiveDown: 1,
            consecutiveUp: 1,
            followRedirects: false,
            allowInsecure: false,
            probeZone: "",
            header: { Host: [this.name] },
        }, own);

        const pools = args.regions.map((region) => new cloudflare.LoadBalancerPool(`${name}-${region.name}`, {
            accountId: args.accountId,
            name: `${this.name.replace(/\./g, "-")}-${region.name}`,
            description: `${this.name} in ${region.name}`,
            enabled: true,
            minimumOrigins: 1,
            monitor: monitor.id,
            // Three data centres in each: six, spread over the interval, see a region go sooner than three.
            checkRegions: lookouts[region.name].slice(0, args.checkRegions),
            originSteering: { policy: "random" },
            notificationEmail: "",
            // Ascending by name, as Cloudflare gives them back.
            origins: [{ name: region.name, address: region.host, enabled: true, weight: 1, port: 0, flattenCname: true, header: { hosts: [this.name] } }],
        }, own));
        const id = new Map(args.regions.map((region, index) => [region.name, pools[index]!.id]));
        const ids = (order: RegionName[]) => order.map((region) => id.get(region)!);
        const each = (orders: Record<string, RegionName[]>) => Object.fromEntries(Object.entries(orders).map(([code, order]) => [code, ids(order)]));
        const plan = steering(args.regions.map((region) => region.name));

        new cloudflare.LoadBalancer(`${name}-api`, {
            zoneId: args.zoneId,
            name: this.name,
            description: "Antipode: the nearest region that is healthy",
            enabled: true,
            // Unproxied: Cloudflare answers with the region's address and never stands in a stream's way.
            proxied: false,
            ttl: 30,
            steeringPolicy: "geo",
            regionPools: each(plan.byRegion),
            countryPools: each(plan.byCountry),
            defaultPools: ids(plan.others),
            fallbackPool: ids(plan.others).at(-1)!,
            sessionAffinity: "none",
            adaptiveRouting: { failoverAcrossPools: true },
            // Where the visitor is, not where his resolver is; the resolver's place where it does not tell.
            locationStrategy: { mode: "resolver_ip", preferEcs: "always" },
        }, own);

        this.pools = Object.fromEntries(id);
        this.registerOutputs({ name: this.name, pools: this.pools });
    }
}
