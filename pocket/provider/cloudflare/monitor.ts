import type { Failure } from "../kind";
import type { Values } from "../values";
import { admitAccount, cloudflareKind, list } from "./kind";
import type { Pool } from "./pool";
import { failure, oneOf, refuse, unserved, within } from "./refuse";

export interface Monitor extends Values {
    accountId: string; type?: string; method?: string; path?: string; port?: number; expectedCodes?: string; expectedBody?: string;
    interval?: number; timeout?: number; retries?: number; header?: { [name: string]: string[] }; allowInsecure?: boolean; followRedirects?: boolean;
    consecutiveDown?: number; consecutiveUp?: number;
}

const UNSERVED = ["udp_icmp", "icmp_ping", "smtp"];
const CALL = "https://api.cloudflare.com/client/v4/accounts/…/load_balancers/monitors";

export const monitor = cloudflareKind<Monitor, Monitor>({
    token: "cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor",
    kind: "monitor",
    replaceOn: ["accountId"],
    updates: true,
    check(inputs, { unknown }): Failure[] {
        const failures = [
            ...oneOf("type", inputs.type, ["http", "https", "tcp", ...UNSERVED]),
            // 10 seconds are for Enterprise zones.
            ...within("interval", inputs.interval, 15, 3600),
            ...within("port", inputs.port, 0, 65_535),
            ...within("timeout", inputs.timeout, 1, 10),
            ...within("retries", inputs.retries, 0, 5),
        ];
        if (UNSERVED.includes(inputs.type ?? "")) failures.push(unserved("type", `the pocket cloud's monitors speak http, https and tcp, not "${inputs.type}"`));
        if (inputs.type === "tcp" && inputs.port === undefined && !unknown("port")) failures.push(failure("port", 'is needed for a monitor of type "tcp"'));
        if (Object.keys(inputs.header ?? {}).some((name) => name.toLowerCase() === "user-agent")) failures.push(failure("header", "cannot set User-Agent"));
        return failures;
    },
    admit: ({ accountId }, context) => admitAccount(context, accountId, `POST ${CALL}`),
    compute: (_id, inputs) => ({
        type: "http", method: "GET", path: "/", expectedCodes: "", expectedBody: "", interval: 60, timeout: 5, retries: 2, consecutiveDown: 0, consecutiveUp: 0,
        followRedirects: false, allowInsecure: false, probeZone: "", description: "", ...inputs,
    }),
    release({ id }, { store }) {
        const pools = list<Pool>(store, "pool", (p) => p.monitor === id);
        if (pools.length === 0) return;
        throw refuse(`DELETE ${CALL}/${id}`, "412 Precondition Failed", 1005, `monitor ${id} is referenced by other objects: pools ${pools.map((p) => p.props.name).join(", ")}`);
    },
});
