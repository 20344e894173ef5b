import { publicHealth } from "../apps/contract";
import { block } from "./block";
import { always, cookies, pass } from "./passing";
import type { GatewayState } from "./state";

/** The gateway alone says these; what an app says so is left out (`proxy_hide_header`). */
export const regionHeader = "X-Antipode-Region";
export const versionHeader = "X-Antipode-Version";

/** Which region and version answered: an app of one's own doesn't say so. A relay's socket has the peer's name. */
export function answering({ region, app, candidate }: GatewayState): string[] {
    return [
        block("map $upstream_addr $answering_region", `"~/relay-(?<answering_peer>[a-z0-9-]+)\\.sock$" $answering_peer;`, `default "${region}";`),
        block("map $upstream_addr $answering_version", `"~/relay-" $upstream_http_x_antipode_version;`, candidate ? "default $version;" : `default "${app?.version ?? ""}";`),
        ...healthPaths(app, candidate),
    ];
}

/** Where the version that a visitor gets has its health path, unless all have the public one. */
function healthPaths(app: GatewayState["app"], candidate: GatewayState["candidate"]): string[] {
    const [stable, beside] = [app?.health ?? publicHealth, candidate?.health ?? publicHealth];
    if (stable === publicHealth && (!candidate || beside === publicHealth)) return [];
    return [candidate ? block("map $chosen $health_path", `candidate "${beside}";`, `default "${stable}";`) : block("map $uri $health_path", `default "${stable}";`)];
}

/**
 * DNS monitors and commands ask for one path, whichever the app has: the gateway asks the version for its own. A location
 * that adds a header adds all. A health check that hangs is an answer too, and soon.
 */
export function healthLocation(state: GatewayState): string {
    const to = healthPaths(state.app, state.candidate).length === 0 ? "" : "$health_path$is_args$args";
    return block(
        `location = ${publicHealth}`,
        ...always,
        ...(state.candidate ? cookies : []),
        `add_header ${regionHeader} $answering_region always;`,
        `add_header ${versionHeader} $answering_version always;`,
        "proxy_read_timeout 5s;",
        ...pass(state, to),
    );
}
