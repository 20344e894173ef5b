import type { RegionName } from "../settings/kinds";

/** Cloudflare's names of the parts of the world that lie nearer to China than to America. */
const asia = ["NEAS", "SEAS", "SAS"] as const;
const america = ["WNAM", "ENAM"] as const;

export interface Steering {
    /** Order of regions by Cloudflare region code. */
    byRegion: Record<string, RegionName[]>;
    /** Order of regions by ISO country. */
    byCountry: Record<string, RegionName[]>;
    /** Everybody else. */
    others: RegionName[];
}

/**
 * Who is sent where, and where to when that one is down: each order is written out whole, for Cloudflare goes through
 * the list of the visitor's part of the world and no farther than the list of everybody else.
 * China has a line of its own, because the mainland is in no region of Cloudflare's for certain.
 */
export function steering(regions: readonly RegionName[]): Steering {
    const order = (...wanted: RegionName[]) => wanted.filter((region) => regions.includes(region));
    const toChina = order("cn", "us");
    const toAmerica = order("us", "cn");
    return {
        byRegion: { ...each(america, toAmerica), ...each(asia, toChina) },
        byCountry: { CN: toChina },
        others: toAmerica,
    };
}

function each(codes: readonly string[], order: RegionName[]): Record<string, RegionName[]> {
    return Object.fromEntries(codes.map((code) => [code, order]));
}
