import { answer } from "./answer";
import { block } from "./block";
import { elsewhereHeader } from "./headers";
import { versionHeader } from "./health";
import { hopHeader, peerHeader, relaySocket } from "./upstreams";
import type { GatewayState, Layout } from "./state";

export const challengePath = "/.well-known/acme-challenge/";

/**
 * One inner server a peer, on a unix socket, so that a peer can stand in an `upstream` as a plain server:
 * the name in a variable is looked up for each request, and a name that does not resolve fails that request
 * instead of the whole configuration.
 */
export function relays({ region, peers, peerSecret = "" }: GatewayState, layout: Layout): (string | undefined)[] {
    return peers.map((peer) =>
        block(
            "server",
            `listen ${relaySocket(peer, layout)};`,
            "access_log off;",
            `set $peer ${peer.host};`,
            "proxy_http_version 1.1;",
            "proxy_buffering off;",
            // Hidden elsewhere (health.ts); of the peer's gateway it is true.
            `proxy_pass_header ${versionHeader};`,
            // The ocean is 200 ms wide; a lost first packet is sent again after one second.
            "proxy_connect_timeout 4s;",
            block(
                "location /",
                `proxy_pass https://$peer${peer.port === 443 ? "" : `:${peer.port}`};`,
                ...headers(region),
                // Here alone: it never crosses the border in the clear.
                `proxy_set_header ${peerHeader} "${peerSecret}";`,
                "proxy_ssl_server_name on;",
                "proxy_ssl_name $peer;",
                "proxy_ssl_verify on;",
                "proxy_ssl_verify_depth 4;",
                `proxy_ssl_trusted_certificate ${layout.trust};`,
                "proxy_ssl_protocols TLSv1.2 TLSv1.3;",
            ),
            "error_page 502 504 @away;",
            block("location @away", ...answer(502, "bad_gateway", "$apology", "add_header X-Accel-Redirect $back always;")),
            // A challenge is asked for before there is any certificate.
            block(
                `location ${challengePath}`,
                `proxy_pass http://$peer${layout.peerHttpPort === 80 ? "" : `:${layout.peerHttpPort}`};`,
                ...headers(region),
                "proxy_read_timeout 5s;",
            ),
        ),
    );
}

/**
 * What a relay says when nothing came of a request. A peer is reached when TLS stands, for only then was anything sent;
 * before that the request can be done at home, where whoever sent it asked for it back.
 */
export const returning = [
    block("map $upstream_connect_time $reached", `"~[0-9]" yes;`, "default no;"),
    block(`map "$http_x_antipode_elsewhere:$reached" $back`, `"asked:no" @here;`, `default "";`),
    block("map $reached $apology", `yes "The other region broke off; whether it did its work is not known.";`, `no "The other region was not reached.";`),
];

/** Said in each location: one that sets a header inherits none. */
function headers(region: string): string[] {
    return [
        "proxy_set_header Host $peer;",
        `proxy_set_header Connection "";`,
        "proxy_set_header X-Forwarded-Host $host;",
        `proxy_set_header ${hopHeader} ${region};`,
        `proxy_set_header ${elsewhereHeader} "";`,
    ];
}
