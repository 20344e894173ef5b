import type { Store } from "../../store";
import { lowestFree } from "../cidr";
import { list } from "./kind";
import { refuse } from "./refuse";

/** The documentation network stands for the public internet; its lower half is the us side's. */
export const POOL = "198.51.100.0/25";

export function publicDns(publicIp: string): string {
    return publicIp && `ec2-${publicIp.replaceAll(".", "-")}.compute-1.amazonaws.com`;
}

/** Refuses when the pool is used up. */
export function freeAddress(store: Store, operation: string, property: string): string {
    const taken = [
        ...list<{ publicIp: string }>(store, "eip").map((e) => e.props.publicIp),
        ...list<{ launchPublicIp?: string }>(store, "instance").map((i) => i.props.launchPublicIp ?? ""),
    ];
    const free = lowestFree(POOL, taken);
    if (!free) throw refuse(operation, "InsufficientAddressCapacity", "Insufficient capacity to satisfy your address request.", property);
    return free;
}
