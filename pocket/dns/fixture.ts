import { join } from "node:path";
import { scratch } from "../../testing/scratch";
import { Store } from "../store";

/** An empty store in a folder of its own, with a short way to put Cloudflare's resources into it. */
export function cloudflareStore(): { store: Store; put: (kind: string, id: string, props: Record<string, unknown>) => void } {
    const store = new Store(join(scratch(), "cloud.json"));
    const put = (kind: string, id: string, props: Record<string, unknown>) => store.put({ cloud: "cloudflare", kind, id, region: "global", props });
    return { store, put };
}

/** The edge of the example: two pools of one endpoint each, steered by country and region. */
export function exampleEdge() {
    const made = cloudflareStore();
    const pool = (id: string, address: string) =>
        made.put("pool", id, { name: id, monitor: "m1", minimumOrigins: 1, enabled: true, origins: [{ name: id, address, enabled: true, weight: 1 }] });
    made.put("zone", "z1", { name: "yourapp.test", accountId: "a1" });
    made.put("dnsRecord", "r1", { zoneId: "z1", name: "us.yourapp.test", type: "A", content: "198.51.100.10", ttl: 60 });
    made.put("dnsRecord", "r2", { zoneId: "z1", name: "cn", type: "A", content: "198.51.100.140", ttl: 1 });
    made.put("dnsRecord", "r3", { zoneId: "z1", name: "db.cn", type: "CNAME", content: "cn.yourapp.test", ttl: 60 });
    made.put("dnsRecord", "r4", { zoneId: "z1", name: "api", type: "A", content: "203.0.113.9", ttl: 60 });
    made.put("dnsRecord", "r5", { zoneId: "z1", name: "@", type: "TXT", content: "\"hello\"", ttl: 60 });
    made.put("dnsRecord", "r6", { zoneId: "z1", name: "away", type: "CNAME", content: "ark.cn-beijing.volces.com", ttl: 60 });
    pool("us", "198.51.100.10");
    pool("cn", "cn.yourapp.test");
    made.put("loadBalancer", "l1", {
        zoneId: "z1",
        name: "api.yourapp.test",
        defaultPools: ["us", "cn"],
        fallbackPool: "cn",
        steeringPolicy: "geo",
        countryPools: { CN: ["cn", "us"], US: ["us", "cn"] },
        regionPools: { NEAS: ["cn", "us"], ENAM: ["us", "cn"] },
        locationStrategy: { mode: "resolver_ip", preferEcs: "always" },
        ttl: 30,
        enabled: true,
        proxied: false,
    });
    return made;
}
