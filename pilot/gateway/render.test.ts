import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authority } from "../test/authority";
import { Nginx, nginx } from "../test/nginx";
import { render } from "./render";
import type { GatewayState } from "./state";

const state: GatewayState = {
    region: "us",
    sites: [{ name: "us.yourapp.test", certificate: "/etc/gateway/us.pem" }, { name: "api.yourapp.test" }],
    peers: [{ region: "cn", host: "cn.yourapp.test", port: 443 }],
    app: { version: "1.0.0", addresses: ["10.0.1.5:80", "10.0.1.6:80"] },
    maxStreamSeconds: 3600,
};

/** The blocks that begin with these words, with what stands in their braces, spaces folded. */
function blocks(conf: string, head: string): string[] {
    const found: string[] = [];
    for (let at = conf.indexOf(`${head} {`); at >= 0; at = conf.indexOf(`${head} {`, at + 1)) {
        let end = conf.indexOf("{", at) + 1;
        for (let depth = 1; depth > 0; end++) depth += conf[end] === "{" ? 1 : conf[end] === "}" ? -1 : 0;
        found.push(conf.slice(conf.indexOf("{", at) + 1, end - 1).trim().replace(/\s+/g, " "));
    }
    return found;
}

describe("rendered configuration", () => {
    it("prefers the local instances, with the other region as backup", () => {
        expect(blocks(render(state), "upstream app")).toEqual([
            "server 10.0.1.5:80 max_fails=3 fail_timeout=5s; server 10.0.1.6:80 max_fails=3 fail_timeout=5s; " +
                "server unix:/run/gateway/relay-cn.sock max_fails=3 fail_timeout=30s backup;",
        ]);
    });

    it.each([
        ["no local instance", { app: undefined }, ["server unix:/run/gateway/relay-cn.sock max_fails=3 fail_timeout=30s;"]],
        ["no peer", { peers: [] }, ["server 10.0.1.5:80 max_fails=3 fail_timeout=5s; server 10.0.1.6:80 max_fails=3 fail_timeout=5s;"]],
        ["neither", { app: undefined, peers: [] }, []],
    ])("with %s has the rest", (_, change, expected) => {
        expect(blocks(render({ ...state, ...change }), "upstream app")).toEqual(expected);
    });

    it.each([
        "worker_shutdown_timeout 3660s;",
        "proxy_read_timeout 3600s;",
        "proxy_next_upstream error timeout http_500 http_502 http_503;",
        "proxy_http_version 1.1;",
        "proxy_buffering off;",
        "ssl_protocols TLSv1.2 TLSv1.3;",
        "ssl_reject_handshake on;",
        "listen 443 ssl http2;",
        "return 308 https://$host$request_uri;",
        "proxy_ssl_verify on;",
    ])("says %s", (directive) => {
        expect(render(state)).toContain(`    ${directive}\n`.trimStart());
    });

    it("proves itself to a peer over TLS alone", () => {
        const [relay] = blocks(render({ ...state, peerSecret: "5e".repeat(32) }), "server").filter((body) => body.includes("relay-cn.sock"));
        const secret = `proxy_set_header X-Antipode-Peer "${"5e".repeat(32)}";`;
        expect(relay!.split(secret)).toHaveLength(2);
        expect(relay).toMatch(/proxy_pass https:\/\/\$peer;[^}]*X-Antipode-Peer/);
        expect(blocks(relay!, "location /.well-known/acme-challenge/").join()).not.toContain("X-Antipode-Peer");
    });

    it("never holds an event stream back to compress it", () => {
        expect(/gzip_types (.*);/.exec(render(state))?.[1]).toBe("application/json");
    });

    it("is equal for equal states", () => {
        expect(render(structuredClone(state))).toBe(render(state));
    });
});

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/);
const host = fc.tuple(label, label).map((labels) => `${labels.join(".")}.test`);
const address = fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 65535 })).map(([ip, port]) => `${ip}:${port}`);
const states: fc.Arbitrary<GatewayState> = fc.record(
    {
        region: fc.constant("us"),
        sites: fc.uniqueArray(fc.record({ name: host, secure: fc.boolean() }), { selector: ({ name }) => name, maxLength: 4 })
            .map((sites) => sites.map(({ name, secure }) => ({ name, certificate: secure ? "PEM" : undefined }))),
        peers: fc.uniqueArray(fc.record({ region: label, host, port: fc.constantFrom(443, 8443) }), { selector: ({ region }) => region, maxLength: 3 }),
        app: fc.record({ version: fc.constantFrom("1.0.0", "2.10.3-rc.1"), addresses: fc.uniqueArray(address, { minLength: 1, maxLength: 5 }) }),
        maxStreamSeconds: fc.integer({ min: 60, max: 86_400 }),
    },
    { requiredKeys: ["region", "sites", "peers", "maxStreamSeconds"] },
);

describe("any configuration", () => {
    it("leads a relayed request to local instances or to nothing", () => {
        fc.assert(
            fc.property(states, (any) => {
                const conf = render(any);
                expect(blocks(conf, "upstream app_local").join()).not.toContain("unix:");
                expect(blocks(conf, "map $http_x_antipode_hop $pool")).toEqual([
                    any.app === undefined ? `"" app; default "";` : `"" app; default app_local;`,
                ]);
                const proxied = conf.split("proxy_pass http://$pool;").length - 1;
                const guarded = conf.split(/if \(\$http_x_antipode_hop\) \{\s+return 503;\s+\}\s+proxy_pass http:\/\/\$pool;/).length - 1;
                expect(guarded).toBe(any.app === undefined ? proxied : 0);
                expect(blocks(conf, "location @peers").every((body) => body.startsWith("if ($http_x_antipode_hop) { return 404; }"))).toBe(true);
            }),
        );
    });

    it.skipIf(nginx === undefined)("is accepted by nginx", async () => {
        const gateway = await Nginx.make();
        const certificate = gateway.file("any.pem", await (await authority()).issue("any.test"));
        try {
            await fc.assert(
                fc.asyncProperty(states, async (any) => {
                    const sites = any.sites.map((site) => ({ ...site, certificate: site.certificate && certificate }));
                    expect(await gateway.test({ ...any, sites })).toBe("");
                }),
                { numRuns: 40 },
            );
        } finally {
            await gateway.stop();
        }
    });
});
