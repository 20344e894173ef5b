import type { Failure } from "../kind";
import type { Values } from "../values";
import { EMPTY, OFF, SIXTEEN_BITS, admitAccount, cloudflareKind, list, word } from "./kind";
import type { Pool } from "./pool";
import { failure, refuse, unserved } from "./refuse";

export interface Monitor extends Values {
    accountId: string; type?: string; method?: string; path?: string; port?: number; expectedCodes?: string; expectedBody?: string;
    interval?: number; timeout?: number; retries?: number; header?: { [name: string]: string[] }; allowInsecure?: boolean; followRedirects?: boolean;
    consecutiveDown?: number; consecutiveUp?: number;
}

const UNSERVED = ["udp_icmp", "icmp_ping", "smtp"];
const COUNT = { range: [0, Infinity], whole: true } as const;
const CALL = "https://api.cloudflare.com/client/v4/accounts/…/load_balancers/monitors";

export const monitor = cloudflareKind<Monitor, Monitor>({
    token: "cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor",
    kind: "monitor",
    replaceOn: ["accountId"],
    updates: true,
    // terraform-provider-cloudflare, internal/services/load_balancer_monitor/schema.go; the ranges are the API's.
    rules: {
        type: { ...word("http", "https", "tcp", ...UNSERVED), default: "http" },
        // 10 seconds are for Enterprise zones.
        interval: { range: [15, 3600], whole: true, default: 60 },
        timeout: { range: [1, 10], whole: true, default: 5 },
        retries: { range: [0, 5], whole: true, default: 2 },
        port: SIXTEEN_BITS,
        consecutiveDown: COUNT, consecutiveUp: COUNT,
        allowInsecure: OFF, followRedirects: OFF,
        description: EMPTY, expectedBody: EMPTY, expectedCodes: EMPTY, probeZone: EMPTY,
    },
    check(inputs, { unknown }): Failure[] {
        const type = inputs.type?.toLowerCase();
        const failures: Failure[] = [];
        if (UNSERVED.includes(type ?? "")) failures.push(unserved("type", `the pocket cloud's monitors speak http, https and tcp, not "${inputs.type}"`));
        if (type === "tcp" && inputs.port === undefined && !unknown("port")) failures.push(failure("port", "value", 'port is needed for a monitor of type "tcp"'));
        if (Object.keys(inputs.header ?? {}).some((name) => name.toLowerCase() === "user-agent")) failures.push(failure("header", "value", "header cannot set User-Agent"));
        return failures;
    },
    admit: ({ accountId }, context) => admitAccount(context, accountId, `POST ${CALL}`),
    compute: (_id, inputs) => ({
        type: "http", ...(inputs.type === "tcp" ? { method: "connection_established" } : { method: "GET", path: "/" }), expectedCodes: "", expectedBody: "", interval: 60, timeout: 5, retries: 2, consecutiveDown: 0, consecutiveUp: 0,
        followRedirects: false, allowInsecure: false, probeZone: "", description: "", ...inputs,
    }),
    release({ id }, { store }) {
        const pools = list<Pool>(store, "pool", (p) => p.monitor === id);
        if (pools.length === 0) return;
        throw refuse(`DELETE ${CALL}/${id}`, "412 Precondition Failed", 1005, `monitor ${id} is referenced by other objects: pools ${pools.map((p) => p.props.name).join(", ")}`);
    },
});
