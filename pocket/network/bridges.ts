import { existsSync, writeFileSync } from "node:fs";
import { run } from "../run";

const everyBridge = "/proc/sys/net/bridge";

/**
 * Loads the part of the kernel that shows the packet filter what one machine of a subnet sends to another. It begins
 * with every bridge of this computer; those that are not the pocket's are left as they were.
 */
export async function loadBridgeFilter(): Promise<void> {
    if (existsSync(everyBridge)) return;
    await run("modprobe", ["br_netfilter"]).catch(() => undefined); // a kernel without it does not filter there
    if (!existsSync(everyBridge)) return;
    for (const kind of ["arptables", "ip6tables", "iptables"]) writeFileSync(`${everyBridge}/bridge-nf-call-${kind}`, "0");
}

/** Has the packets of one bridge go through the packet filter, whatever this computer does with its others. */
export function filterBridge(link: string): void {
    const setting = `/sys/class/net/${link}/bridge/nf_call_iptables`;
    if (existsSync(setting)) writeFileSync(setting, "1");
}
