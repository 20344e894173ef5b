import { isNetwork, isNetwork6, parseCidr } from "../cidr";
import type { Rule } from "../rules";

/** CreateVpc's and CreateSubnet's limits for the size of an IPv4 block. */
export const LARGEST = 16;
export const SMALLEST = 28;

/** Masks of the IPv6 blocks that a pool gives out. */
export const IPV6_MASKS = [44, 48, 52, 56, 60];

/** The provider's `ValidIPv4CIDRNetworkAddress` and `ValidIPv6CIDRNetworkAddress`. */
export const network4: Rule = { matches: isNetwork, says: "is not a valid IPv4 CIDR block: a network address such as 10.0.1.0/24 is wanted" };
export const network6: Rule = { matches: isNetwork6, says: "is not a valid IPv6 CIDR block: a network address such as 2001:db8::/56 is wanted" };
export const address4: Rule = { matches: (text) => parseCidr(`${text}/32`) !== undefined, says: "is not an IPv4 address" };

/** Whether the size is one that EC2 gives out. */
export function sized(cidr: string): boolean {
    const bits = parseCidr(cidr)?.bits ?? 0;
    return bits >= LARGEST && bits <= SMALLEST;
}
