import type { GatewayState } from "../gateway/state";
import { Backend } from "./backend";
import { gatewayOf, type Nginx } from "./nginx";

/** A gateway of us, and two versions that answer with what they are. */
export interface TwoVersions {
    gateway: Nginx;
    stable: Backend;
    candidate: Backend;
    /** Everybody gets the stable one, 1.4.0. */
    state: GatewayState;
    stop(): Promise<unknown>;
}

export async function twoVersions(): Promise<TwoVersions> {
    const { gateway, site } = await gatewayOf("us.yourapp.test");
    const [stable, candidate] = [await new Backend("stable").start(), await new Backend("candidate").start()];
    return {
        gateway,
        stable,
        candidate,
        state: { region: "us", sites: [site], peers: [], app: { version: "1.4.0", addresses: [stable.address] }, maxStreamSeconds: 3600 },
        stop: () => Promise.all([gateway.stop(), stable.stop(), candidate.stop()]),
    };
}
