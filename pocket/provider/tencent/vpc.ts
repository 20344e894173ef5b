import { isIP } from "node:net";
import { contains, isNetwork, parseCidr } from "../cidr";
import { base36Id } from "../record";
import type { Values } from "../values";
import { list, nameLength, now, tencentKind } from "./kind";
import { failure, refuse } from "./refuse";

export interface VpcInputs extends Values { name: string; cidrBlock: string; dnsServers?: string[] }
export interface Vpc extends VpcInputs { defaultRouteTableId: string }

/** CreateVpc: the private ranges that a VPC may lie in, and the largest block in each. */
const RANGES = [{ range: "10.0.0.0/12", largest: 12 }, { range: "172.16.0.0/12", largest: 12 }, { range: "192.168.0.0/16", largest: 16 }];
const SMALLEST = 28;
const MAX_DNS_SERVERS = 4;
/** VPCs that an account has in a region unless the quota is raised. */
const QUOTA = 5;

export const vpc = tencentKind<VpcInputs, Vpc>({
    token: "vpc:Vpc",
    kind: "vpc",
    prefix: "vpc",
    replaceOn: ["cidrBlock"],
    autoName: { property: "name", maxLength: 60 },
    updates: true,
    rules: {
        assistantCidrs: { set: true },
        dnsServers: { set: true, length: [0, MAX_DNS_SERVERS], code: "InvalidParameterValue.LimitExceeded" },
        "dnsServers[*]": { matches: (server) => isIP(server) > 0, says: "is not an IP address", code: "InvalidParameterValue.Malformed" },
    },
    check({ name, cidrBlock }) {
        const failures = nameLength("name", name, 60);
        if (cidrBlock === undefined) return failures;
        const cidr = parseCidr(cidrBlock);
        if (!cidr || !isNetwork(cidrBlock)) return [...failures, failure("cidrBlock", "InvalidParameterValue.Malformed", `"${cidrBlock}" is not a network address such as 10.0.0.0/16`)];
        const fits = RANGES.some(({ range, largest }) => contains(parseCidr(range)!, cidr) && cidr.bits >= largest && cidr.bits <= SMALLEST);
        if (!fits) {
            failures.push(failure("cidrBlock", "InvalidParameterValue.Range", `"${cidrBlock}" must lie in ${RANGES.map((r) => r.range).join(", ")}, `
                + `with a mask of 12 to ${SMALLEST} (16 to ${SMALLEST} in 192.168.0.0/16)`));
        }
        return failures;
    },
    admit(_inputs, { store, region }, self) {
        if (self || list(store, "vpc").filter((r) => r.region === region).length < QUOTA) return;
        throw refuse("LimitExceeded", `The number of VPCs in ${region} is limited to ${QUOTA}.`);
    },
    compute: (_id, inputs, _context, before) => ({
        isMulticast: true, isDefault: false, ...inputs,
        createTime: before?.createTime ?? now(), defaultRouteTableId: before?.defaultRouteTableId ?? base36Id("rtb-"),
    }),
    release({ id }, { store }) {
        const subnets = list<{ vpcId: string }>(store, "subnet", (s) => s.vpcId === id);
        if (subnets.length > 0) throw refuse("ResourceInUse", `The VPC \`${id}\` is in use by ${subnets.map((s) => s.id).join(", ")}.`);
    },
});
