import type { GatewayState } from "./state";
import { hop } from "./upstreams";

// `add_header` in a location hides those of its server, so every place that adds one adds all.
export const always = [
    `add_header Strict-Transport-Security "max-age=31536000" always;`,
    "add_header X-Request-Id $trace always;",
];

/** While two versions serve: that a visitor stays with his. An empty one is not sent. */
export const cookies = ["add_header Set-Cookie $visitor_cookie;", "add_header Set-Cookie $tester_cookie;"];

/** Hands a request on. @param to another path than its own */
export const pass = ({ app }: GatewayState, to = ""): (string | undefined)[] => [app === undefined ? `if (${hop}) {\n    return 503;\n}` : undefined, `proxy_pass http://$pool${to};`];
