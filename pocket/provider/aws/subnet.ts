import { contains, isNetwork, overlaps, parseCidr } from "../cidr";
import type { Failure } from "../kind";
import type { Values } from "../values";
import { ACCOUNT, zonesOf } from "./catalogue";
import { IPV6_MASKS, LARGEST, SMALLEST, network4, network6, sized } from "./cidrRules";
import { awsKind, list, lookUp } from "./kind";
import { failure, refuse } from "./refuse";
import type { Vpc } from "./vpc";

export interface SubnetInputs extends Values { vpcId: string; cidrBlock?: string; availabilityZone?: string; availabilityZoneId?: string; mapPublicIpOnLaunch?: boolean }
export interface Subnet extends SubnetInputs { cidrBlock: string; availabilityZone: string }

/** Subnets of one VPC unless the quota is raised (VPC guide, "Amazon VPC quotas"). */
const QUOTA = 200;

export const subnet = awsKind<SubnetInputs, Subnet>({
    token: "aws:ec2/subnet:Subnet",
    kind: "subnet",
    prefix: "subnet",
    replaceOn: [
        "vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native", "ipv4IpamPoolId", "ipv4NetmaskLength", "ipv6IpamPoolId",
        "ipv6NetmaskLength", "outpostArn",
    ],
    updates: true,
    settles: true,
    // terraform-provider-aws, internal/service/ec2/vpc_subnet.go.
    rules: {
        assignIpv6AddressOnCreation: { default: false },
        availabilityZone: { conflictsWith: ["availabilityZoneId"] },
        cidrBlock: network4,
        customerOwnedIpv4Pool: { requiredWith: ["mapCustomerOwnedIpOnLaunch", "outpostArn"] },
        enableDns64: { default: false },
        enableLniAtDeviceIndex: { range: [1, Infinity], whole: true },
        enableResourceNameDnsARecordOnLaunch: { default: false },
        enableResourceNameDnsAaaaRecordOnLaunch: { default: false },
        ipv4IpamPoolId: { conflictsWith: ["customerOwnedIpv4Pool"] },
        ipv4NetmaskLength: { range: [LARGEST, SMALLEST], whole: true, conflictsWith: ["cidrBlock", "customerOwnedIpv4Pool"], requiredWith: ["ipv4IpamPoolId"] },
        ipv6CidrBlock: network6,
        ipv6Native: { default: false },
        ipv6NetmaskLength: { oneOf: IPV6_MASKS, conflictsWith: ["ipv6CidrBlock"], requiredWith: ["ipv6IpamPoolId"] },
        mapCustomerOwnedIpOnLaunch: { requiredWith: ["customerOwnedIpv4Pool", "outpostArn"] },
        mapPublicIpOnLaunch: { default: false },
        outpostArn: { pattern: /^arn:/, says: "is not an ARN" },
        privateDnsHostnameTypeOnLaunch: { oneOf: ["ip-name", "resource-name"] },
    },
    check(inputs, { region, unknown }) {
        const { cidrBlock, availabilityZone, availabilityZoneId } = inputs;
        const failures = ipv6(inputs, unknown);
        const placed = ["availabilityZone", "availabilityZoneId"].some((name) => inputs[name] !== undefined || unknown(name));
        if (inputs.outpostArn !== undefined && !placed) failures.push(failure("outpostArn", "InvalidParameterCombination", "a subnet of an Outpost needs its availabilityZone"));
        const zones = { availabilityZone: zonesOf(region).map((z) => z.name), availabilityZoneId: zonesOf(region).map((z) => z.id) };
        for (const [name, value] of Object.entries({ availabilityZone, availabilityZoneId })) {
            const there = zones[name as keyof typeof zones];
            if (value === undefined || there.includes(value)) continue;
            failures.push(failure(name, "InvalidParameterValue", `Value (${value}) for parameter ${name} is invalid. `
                + `Subnets can currently only be created in the following availability zones: ${there.join(", ")}.`));
        }
        if (cidrBlock !== undefined && isNetwork(cidrBlock) && !sized(cidrBlock)) {
            failures.push(failure("cidrBlock", "InvalidSubnet.Range", `The CIDR '${cidrBlock}' is invalid: the size must be between /${LARGEST} and /${SMALLEST}`));
        }
        return failures;
    },
    admit(inputs, context, self) {
        const vpc = lookUp<Vpc>(context, "vpc", inputs.vpcId, "CreateSubnet", "vpcId");
        const cidr = parseCidr(inputs.cidrBlock ?? "");
        if (!cidr) throw refuse("CreateSubnet", "MissingParameter", "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.", "cidrBlock");
        if (!contains(parseCidr(vpc.props.cidrBlock)!, cidr)) {
            throw refuse("CreateSubnet", "InvalidSubnet.Range", `The CIDR '${inputs.cidrBlock}' is invalid: it does not lie in the VPC's ${vpc.props.cidrBlock}.`, "cidrBlock");
        }
        const others = list<Subnet>(context.store, "subnet", (s) => s.vpcId === inputs.vpcId).filter((s) => s.id !== self?.id);
        const other = others.find((s) => overlaps(parseCidr(s.props.cidrBlock)!, cidr));
        if (!other) {
            if (others.length < QUOTA) return;
            throw refuse("CreateSubnet", "SubnetLimitExceeded", "The maximum number of subnets has been reached.", "vpcId");
        }
        throw refuse("CreateSubnet", "InvalidSubnet.Conflict", `The CIDR '${inputs.cidrBlock}' conflicts with another subnet (${other.id}, ${other.props.cidrBlock})`, "cidrBlock");
    },
    compute(_id, inputs, context) {
        const zones = zonesOf(context.region);
        const zone = zones.find((z) => z.name === inputs.availabilityZone || z.id === inputs.availabilityZoneId) ?? zones[0];
        return {
            mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false, ownerId: ACCOUNT, ...inputs,
            cidrBlock: inputs.cidrBlock ?? "", availabilityZone: zone?.name ?? "", availabilityZoneId: zone?.id ?? "",
        };
    },
    release({ id }, { store }) {
        const machines = list<{ subnetId: string }>(store, "instance", (i) => i.subnetId === id);
        if (machines.length === 0) return;
        throw refuse("DeleteSubnet", "DependencyViolation", `The subnet '${id}' has dependencies and cannot be deleted: ${machines.map((m) => m.id).join(", ")}.`);
    },
    takesAlong: ({ id }, store) => list<{ subnetId?: string }>(store, "routeTableAssociation", (a) => a.subnetId === id),
});

/** EC2 API reference, CreateSubnet and ModifySubnetAttribute. */
function ipv6(inputs: Partial<SubnetInputs>, unknown: (property: string) => boolean): Failure[] {
    const has = ["ipv6CidrBlock", "ipv6IpamPoolId"].some((name) => inputs[name] !== undefined || unknown(name));
    const failures = has ? [] : ["assignIpv6AddressOnCreation", "ipv6Native"].filter((name) => inputs[name] === true)
        .map((name) => failure(name, "InvalidParameterValue", `"${name}" needs an IPv6 range of the subnet's own`));
    if (inputs.ipv6Native === true && inputs.cidrBlock !== undefined) failures.push(failure("cidrBlock", "InvalidParameterCombination", "an IPv6 only subnet has no IPv4 range"));
    if (inputs.ipv6Native === true && inputs.privateDnsHostnameTypeOnLaunch === "ip-name") {
        failures.push(failure("privateDnsHostnameTypeOnLaunch", "InvalidParameterCombination", "in an IPv6 only subnet a hostname is of the type resource-name"));
    }
    return failures;
}
