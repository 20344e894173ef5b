import { answer } from "./answer";
import { block } from "./block";
import { requestHeaders } from "./headers";
import { healthLocation } from "./health";
import { always, cookies, pass } from "./passing";
import { challengePath } from "./relays";
import { hop } from "./upstreams";
import type { GatewayState, Layout, Site } from "./state";

/**
 * For one client address, and not for the inner relays, which all have the same one. A whole office, or all visitors
 * of a peer, may stand behind an address, so this only stops floods: the app limits by user.
 */
const limits = ["limit_conn connections 1024;", "limit_req zone=requests burst=1000 nodelay;"];

/** Port 80: challenges, and the way to HTTPS. A challenge that this region does not know is asked of its peers, once. */
export function plainServers({ sites, peers }: GatewayState, layout: Layout): string[] {
    const stranger = block("server", `listen ${layout.httpPort} default_server;`, "server_name _;", "return 404;");
    if (sites.length === 0) return [stranger];
    return [
        stranger,
        block(
            "server",
            `listen ${layout.httpPort};`,
            `server_name ${sites.map(({ name }) => name).join(" ")};`,
            ...limits,
            block(
                `location ~ ^${challengePath.replaceAll(".", "\\.")}([A-Za-z0-9_-]+)$`,
                `root ${layout.shared}/acme;`,
                "default_type text/plain;",
                `try_files /$1 ${peers.length > 0 ? "@peers" : "=404"};`,
            ),
            peers.length > 0
                ? block(
                      "location @peers",
                      `if (${hop}) {\n    return 404;\n}`,
                      "proxy_pass http://peers;",
                      "proxy_next_upstream error timeout http_404 http_500 http_502 http_503 http_504;",
                  )
                : undefined,
            block("location /", "return 308 https://$host$request_uri;"),
        ),
    ];
}

/** Port 443: one server for each name that has a certificate; the handshake for any other name is refused. */
export function secureServers(state: GatewayState, layout: Layout): string[] {
    return [
        block(
            "server",
            `listen ${layout.httpsPort} ssl http2 default_server;`,
            "server_name _;",
            "ssl_reject_handshake on;",
            "return 421;",
        ),
        ...state.sites.filter(({ certificate }) => certificate !== undefined).map((site) => secureServer(site, state, layout)),
    ];
}

function secureServer({ name, certificate }: Site, state: GatewayState, layout: Layout): string {
    const { app, candidate, peers, maxStreamSeconds } = state;
    const kept = candidate ? [...always, ...cookies] : always;
    const served = app !== undefined || peers.length > 0;
    return block(
        "server",
        `listen ${layout.httpsPort} ssl http2;`,
        `server_name ${name};`,
        `ssl_certificate ${certificate};`,
        `ssl_certificate_key ${certificate};`,
        ...limits,
        ...kept,
        "error_page 502 @failed;",
        "error_page 503 @unavailable;",
        "error_page 504 @late;",
        block("location /metrics", "return 404;"),
        ...(served
            ? [
                  healthLocation(state),
                  block("location = /health", "proxy_read_timeout 5s;", ...pass(state)),
                  block("location /", `proxy_read_timeout ${maxStreamSeconds}s;`, ...pass(state)),
              ]
            : [block("location /", "return 503;")]),
        peers.length > 0 ? block("location @elsewhere", ...requestHeaders("asked"), `proxy_read_timeout ${maxStreamSeconds}s;`, "proxy_pass http://peers;") : undefined,
        // Where a relay sends back what it could not bring to its peer; see `returning`.
        app !== undefined && peers.length > 0
            ? block("location @here", ...requestHeaders("failed"), `proxy_read_timeout ${maxStreamSeconds}s;`, `proxy_pass http://${candidate ? "$home" : "app_local"};`)
            : undefined,
        block("location @failed", ...always, ...answer(502, "bad_gateway", "The service broke off; whether it did its work is not known.")),
        block(
            "location @unavailable",
            ...always,
            ...answer(503, "unavailable", "No instance of the service is healthy; try again soon.", "add_header Retry-After 5 always;"),
        ),
        block("location @late", ...always, ...answer(504, "timeout", "The service did not answer in time.")),
    );
}
