import { block, lines } from "./block";
import type { GatewayState, Layout, Peer } from "./state";

/** A request that a peer relayed carries the peer's region here, and is never relayed again. Anybody may say so. */
export const hopHeader = "X-Antipode-Hop";
export const hop = "$http_x_antipode_hop";
/** A peer's proof that it is one: its word on who the visitor is counts. */
export const peerHeader = "X-Antipode-Peer";

const limits = "max_fails=3 fail_timeout=30s";
/** Of instances here: a machine that stands still for a second must not be without all of them for half a minute. One that is gone for good the pilot takes out by itself. */
const localLimits = "max_fails=3 fail_timeout=5s";

export function relaySocket(peer: Peer, layout: Layout): string {
    return `unix:${layout.run}/relay-${peer.region}.sock`;
}

/**
 * Who may serve: `app` for a visitor's request, `app_local` for one that a peer relayed, `candidate` for those who get
 * that version, `peers` for a challenge. What a candidate could not even begin, the stable version does.
 *
 * No upstream keeps connections: an idle one may be closed by the app in the very moment a POST is written to it,
 * and that POST could not be sent again. A new connection inside the machine costs about 0.1 ms.
 */
export function upstreams({ app, candidate, peers }: GatewayState, layout: Layout): string {
    const servers = (addresses: string[], more = "") => addresses.map((address) => `server ${address} ${localLimits}${more};`);
    const local = servers(app?.addresses ?? []);
    const relays = peers.map((peer) => `server ${relaySocket(peer, layout)}`);
    return lines(
        local.length + relays.length > 0
            ? block("upstream app", ...local, ...relays.map((relay) => (local.length > 0 ? `${relay} ${limits} backup;` : `${relay} ${limits};`)))
            : undefined,
        local.length > 0 ? block("upstream app_local", ...local) : undefined,
        app && candidate ? block("upstream candidate", ...servers(candidate.addresses), ...servers(app.addresses, " backup")) : undefined,
        // Never marked as failed: a peer that is away now may know the next challenge.
        relays.length > 0 ? block("upstream peers", ...relays.map((relay) => `${relay} max_fails=0;`)) : undefined,
    );
}
