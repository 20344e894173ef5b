import * as cloudflare from "@pulumi/cloudflare";
import { GeoDns } from "../infra/geodns/cloudflare";
import { loadSettings } from "../infra/settings/load";
import { reference } from "./reference";

/** GeoDNS: `api.<domain>` leads to the nearest region that is healthy. */
export function edge(): Record<string, unknown> {
    const settings = loadSettings("edge");
    const provider = new cloudflare.Provider("cloudflare", { apiToken: settings.cloudflareApiToken });
    const geodns = new GeoDns("geodns", {
        accountId: settings.cloudflareAccountId,
        zoneId: settings.cloudflareZoneId,
        domain: settings.domain,
        checkRegions: settings.checkRegions,
        checkIntervalSeconds: settings.checkIntervalSeconds,
        regions: settings.regions.map((name) => ({ name, host: reference(name).hostname() })),
    }, { provider });
    return { name: geodns.name, url: `https://${geodns.name}`, pools: geodns.pools, regions: settings.regions };
}
