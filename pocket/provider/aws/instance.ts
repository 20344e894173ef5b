import type { Resource } from "../../model";
import { contains, lowestFree, parseCidr } from "../cidr";
import type { Context, Difference } from "../kind";
import { hexId } from "../record";
import type { Values } from "../values";
import { freeAddress, publicDns } from "./addresses";
import { imagesOf, instanceType, offered } from "./catalogue";
import { elasticOf } from "./eip";
import { CLOUD, awsKind, list, lookUp } from "./kind";
import { checkInstance, instanceReplaceOn, instanceRules } from "./instanceRules";
import { admitReferences } from "./references";
import { refuse } from "./refuse";
import type { SecurityGroup } from "./securityGroup";
import type { Subnet } from "./subnet";
import { filledVolume } from "./volumes";
import type { Vpc } from "./vpc";

export interface InstanceInputs extends Values {
    ami?: string; instanceType?: string; subnetId?: string; vpcSecurityGroupIds?: string[]; keyName?: string; privateIp?: string;
    associatePublicIpAddress?: boolean; securityGroups?: string[]; userData?: string; userDataBase64?: string; userDataReplaceOnChange?: boolean; disableApiTermination?: boolean;
    rootBlockDevice?: Values; metadataOptions?: Values;
}
export interface Instance extends InstanceInputs {
    subnetId: string; vpcSecurityGroupIds: string[]; privateIp: string; instanceState: string;
    /** The address of the pool that came with the launch, until an elastic one takes its place. */
    launchPublicIp?: string;
}

export const instance = awsKind<InstanceInputs, Instance>({
    token: "aws:ec2/instance:Instance",
    kind: "instance",
    prefix: "i",
    replaceOn: instanceReplaceOn,
    rules: instanceRules,
    atLeastOneOf: [["ami", "launchTemplate"], ["instanceType", "launchTemplate"]],
    updates: true,
    settles: true,
    check: checkInstance,
    diff: (_olds, news, found) => found.map((d) => ({ ...d, replace: d.replace || isOtherVolume(d) || (news.userDataReplaceOnChange === true && isUserData(d)) })),
    admit: admitInstance,
    compute(id, inputs, context, before) {
        const subnet = context.store.get<Subnet>(CLOUD, inputs.subnetId ?? "")!;
        const privateIp = before?.privateIp ?? inputs.privateIp ?? freePrivateIp(subnet, context);
        const wantsPublic = inputs.associatePublicIpAddress ?? subnet.props.mapPublicIpOnLaunch ?? false;
        const launchPublicIp = before ? before.launchPublicIp : wantsPublic ? freeAddress(context.store, "RunInstances", "associatePublicIpAddress") : undefined;
        const vpc = context.store.get<Vpc>(CLOUD, subnet.props.vpcId)!;
        return {
            sourceDestCheck: true, monitoring: false, disableApiStop: false, disableApiTermination: false, tenancy: "default", ebsOptimized: false,
            instanceInitiatedShutdownBehavior: "stop", userDataReplaceOnChange: false,
            ...inputs,
            vpcSecurityGroupIds: inputs.vpcSecurityGroupIds ?? [vpc.props.defaultSecurityGroupId],
            subnetId: subnet.id,
            availabilityZone: subnet.props.availabilityZone,
            associatePublicIpAddress: wantsPublic,
            metadataOptions: {
                httpEndpoint: "enabled", httpProtocolIpv6: "disabled", httpTokens: "required", httpPutResponseHopLimit: 2, instanceMetadataTags: "disabled",
                ...inputs.metadataOptions,
            },
            rootBlockDevice: {
                deleteOnTermination: true, encrypted: false, deviceName: "/dev/sda1", ...filledVolume(inputs.rootBlockDevice ?? {}, before?.rootBlockDevice),
                volumeId: (before?.rootBlockDevice?.volumeId as string | undefined) ?? hexId("vol-", 17),
            },
            privateIp,
            privateDns: `ip-${privateIp.replaceAll(".", "-")}.ec2.internal`,
            primaryNetworkInterfaceId: before?.primaryNetworkInterfaceId ?? hexId("eni-", 17),
            instanceState: before?.instanceState ?? "running",
            launchPublicIp,
        };
    },
    derive({ id, props }, store) {
        const publicIp = elasticOf(store, id) ?? props.launchPublicIp ?? "";
        return { publicIp, publicDns: publicDns(publicIp) };
    },
    release({ id, props }) {
        if (!props.disableApiTermination) return;
        throw refuse("TerminateInstances", "OperationNotPermitted", `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`);
    },
    takesAlong: ({ id }, store) => list<{ instanceId?: string }>(store, "eipAssociation", (a) => a.instanceId === id),
    alive: (state) => state.instanceState !== "terminated",
});

function admitInstance(inputs: InstanceInputs, context: Context, self?: Resource<Instance>): void {
    const refused = (code: string, message: string, property: string): Error => refuse("RunInstances", code, message, property);
    admitDisk(inputs, self);
    if (!self) admitReferences(inputs, "RunInstances");
    if (!inputs.ami || !imagesOf(context.region).some((image) => image.id === inputs.ami)) {
        throw refused("InvalidAMIID.NotFound", `The image id '[${inputs.ami}]' does not exist`, "ami");
    }
    if (!inputs.subnetId) throw refused("MissingInput", "No subnets found for the default VPC. Please specify a subnet.", "subnetId");
    const subnet = lookUp<Subnet>(context, "subnet", inputs.subnetId, "RunInstances", "subnetId");
    if (!self && inputs.availabilityZone && inputs.availabilityZone !== subnet.props.availabilityZone) {
        throw refused("InvalidParameterValue", `The subnet '${subnet.id}' is in ${subnet.props.availabilityZone}, not in ${String(inputs.availabilityZone)}`, "availabilityZone");
    }
    if (!inputs.instanceType || !instanceType(inputs.instanceType)) {
        throw refused("InvalidParameterValue", `Invalid value '${inputs.instanceType}' for InstanceType.`, "instanceType");
    }
    if (!offered(inputs.instanceType, subnet.props.availabilityZone)) {
        throw refused("Unsupported", `Your requested instance type (${inputs.instanceType}) is not supported in your requested Availability Zone (${subnet.props.availabilityZone}).`, "instanceType");
    }
    if (inputs.securityGroups?.length && !self) {
        throw refused("InvalidParameterCombination", "The parameter groupName cannot be used with the parameter subnet", "securityGroups");
    }
    if (new Set(inputs.vpcSecurityGroupIds).size > GROUPS_PER_INTERFACE) {
        throw refused("SecurityGroupsPerInterfaceLimitExceeded", `The maximum number of security groups per interface has been reached (${GROUPS_PER_INTERFACE}).`, "vpcSecurityGroupIds");
    }
    for (const id of inputs.vpcSecurityGroupIds ?? []) {
        const group = lookUp<SecurityGroup>(context, "securityGroup", id, "RunInstances", "vpcSecurityGroupIds");
        if (group.props.vpcId === subnet.props.vpcId) continue;
        throw refused("InvalidParameter", `Security group ${id} and subnet ${subnet.id} belong to different networks.`, "vpcSecurityGroupIds");
    }
    if (inputs.keyName && context.store.get(CLOUD, inputs.keyName)?.kind !== "keyPair") {
        throw refused("InvalidKeyPair.NotFound", `The key pair '${inputs.keyName}' does not exist`, "keyName");
    }
    if (!inputs.privateIp) return;
    const wanted = parseCidr(`${inputs.privateIp}/32`);
    const network = parseCidr(subnet.props.cidrBlock)!;
    if (!wanted || !contains(network, wanted) || wanted.first < network.first + RESERVED || wanted.first === network.last) {
        throw refused("InvalidParameterValue", `Address ${inputs.privateIp} does not fall within the subnet's usable address range`, "privateIp");
    }
    if (privateIps(context, subnet.id, self?.id).includes(inputs.privateIp)) {
        throw refused("InvalidIPAddress.InUse", `Address ${inputs.privateIp} is in use.`, "privateIp");
    }
}

/** ModifyVolume only grows a disk (EC2 API reference: "the target volume size must be greater than or equal to the existing size"). */
function admitDisk({ rootBlockDevice }: InstanceInputs, self?: Resource<Instance>): void {
    const [size, had] = [rootBlockDevice?.volumeSize, self?.props.rootBlockDevice?.volumeSize];
    if (typeof size !== "number" || typeof had !== "number" || size >= had) return;
    throw refuse("ModifyVolume", "InvalidParameterValue", `New size cannot be smaller than existing size (${had} GiB)`, "rootBlockDevice.volumeSize");
}

/** VPC guide, "Amazon VPC quotas". */
const GROUPS_PER_INTERFACE = 5;

/** The network's own address, the router, DNS and one for later: AWS keeps the first four of every subnet. */
const RESERVED = 4;

function freePrivateIp(subnet: Resource<Subnet>, context: Context): string {
    const free = lowestFree(subnet.props.cidrBlock, privateIps(context, subnet.id));
    if (!free) throw refuse("RunInstances", "InsufficientFreeAddressesInSubnet", `There are not enough free addresses in subnet '${subnet.id}'`, "subnetId");
    return free;
}

function privateIps({ store }: Context, subnetId: string, except?: string): string[] {
    return list<Instance>(store, "instance", (i) => i.subnetId === subnetId).filter((i) => i.id !== except).map((i) => i.props.privateIp);
}

/** Another volume beside the root needs another machine; other tags of one do not. */
function isOtherVolume({ path }: Difference): boolean {
    return path.startsWith("ebsBlockDevices") && !/^ebsBlockDevices\[\d+\]\.tags/.test(path);
}

function isUserData({ path }: Difference): boolean {
    return path === "userData" || path === "userDataBase64";
}
