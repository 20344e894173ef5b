import type { Address } from "../model";

/** What a firewall line that names a group means: its members' private addresses, and the public ones bound to them, each as a /32. */
export function memberCidrs(members: { privateIp: string }[], known: Address[]): string[] {
    return members.flatMap(({ privateIp }) => [privateIp, ...known.filter((a) => a.privateIp === privateIp).map((a) => a.publicIp)]).map((ip) => `${ip}/32`);
}
