import { randomUUID } from "node:crypto";
import type { Resource } from "../../model";
import { contains, lowestFree, parseCidr } from "../cidr";
import type { Context } from "../kind";
import type { Values } from "../values";
import { freeAddress } from "./addresses";
import { images, instanceType, zonesOf } from "./catalogue";
import { groupsOf, keysOf } from "./deprecated";
import { fixedOf } from "./eip";
import { admitExtras } from "./extras";
import { REPLACED, checkInstance, diffInstance, instanceRules } from "./instanceRules";
import { CLOUD, list, lookUp, now, tencentKind } from "./kind";
import { refuse } from "./refuse";
import type { Subnet } from "./subnet";

export interface InstanceInputs extends Values {
    availabilityZone?: string; imageId?: string; instanceType?: string; instanceName?: string; hostname?: string; vpcId?: string; subnetId?: string;
    privateIp?: string; orderlySecurityGroups?: string[]; keyIds?: string[]; allocatePublicIp?: boolean; internetMaxBandwidthOut?: number;
    userData?: string; userDataRaw?: string; userDataReplaceOnChange?: boolean; disableApiTermination?: boolean; runningFlag?: boolean; securityGroups?: string[]; keyName?: string;
    systemDiskSize?: number; instanceChargeType?: string; internetChargeType?: string;
}
export interface Instance extends InstanceInputs {
    subnetId: string; privateIp: string; instanceStatus: string; orderlySecurityGroups: string[];
    /** In a record: the ordinary address that came with the launch. A look at the machine shows a fixed one that is bound instead. */
    publicIp: string;
}

export const instance = tencentKind<InstanceInputs, Instance>({
    token: "instance:Instance",
    kind: "instance",
    prefix: "ins",
    notFound: "InvalidInstanceId.NotFound",
    replaceOn: REPLACED,
    recomputes: { cpu: ["instanceType"], memory: ["instanceType"], osName: ["imageId"] },
    updates: true,
    settles: true,
    rules: instanceRules,
    atLeastOneOf: [["imageId", "launchTemplateId"], ["availabilityZone", "launchTemplateId"]],
    check: checkInstance,
    diff: diffInstance,
    admit: admitInstance,
    compute(id, inputs, context, before) {
        const size = instanceType(inputs.instanceType ?? "");
        const subnet = context.store.get<Subnet>(CLOUD, inputs.subnetId ?? "")!;
        const [groups, keys] = [groupsOf(inputs, before), keysOf(inputs, before)];
        const privateIp = inputs.privateIp || freePrivateIp(subnet, context);
        return {
            projectId: 0, instanceName: "Terraform-CVM-Instance", instanceChargeType: "POSTPAID_BY_HOUR", systemDiskType: "CLOUD_PREMIUM", systemDiskSize: 50,
            allocatePublicIp: false, internetMaxBandwidthOut: 0, runningFlag: true, disableApiTermination: false, hostname: `VM-${privateIp.split(".").slice(2).join("-")}-ubuntu`,
            ...inputs,
            subnetId: subnet.id,
            vpcId: subnet.props.vpcId,
            securityGroups: groups, orderlySecurityGroups: groups,
            keyIds: keys, keyName: keys[0] ?? "",
            privateIp,
            publicIp: inputs.allocatePublicIp ? (before?.publicIp || freeAddress(context.store, "allocatePublicIp")) : "",
            instanceStatus: inputs.runningFlag === false ? "STOPPED" : "RUNNING",
            cpu: size?.cpus ?? 0, memory: size?.memoryGiB ?? 0,
            osName: images.find((image) => image.imageId === inputs.imageId)?.osName ?? "",
            uuid: before?.uuid ?? randomUUID(), createTime: before?.createTime ?? now(), expiredTime: "",
        };
    },
    derive: ({ id, props }, store) => ({ publicIp: fixedOf(store, id) ?? props.publicIp }),
    release({ id, props }) {
        if (props.disableApiTermination) throw refuse("UnsupportedOperation.InstancesProtected", `The instance \`${id}\` is protected against termination.`, "disableApiTermination");
    },
    alive: (state) => state.instanceStatus !== "TERMINATED",
});

function admitInstance(inputs: InstanceInputs, context: Context, self?: Resource<Instance>): void {
    if (!inputs.imageId || !/^img-[a-z0-9]{8}$/.test(inputs.imageId)) throw refuse("InvalidImageId.Malformed", `The image id \`${inputs.imageId}\` is malformed.`, "imageId");
    if (!images.some((image) => image.imageId === inputs.imageId)) throw refuse("InvalidImageId.NotFound", `The image \`${inputs.imageId}\` does not exist.`, "imageId");
    if (!inputs.instanceType || !instanceType(inputs.instanceType)) {
        throw refuse("InvalidParameterValue.InstanceTypeNotFound", `The instance type \`${inputs.instanceType}\` does not exist.`, "instanceType");
    }
    const zone = zonesOf(context.region).find((z) => z.name === inputs.availabilityZone);
    if (!zone) throw refuse("InvalidZone.MismatchRegion", `The zone \`${inputs.availabilityZone}\` is not in ${context.region}.`, "availabilityZone");
    if (zone.soldOut) throw refuse("ResourcesSoldOut.SpecifiedInstanceType", `${inputs.instanceType} is sold out in ${zone.name}.`, "availabilityZone");
    admitExtras(inputs);
    if (!inputs.subnetId) throw refuse("MissingParameter", "the pocket cloud has no default VPC: give a subnet", "subnetId");
    const subnet = lookUp<Subnet>(context, "subnet", inputs.subnetId, "InvalidParameterValue.SubnetNotExist", "subnetId");
    if (inputs.vpcId && subnet.props.vpcId !== inputs.vpcId) {
        throw refuse("InvalidParameterValue.VpcIdSubnetIdNotMatch", `The subnet \`${subnet.id}\` is not in the VPC \`${inputs.vpcId}\`.`, "subnetId");
    }
    if (subnet.props.availabilityZone !== zone.name) {
        throw refuse("InvalidParameterValue.SubnetIdZoneIdNotMatch", `The subnet \`${subnet.id}\` is in ${subnet.props.availabilityZone}, not in ${zone.name}.`, "availabilityZone");
    }
    for (const id of groupsOf(inputs, self?.props)) lookUp(context, "securityGroup", id, "InvalidSecurityGroupId.NotFound", "orderlySecurityGroups");
    for (const id of keysOf(inputs, self?.props)) lookUp(context, "keyPair", id, "InvalidParameterValue.KeyPairNotFound", "keyIds");
    admitPrivateIp(inputs.privateIp, subnet, context, self?.id);
    if (self) admitUpdate(inputs, self.props);
}

/** What the provider or the API refuses of a change (resource_tc_instance.go, Update). */
function admitUpdate({ systemDiskSize, internetChargeType, internetMaxBandwidthOut }: InstanceInputs, before: Instance): void {
    if (systemDiskSize !== undefined && systemDiskSize < (before.systemDiskSize ?? 0)) {
        throw refuse("InvalidParameterValue", `an error occurred when modifying system_disk, reason: ResizeInstanceDisks makes a system disk larger, never smaller: ${before.systemDiskSize} to ${systemDiskSize} GB.`, "systemDiskSize");
    }
    if (internetMaxBandwidthOut !== before.internetMaxBandwidthOut && internetChargeType !== undefined && !ADJUSTABLE.includes(internetChargeType)) {
        throw refuse("InvalidParameterValue", `charge type should be one of \`${ADJUSTABLE.join(" ")}\` when adjusting internet_max_bandwidth_out`, "internetMaxBandwidthOut");
    }
}

const ADJUSTABLE = ["TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_POSTPAID_BY_HOUR", "BANDWIDTH_PACKAGE"];

/** The network's own address and the router: Tencent keeps the first two and the last of every subnet. */
const RESERVED = 2;

function admitPrivateIp(privateIp: string | undefined, subnet: Resource<Subnet>, context: Context, self?: string): void {
    if (!privateIp) return;
    const wanted = parseCidr(`${privateIp}/32`);
    const network = parseCidr(subnet.props.cidrBlock)!;
    if (!wanted || !contains(network, wanted) || wanted.first < network.first + RESERVED || wanted.first === network.last) {
        throw refuse("InvalidParameterValue.IPAddressMalformed", `The address \`${privateIp}\` is not usable in ${subnet.props.cidrBlock}.`, "privateIp");
    }
    if (privateIps(context, subnet.id, self).includes(privateIp)) throw refuse("InvalidParameterValue.IPv4AddressInUse", `The address \`${privateIp}\` is in use.`, "privateIp");
}

function freePrivateIp(subnet: Resource<Subnet>, context: Context): string {
    const free = lowestFree(subnet.props.cidrBlock, privateIps(context, subnet.id));
    if (!free) throw refuse("ResourceInsufficient.SubnetIp", `No address is left in the subnet \`${subnet.id}\`.`, "subnetId");
    return free;
}

function privateIps({ store }: Context, subnetId: string, except?: string): string[] {
    return list<Instance>(store, "instance", (i) => i.subnetId === subnetId).filter((i) => i.id !== except).map((i) => i.props.privateIp);
}
