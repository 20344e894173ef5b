import { contains, isNetwork, overlaps, parseCidr } from "../cidr";
import type { Values } from "../values";
import { ACCOUNT, zonesOf } from "./catalogue";
import { awsKind, list, lookUp } from "./kind";
import { failure, refuse } from "./refuse";
import type { Vpc } from "./vpc";

export interface SubnetInputs extends Values { vpcId: string; cidrBlock?: string; availabilityZone?: string; availabilityZoneId?: string; mapPublicIpOnLaunch?: boolean }
export interface Subnet extends SubnetInputs { cidrBlock: string; availabilityZone: string }

const LARGEST = 16;
const SMALLEST = 28;

export const subnet = awsKind<SubnetInputs, Subnet>({
    token: "aws:ec2/subnet:Subnet",
    kind: "subnet",
    prefix: "subnet",
    replaceOn: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native"],
    updates: true,
    settles: true,
    check({ cidrBlock, availabilityZone, availabilityZoneId }, { region }) {
        const failures = [];
        if (availabilityZone !== undefined && availabilityZoneId !== undefined) {
            failures.push(failure("availabilityZone", "InvalidParameterCombination", '"availabilityZone" conflicts with "availabilityZoneId"'));
        }
        const zones = { availabilityZone: zonesOf(region).map((z) => z.name), availabilityZoneId: zonesOf(region).map((z) => z.id) };
        for (const [name, value] of Object.entries({ availabilityZone, availabilityZoneId })) {
            const there = zones[name as keyof typeof zones];
            if (value === undefined || there.includes(value)) continue;
            failures.push(failure(name, "InvalidParameterValue", `Value (${value}) for parameter ${name} is invalid. `
                + `Subnets can currently only be created in the following availability zones: ${there.join(", ")}.`));
        }
        if (cidrBlock === undefined) return failures;
        const cidr = parseCidr(cidrBlock);
        if (!cidr || !isNetwork(cidrBlock)) {
            failures.push(failure("cidrBlock", "InvalidParameterValue", `"${cidrBlock}" is not a valid IPv4 CIDR block: a network address such as 10.0.1.0/24 is wanted`));
        } else if (cidr.bits < LARGEST || cidr.bits > SMALLEST) {
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
        const other = list<Subnet>(context.store, "subnet", (s) => s.vpcId === inputs.vpcId).find((s) => s.id !== self?.id && overlaps(parseCidr(s.props.cidrBlock)!, cidr));
        if (!other) return;
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
