import { peerHeader } from "./upstreams";

/**
 * How a request fares that its instance gave away (`X-Accel-Redirect: @elsewhere`). To a relay, `asked`: whoever sent it
 * can take it back. To an instance, `failed`: it is the same request, for no peer was reached. Nobody outside may say so.
 */
export const elsewhereHeader = "X-Antipode-Elsewhere";

/** What is told of a request to whoever serves it. A location that sets one header inherits none, so it sets them all. */
export function requestHeaders(elsewhere: "" | "asked" | "failed" = ""): string[] {
    return [
        "proxy_set_header Host $host;",
        `proxy_set_header Connection "";`,
        "proxy_set_header X-Real-IP $remote_addr;",
        "proxy_set_header X-Forwarded-For $visitor;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header X-Request-Id $trace;",
        // Tells the app that what it refuses without an effect can be taken elsewhere: to a peer, once.
        `proxy_set_header X-Antipode-Gateway ${elsewhere === "failed" ? `""` : "$elsewhere"};`,
        `proxy_set_header ${elsewhereHeader} "${elsewhere}";`,
        `proxy_set_header ${peerHeader} "";`,
    ];
}
