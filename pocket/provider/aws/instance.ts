import type { Resource } from "../../model";
import { contains, lowestFree, parseCidr } from "../cidr";
import type { Context, Difference } from "../kind";
import { hexId } from "../record";
import type { Values } from "../values";
import { freeAddress, publicDns } from "./addresses";
import { imagesOf, instanceType, offered } from "./catalogue";
import { elasticOf } from "./eip";
import { CLOUD, awsKind, list, lookUp } from "./kind";
import { checkInstance } from "./instanceRules";
import { refuse } from "./refuse";
import type { SecurityGroup } from "./securityGroup";
import type { Subnet } from "./subnet";
import type { Vpc } from "./vpc";

export interface InstanceInputs extends Values {
    ami?: string; instanceType?: string; subnetId?: string; vpcSecurityGroupIds?: string[]; keyName?: string; privateIp?: string;
    associatePublicIpAddress?: boolean; userData?: string; userDataBase64?: string; userDataReplaceOnChange?: boolean; disableApiTermination?: boolean;
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
    replaceOn: [
        "ami", "subnetId", "keyName", "associatePublicIpAddress", "availabilityZone", "privateIp", "securityGroups", "tenancy", "placementGroup",
        "ebsOptimized", "hibernation", "rootBlockDevice.encrypted", "rootBlockDevice.kmsKeyId",
    ],
    updates: true,
    settles: true,
    check: checkInstance,
    diff: (_olds, news, found) => found.map((d) => ({ ...d, replace: d.replace || (news.userDataReplaceOnChange === true && isUserData(d)) })),
    admit: admitInstance,
    compute(id, inputs, context, before) {
        const subnet = context.store.get<Subnet>(CLOUD, inputs.subnetId ?? "")!;
        const privateIp = before?.privateIp ?? inputs.privateIp ?? freePrivateIp(subnet, context);
        const wantsPublic = inputs.associatePublicIpAddress ?? subnet.props.mapPublicIpOnLaunch ?? false;
        const launchPublicIp = before ? before.launchPublicIp : wantsPublic ? freeAddress(context.store, "RunInstances", "associatePublicIpAddress") : undefined;
        const vpc = context.store.get<Vpc>(CLOUD, subnet.props.vpcId)!;
        return {
            sourceDestCheck: true, monitoring: false, disableApiTermination: false, tenancy: "default", ebsOptimized: false, userDataReplaceOnChange: false,
            ...inputs,
            vpcSecurityGroupIds: inputs.vpcSecurityGroupIds ?? [vpc.props.defaultSecurityGroupId],
            subnetId: subnet.id,
            availabilityZone: subnet.props.availabilityZone,
            associatePublicIpAddress: wantsPublic,
            metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 2, instanceMetadataTags: "disabled", ...inputs.metadataOptions },
            rootBlockDevice: {
                volumeType: "gp3", volumeSize: 8, deleteOnTermination: true, encrypted: false, deviceName: "/dev/sda1", ...inputs.rootBlockDevice,
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
    if (!inputs.ami || !imagesOf(context.region).some((image) => image.id === inputs.ami)) {
        throw refused("InvalidAMIID.NotFound", `The image id '[${inputs.ami}]' does not exist`, "ami");
    }
    if (!inputs.subnetId) throw refused("MissingInput", "No subnets found for the default VPC. Please specify a subnet.", "subnetId");
    const subnet = lookUp<Subnet>(context, "subnet", inputs.subnetId, "RunInstances", "subnetId");
    if (!inputs.instanceType || !instanceType(inputs.instanceType)) {
        throw refused("InvalidParameterValue", `Invalid value '${inputs.instanceType}' for InstanceType.`, "instanceType");
    }
    if (!offered(inputs.instanceType, subnet.props.availabilityZone)) {
        throw refused("Unsupported", `Your requested instance type (${inputs.instanceType}) is not supported in your requested Availability Zone (${subnet.props.availabilityZone}).`, "instanceType");
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

function isUserData({ path }: Difference): boolean {
    return path === "userData" || path === "userDataBase64";
}
