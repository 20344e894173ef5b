import { isNetwork, parseCidr } from "../cidr";
import type { Context } from "../kind";
import { hexId } from "../record";
import type { Values } from "../values";
import { ACCOUNT } from "./catalogue";
import { CLOUD, awsKind, list } from "./kind";
import { failure, refuse } from "./refuse";

export interface VpcInputs extends Values { cidrBlock?: string; enableDnsSupport?: boolean; enableDnsHostnames?: boolean; instanceTenancy?: string }
export interface Vpc extends VpcInputs { cidrBlock: string; defaultSecurityGroupId: string; mainRouteTableId: string; internetGatewayId?: string }

/** CreateVpc's own limits for the size of an IPv4 block. */
const LARGEST = 16;
const SMALLEST = 28;

export const vpc = awsKind<VpcInputs, Vpc>({
    token: "aws:ec2/vpc:Vpc",
    kind: "vpc",
    prefix: "vpc",
    replaceOn: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    updates: true,
    check(inputs) {
        const { cidrBlock, instanceTenancy } = inputs;
        if (instanceTenancy !== undefined && !["default", "dedicated"].includes(instanceTenancy)) {
            return [failure("instanceTenancy", "InvalidParameterValue", `expected instanceTenancy to be one of ["default" "dedicated"], got ${instanceTenancy}`)];
        }
        if (cidrBlock === undefined) return [];
        const cidr = parseCidr(cidrBlock);
        if (!cidr || !isNetwork(cidrBlock)) {
            return [failure("cidrBlock", "InvalidParameterValue", `"${cidrBlock}" is not a valid IPv4 CIDR block: a network address such as 10.0.0.0/16 is wanted`)];
        }
        if (cidr.bits >= LARGEST && cidr.bits <= SMALLEST) return [];
        return [failure("cidrBlock", "InvalidVpc.Range", `The CIDR '${cidrBlock}' is invalid: the size must be between /${LARGEST} and /${SMALLEST}`)];
    },
    admit(inputs) {
        if (!inputs.cidrBlock) throw refuse("CreateVpc", "MissingParameter", "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.", "cidrBlock");
    },
    compute(id, inputs, context, before) {
        const defaultSecurityGroupId = before?.defaultSecurityGroupId ?? hexId("sg-", 17);
        if (!before) putDefaultGroup(defaultSecurityGroupId, id, context);
        return {
            enableDnsSupport: true, enableDnsHostnames: false, instanceTenancy: "default", ownerId: ACCOUNT,
            mainRouteTableId: before?.mainRouteTableId ?? hexId("rtb-", 17),
            defaultNetworkAclId: before?.defaultNetworkAclId ?? hexId("acl-", 17),
            ...inputs,
            cidrBlock: inputs.cidrBlock ?? "",
            defaultSecurityGroupId,
        };
    },
    release({ id }, { store }) {
        const inside = ["subnet", "securityGroup", "internetGateway", "routeTable"].flatMap((kind) =>
            list<{ vpcId?: string; name?: string }>(store, kind, (props) => props.vpcId === id && !(kind === "securityGroup" && props.name === "default")));
        if (inside.length === 0) return;
        throw refuse("DeleteVpc", "DependencyViolation", `The vpc '${id}' has dependencies and cannot be deleted: ${inside.map((r) => r.id).join(", ")}.`);
    },
    takesAlong: ({ props }, store) => list(store, "securityGroup").filter((r) => r.id === props.defaultSecurityGroupId),
});

/** Machines that name no group get this one: everything among its members, everything outwards. */
function putDefaultGroup(id: string, vpcId: string, { store, region }: Context): void {
    const everything = { protocol: "-1", fromPort: 0, toPort: 0 };
    const props = { vpcId, name: "default", description: "default VPC security group", ownerId: ACCOUNT,
        ingress: [{ ...everything, self: true }], egress: [{ ...everything, cidrBlocks: ["0.0.0.0/0"] }] };
    store.put({ cloud: CLOUD, kind: "securityGroup", id, region, props });
}
