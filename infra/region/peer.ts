import { createHmac } from "node:crypto";

/**
 * What the regions' gateways know each other by, derived from the secret that both have: a request that carries it
 * comes from a peer, and is believed on who its visitor is.
 */
export function peerSecret(jwtSecret: string): string {
    return createHmac("sha256", jwtSecret).update("antipode: a gateway to its peer").digest("hex");
}
