import type { Store } from "../../store";
import { lowestFree } from "../cidr";
import { list } from "./kind";
import { refuse } from "./refuse";

/** The documentation network stands for the public internet; its upper half is the cn side's. */
export const POOL = "198.51.100.128/25";

/** Refuses when the pool is used up. */
export function freeAddress(store: Store, property: string): string {
    const taken = [...list<{ publicIp: string }>(store, "eip"), ...list<{ publicIp: string }>(store, "instance")].map((r) => r.props.publicIp);
    const free = lowestFree(POOL, taken);
    if (!free) throw refuse("ResourceInsufficient", "No public address is left.", property);
    return free;
}
