import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Place } from "../../pocket/model";
import { placeOf } from "../../pocket/network/world";

/** Those of a place that nothing else has: its gateway, its resolver and the usual visitor are below. */
const [FIRST, LAST] = [100, 249];

/** The address of each of so many visitors. More than there are addresses share them, as users behind one router do. */
export function addressesOf(place: Place, visitors: number): string[] {
    const network = placeOf(place).visitor.replace(/\d+$/, "");
    return Array.from({ length: visitors }, (_, index) => `${network}${FIRST + (index % (LAST - FIRST + 1))}`);
}

/** Lets visitors of a place have these addresses. They go with the place's network. */
export async function take(place: Place, addresses: string[]): Promise<void> {
    const batch = [...new Set(addresses)].map((address) => `address replace ${address}/32 dev eth0\n`).join("");
    const done = promisify(execFile)("ip", ["-n", placeOf(place).namespace, "-batch", "-"]);
    done.child.stdin!.end(batch);
    await done;
}
