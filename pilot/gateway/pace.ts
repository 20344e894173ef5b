import type { App, GatewayState } from "./state";
import type { Workers } from "./workers";

/** What the gateway is to do. */
export interface Wanted {
    state: GatewayState;
    /** The versions that visitors are to get, and their shares, whether they have an instance or not. */
    orders: string;
}

/**
 * `now`: somebody wants it so, or a release does. `soon`: a version has lost the instances that the gateway knows. `later`:
 * instances came or went beside others. nginx passes over an instance that does not answer.
 */
export type Urgency = "now" | "soon" | "later";

/** A worker has about 3.5 MiB, and the gateway's container 256: more linger only for what is urgent. */
const MOST_LINGERING = 36;
/** The oldest are ended before there are more: the kernel would end all of them. */
export const LIMIT_LINGERING = 48;
const LONGEST_SECONDS = 300;
/** So many reloads without a pause for a version that has lost its instances. */
const FREE_RELOADS = 4;

export function urgencyOf(running: Wanted | undefined, wanted: Wanted): Urgency {
    if (!running || running.orders !== wanted.orders || apart(running.state) !== apart(wanted.state)) return "now";
    return isCutOff(running.state.app, wanted.state.app) || isCutOff(running.state.candidate, wanted.state.candidate) ? "soon" : "later";
}

/** Seconds that have to be between two reloads. The more workers linger, the longer. */
export function pauseFor(urgency: Urgency, { serving, lingering }: Workers): number {
    if (urgency === "now" || lingering.length === 0) return 0;
    const reloads = lingering.length / Math.max(1, serving.length);
    if (urgency === "soon") return reloads < FREE_RELOADS ? 0 : Math.min(2 ** (reloads - FREE_RELOADS), LONGEST_SECONDS);
    return lingering.length >= MOST_LINGERING ? Infinity : Math.min(2 ** reloads, LONGEST_SECONDS);
}

/** The oldest workers, which are ended so that a reload has room. */
export const tooMany = ({ serving, lingering }: Workers): number[] => lingering.slice(0, Math.max(0, lingering.length + serving.length - LIMIT_LINGERING));

/** All but the versions and their instances. */
const apart = (state: GatewayState): string => JSON.stringify({ ...state, app: undefined, candidate: undefined });

/** The gateway knows none of the instances that there are now, or only such as are gone. */
function isCutOff(known: App | undefined, now: App | undefined): boolean {
    const addresses = new Set(known?.addresses);
    return known?.version !== now?.version || (addresses.size > 0 && !now!.addresses.some((address) => addresses.has(address)));
}
