import type { Fn, Package } from "../kind";
import { Refusal } from "../refusal";
import { dnsRecord } from "./dnsRecord";
import { list, schema, type Zone } from "./kind";
import { loadBalancer } from "./loadBalancer";
import { monitor } from "./monitor";
import { pool } from "./pool";
import { refuse } from "./refuse";

export { recordName, type DnsRecord } from "./dnsRecord";
export type { LoadBalancer } from "./loadBalancer";
export type { Monitor } from "./monitor";
export type { Pool } from "./pool";
export { fqdn, type Zone } from "./kind";

const TOKEN = "cloudflare:index/getZone:getZone";

const getZone: Fn<{ zoneId?: string; filter?: { name?: string; account?: { id?: string } } }> = {
    token: TOKEN,
    schema: schema.functions[TOKEN]!,
    async invoke(args, { store }) {
        const { zoneId, filter } = args;
        const found = list<Zone>(store, "zone").filter((z) => (!zoneId || z.id === zoneId) && (!filter?.name || z.props.name === filter.name)
            && (!filter?.account?.id || z.props.accountId === filter.account.id));
        const zone = found[0];
        if (!zone || found.length > 1) {
            throw refuse("GET https://api.cloudflare.com/client/v4/zones", "404 Not Found", 1049, `${found.length} zones match; exactly one is wanted`, zoneId ? "zoneId" : "filter");
        }
        const { name, accountId } = zone.props;
        return {
            ...args, id: zone.id, zoneId: zone.id, name, status: "active", type: "full", paused: false, account: { id: accountId, name: "pocket" },
            nameServers: ["ns1.pocket.test", "ns2.pocket.test"], permissions: [], plan: { id: "free", name: "Free Website" },
        };
    },
};

/** Cloudflare in the pocket: records that the pocket's authoritative DNS server serves. */
export const cloudflare: Package = {
    name: "cloudflare",
    version: schema.version,
    config: { ...schema.config, remember: [] },
    configure({ apiToken, apiKey, email }) {
        const given = (value: unknown): boolean => typeof value === "string" && value !== "";
        if (given(apiToken) || (given(apiKey) && given(email))) return;
        throw new Refusal("9109", 'credentials are not set correctly: set the provider\'s "apiToken" (or "apiKey" with "email")', "apiToken");
    },
    kinds: [dnsRecord, monitor, pool, loadBalancer],
    functions: [getZone],
};
