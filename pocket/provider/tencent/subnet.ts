import { contains, isNetwork, overlaps, parseCidr } from "../cidr";
import type { Values } from "../values";
import { zonesOf } from "./catalogue";
import { list, lookUp, nameLength, now, tencentKind } from "./kind";
import { failure, refuse } from "./refuse";
import type { Vpc } from "./vpc";

export interface Subnet extends Values { vpcId: string; availabilityZone: string; name: string; cidrBlock: string; routeTableId?: string }

const LARGEST = 16;
const SMALLEST = 28;

export const subnet = tencentKind<Subnet, Subnet>({
    token: "subnet:Subnet",
    kind: "subnet",
    prefix: "subnet",
    replaceOn: ["vpcId", "availabilityZone", "cidrBlock", "cdcId"],
    autoName: { property: "name", maxLength: 60 },
    updates: true,
    settles: true,
    check({ name, cidrBlock, availabilityZone }, { region }) {
        const failures = nameLength("name", name, 60);
        if (availabilityZone !== undefined && !zonesOf(region).some((z) => z.name === availabilityZone)) {
            failures.push(failure("availabilityZone", "InvalidZone.MismatchRegion", `"${availabilityZone}" is no zone of ${region}: ${zonesOf(region).map((z) => z.name).join(", ")}`));
        }
        if (cidrBlock === undefined) return failures;
        const cidr = parseCidr(cidrBlock);
        if (!cidr || !isNetwork(cidrBlock)) failures.push(failure("cidrBlock", "InvalidParameterValue.Malformed", `"${cidrBlock}" is not a network address such as 10.0.1.0/24`));
        else if (cidr.bits < LARGEST || cidr.bits > SMALLEST) failures.push(failure("cidrBlock", "InvalidParameterValue.Range", `the mask of "${cidrBlock}" must be ${LARGEST} to ${SMALLEST}`));
        return failures;
    },
    admit({ vpcId, cidrBlock, routeTableId }, context, self) {
        const vpc = lookUp<Vpc>(context, "vpc", vpcId, "ResourceNotFound", "vpcId");
        if (routeTableId && routeTableId !== vpc.props.defaultRouteTableId) {
            throw refuse("ResourceNotFound", `error,route_table [${routeTableId}]  not found in vpc [${vpcId}]`, "routeTableId");
        }
        const cidr = parseCidr(cidrBlock)!;
        if (!contains(parseCidr(vpc.props.cidrBlock)!, cidr)) {
            throw refuse("InvalidParameterValue.SubnetRange", `The subnet \`${cidrBlock}\` does not lie in the VPC's ${vpc.props.cidrBlock}.`, "cidrBlock");
        }
        const other = list<Subnet>(context.store, "subnet", (s) => s.vpcId === vpcId).find((s) => s.id !== self?.id && overlaps(parseCidr(s.props.cidrBlock)!, cidr));
        if (other) throw refuse("InvalidParameterValue.SubnetConflict", `The subnet \`${cidrBlock}\` overlaps ${other.id} (${other.props.cidrBlock}).`, "cidrBlock");
    },
    compute: (_id, inputs, { store }, before) => ({
        isMulticast: false, isDefault: false, ...inputs,
        routeTableId: inputs.routeTableId || store.get<Vpc>("tencent", inputs.vpcId)?.props.defaultRouteTableId,
        createTime: before?.createTime ?? now(), availableIpCount: 2 ** (32 - (parseCidr(inputs.cidrBlock)?.bits ?? 32)) - 3,
    }),
    release({ id }, { store }) {
        const machines = list<{ subnetId?: string }>(store, "instance", (i) => i.subnetId === id);
        if (machines.length > 0) throw refuse("ResourceInUse", `The subnet \`${id}\` is in use by ${machines.map((m) => m.id).join(", ")}.`);
    },
});
