import { block, lines } from "./block";
import { requestHeaders } from "./headers";
import { answering, regionHeader, versionHeader } from "./health";
import { relays, returning } from "./relays";
import { plainServers, secureServers } from "./sites";
import { shares, testing, visitors } from "./split";
import { type GatewayState, type Layout, containerLayout } from "./state";
import { hop, upstreams } from "./upstreams";

/** Of one worker. A stream takes two of them, and four if a peer serves it: docs/performance.md says how many streams that is. */
const CONNECTIONS = 4096;

/**
 * The whole nginx.conf (nginx 1.22 or newer) for a state: local instances first, then the other regions as backup,
 * each request relayed across at most one border.
 */
export function render(state: GatewayState, layout: Layout = containerLayout): string {
    return `${lines(
        "worker_processes auto;",
        // Longer than the longest stream: a reload must not cut one.
        `worker_shutdown_timeout ${state.maxStreamSeconds + 60}s;`,
        `pid ${layout.run}/nginx.pid;`,
        `error_log ${layout.errorLog} warn;`,
        // Docker gives a container 1,024. Each connection takes a file, to a visitor as to an instance.
        `worker_rlimit_nofile ${2 * CONNECTIONS};`,
        block("events", `worker_connections ${CONNECTIONS};`),
        block(
            "http",
            ...general(layout),
            ...logging(state, layout),
            ...limits,
            ...compression,
            ...tls,
            ...proxying(state),
            upstreams(state, layout) || undefined,
            ...relays(state, layout),
            ...plainServers(state, layout),
            ...secureServers(state, layout),
        ),
    )}\n`;
}

function general(layout: Layout): string[] {
    return [
        "default_type application/octet-stream;",
        "server_tokens off;",
        "keepalive_timeout 65s;",
        // What this nginx can do besides, as its container found out (gateway/entrypoint.sh); there may be nothing.
        `include ${layout.run}/patience*.conf;`,
        // A public name may have 253 characters; the default bucket holds about 60.
        "server_names_hash_bucket_size 512;",
        // A peer's secret has 64.
        "map_hash_bucket_size 128;",
        `client_body_temp_path ${layout.run}/body;`,
        `proxy_temp_path ${layout.run}/proxy;`,
        `resolver ${layout.resolver} valid=10s ipv6=off;`,
        "resolver_timeout 3s;",
    ];
}

/**
 * `$uri` and never `$request_uri`: a query may carry what nobody should read in a log. `remote` is the other end of the
 * connection, which may be a peer's gateway; `visitor` is who asks. `connection` also stands in the error log, after the
 * asterisk. `completion` is empty if the visitor left before the end.
 */
function logging({ region, app, candidate }: GatewayState, layout: Layout): string[] {
    const fields = {
        time: "$time_iso8601", region, version: candidate ? "$version" : (app?.version ?? ""), request: "$trace", hop, remote: "$remote_addr", visitor: "$visitor", connection: "$connection",
        host: "$host", method: "$request_method", path: "$uri", protocol: "$server_protocol", status: "$status", completion: "$request_completion", type: "$sent_http_content_type",
        bytes: "$bytes_sent", seconds: "$request_time", upstream: "$upstream_addr", upstream_status: "$upstream_status",
        upstream_first_byte: "$upstream_header_time", upstream_seconds: "$upstream_response_time", agent: "$http_user_agent",
    };
    return [`log_format event escape=json '${JSON.stringify(fields)}';`, `access_log ${layout.accessLog} event;`];
}

const limits = [
    "client_max_body_size 1m;",
    "client_header_timeout 15s;",
    "client_body_timeout 15s;",
    "large_client_header_buffers 4 16k;",
    "reset_timedout_connection on;",
    "limit_conn_zone $binary_remote_addr zone=connections:10m;",
    "limit_conn_status 429;",
    "limit_req_zone $binary_remote_addr zone=requests:10m rate=500r/s;",
    "limit_req_status 429;",
];

/** Event streams are not in the list of types, so they are never held back to be compressed. */
const compression = ["gzip on;", "gzip_types application/json;", "gzip_proxied any;", "gzip_min_length 1024;", "gzip_vary on;"];

/** The intermediate profile of Mozilla's server side TLS guidelines. */
const tls = [
    "ssl_protocols TLSv1.2 TLSv1.3;",
    "ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:" +
        "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;",
    "ssl_prefer_server_ciphers off;",
    "ssl_session_cache shared:tls:10m;",
    "ssl_session_timeout 1d;",
    "ssl_session_tickets off;",
];

/** Who serves a request: `$pool`, and `$home` where no peer may. */
function choosing({ app, candidate }: GatewayState): string[] {
    if (!app || !candidate) return [block(`map ${hop} $pool`, `"" app;`, `default ${app === undefined ? `""` : "app_local"};`)];
    return [
        ...visitors,
        shares(candidate),
        ...testing(candidate),
        block(`map "$chosen:${hop}" $pool`, `"~^candidate:" candidate;`, `"stable:" app;`, "default app_local;"),
        block("map $chosen $home", "candidate candidate;", "default app_local;"),
        block("map $chosen $version", `candidate "${candidate.version}";`, `default "${app.version}";`),
    ];
}

function proxying(state: GatewayState): string[] {
    const { peers, peerSecret, maxStreamSeconds } = state;
    return [
        ...choosing(state),
        // A peer's word on who the visitor is and how the request is called is taken over; anybody else's is not. One address
        // alone: what stands last in the list is whom the app takes for the visitor, and by whom it counts logins.
        block("map $http_x_antipode_peer $from_peer", peerSecret && `"${peerSecret}" 1;`, "default 0;"),
        block("map $from_peer $visitor", "1 $http_x_forwarded_for;", "default $remote_addr;"),
        block(`map "$from_peer:$http_x_request_id" $trace`, `"~^1:(?<given>[A-Za-z0-9-]{8,64})$" $given;`, "default $request_id;"),
        block(`map ${hop} $elsewhere`, `"" ${peers.length > 0 ? "1" : `""`};`, `default "";`),
        ...returning,
        ...answering(state),
        "proxy_http_version 1.1;",
        "proxy_buffering off;",
        "proxy_connect_timeout 1s;",
        `proxy_read_timeout ${maxStreamSeconds}s;`,
        // Not `non_idempotent`: a POST that was sent may have been done. One that could not be sent goes on, and one that
        // the app refused before it did anything is led on by the app itself (X-Accel-Redirect).
        "proxy_next_upstream error timeout http_500 http_502 http_503;",
        "proxy_next_upstream_timeout 10s;",
        ...requestHeaders(),
        // Each gateway adds these itself, a relaying one too.
        "proxy_hide_header Strict-Transport-Security;",
        "proxy_hide_header X-Request-Id;",
        `proxy_hide_header ${regionHeader};`,
        `proxy_hide_header ${versionHeader};`,
    ];
}
