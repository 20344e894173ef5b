import { isNetwork } from "../cidr";
import type { Context } from "../kind";
import { hexId } from "../record";
import type { Values } from "../values";
import { ACCOUNT } from "./catalogue";
import { IPV6_MASKS, LARGEST, SMALLEST, network4, network6, sized } from "./cidrRules";
import { CLOUD, awsKind, list } from "./kind";
import { failure, refuse } from "./refuse";

export interface VpcInputs extends Values { cidrBlock?: string; enableDnsSupport?: boolean; enableDnsHostnames?: boolean; instanceTenancy?: string }
export interface Vpc extends VpcInputs { cidrBlock: string; defaultSecurityGroupId: string; mainRouteTableId: string; internetGatewayId?: string }

/** VPCs that an account has in a region unless the quota is raised (VPC guide, "Amazon VPC quotas"). */
const QUOTA = 5;

export const vpc = awsKind<VpcInputs, Vpc>({
    token: "aws:ec2/vpc:Vpc",
    kind: "vpc",
    prefix: "vpc",
    replaceOn: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    updates: true,
    // terraform-provider-aws, internal/service/ec2/vpc_.go.
    rules: {
        cidrBlock: network4,
        enableDnsSupport: { default: true },
        instanceTenancy: { default: "default", oneOf: ["default", "dedicated"] },
        ipv4NetmaskLength: { range: [LARGEST, SMALLEST], whole: true, conflictsWith: ["cidrBlock"], requiredWith: ["ipv4IpamPoolId"] },
        ipv6CidrBlock: { ...network6, conflictsWith: ["ipv6NetmaskLength", "assignGeneratedIpv6CidrBlock"], requiredWith: ["ipv6IpamPoolId"] },
        ipv6CidrBlockNetworkBorderGroup: { requiredWith: ["assignGeneratedIpv6CidrBlock"] },
        ipv6IpamPoolId: { conflictsWith: ["assignGeneratedIpv6CidrBlock"] },
        ipv6NetmaskLength: { oneOf: IPV6_MASKS, requiredWith: ["ipv6IpamPoolId"] },
    },
    check({ cidrBlock, enableDnsHostnames, enableDnsSupport }) {
        const failures = cidrBlock === undefined || !isNetwork(cidrBlock) || sized(cidrBlock) ? []
            : [failure("cidrBlock", "InvalidVpc.Range", `The CIDR '${cidrBlock}' is invalid: the size must be between /${LARGEST} and /${SMALLEST}`)];
        // EC2 API reference, ModifyVpcAttribute.
        if (enableDnsHostnames && enableDnsSupport === false) failures.push(failure("enableDnsHostnames", "InvalidParameterValue", "DNS hostnames can only be enabled where DNS support is"));
        return failures;
    },
    // ModifyVpcTenancy knows one way only (vpc_.go, resourceVPCCustomizeDiff).
    diff: (olds, news, found) => found.map((d) => ({ ...d, replace: d.replace || (d.path === "instanceTenancy" && !(olds.instanceTenancy === "dedicated" && (news.instanceTenancy ?? "default") === "default")) })),
    admit(inputs, { store, region }, self) {
        if (!inputs.cidrBlock) throw refuse("CreateVpc", "MissingParameter", "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.", "cidrBlock");
        if (self || list(store, "vpc").filter((r) => r.region === region).length < QUOTA) return;
        throw refuse("CreateVpc", "VpcLimitExceeded", "The maximum number of VPCs has been reached.");
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
