import { appService, hostOf } from "../../infra/names";
import { columns } from "../columns";
import type { Edge } from "../daemon/client";
import type { Region } from "../stack/names";
import { condition, type Health } from "../visitor/health";

/** `status --json`. */
export interface World {
    domain: string;
    regions: { name: Region; cloud: string; address: string; url: string; healthy: boolean; version: string | null; degraded?: true; why?: string }[];
    edge: Edge | null;
}

/** The outputs of a region's stack that are shown. */
export interface RegionOutputs { address?: string; cloud?: string; version?: string; versions?: string[] }

/** A region as it stands: what its stack says, and what a visitor beside it sees (a text says why nothing). */
export function regionStanding(name: Region, domain: string, outputs: RegionOutputs, seen: Health | string): World["regions"][number] {
    const healthy = typeof seen !== "string" && seen.status === "healthy";
    const why = typeof seen === "string" ? seen : `it says ${seen.status}`;
    const degraded = typeof seen !== "string" && condition(seen) === "degraded";
    return {
        name,
        cloud: outputs.cloud ?? "",
        address: outputs.address ?? "",
        url: `https://${hostOf(name, domain)}`,
        healthy,
        // Which one answers; that of the source may be on its way, or have gone back.
        version: (typeof seen === "string" ? undefined : seen.version) ?? outputs.version ?? null,
        ...(degraded ? { degraded } : {}),
        ...(healthy ? {} : { why }),
    };
}

/** The same for people. */
export function worldText({ domain, regions, edge }: World): string {
    const rows = regions.map(({ name, cloud, address, url, healthy, degraded, version, why }) =>
        [healthy ? "✔" : "✘", name, cloud, address, url, version ? appService(version) : "", degraded ? "degraded: its database is away" : healthy ? "healthy" : why ?? ""]);
    const pools = edge?.pools.map((pool) => `${pool.healthy ? "✔" : "✘"} ${pool.name}`).join("   ");
    const lines = [`https://api.${domain}`, ...columns(rows), edge ? `edge ${edge.name}: ${pools}` : "edge: none"];
    return (regions.length > 0 ? lines : [...lines, "No region stands: npm run up"]).join("\n");
}
