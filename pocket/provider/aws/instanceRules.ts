import type { CheckContext, Failure } from "../kind";
import type { Rules } from "../rules";
import { at } from "../values";
import { address4 } from "./cidrRules";
import type { InstanceInputs } from "./instance";
import { failure } from "./refuse";
import { checkVolumes, volumeTypes } from "./volumes";

/** EC2 takes 16 KB of user-data, counted before base64. */
const MAX_USER_DATA = 16_384;
const SWITCH = { oneOf: ["enabled", "disabled"] };
/** What an interface that is given brings with it. */
const OF_AN_INTERFACE = ["associatePublicIpAddress", "subnetId", "privateIp", "secondaryPrivateIps", "vpcSecurityGroupIds", "securityGroups", "ipv6Addresses", "ipv6AddressCount"];

/** terraform-provider-aws, internal/service/ec2/ec2_instance.go; the choices are the enumerations of the EC2 API. */
export const instanceRules: Rules = {
    "capacityReservationSpecification.capacityReservationPreference": {
        oneOf: ["capacity-reservations-only", "open", "none"], conflictsWith: ["capacityReservationSpecification.capacityReservationTarget"],
    },
    "capacityReservationSpecification.capacityReservationTarget.capacityReservationId": {
        conflictsWith: ["capacityReservationSpecification.capacityReservationTarget.capacityReservationResourceGroupArn"],
    },
    "cpuOptions.amdSevSnp": SWITCH,
    "cpuOptions.nestedVirtualization": SWITCH,
    "creditSpecification.cpuCredits": { oneOf: ["standard", "unlimited"] },
    ebsBlockDevices: { set: true },
    "ebsBlockDevices[*].deleteOnTermination": { default: true },
    "ebsBlockDevices[*].tags": { conflictsWith: ["volumeTags"] },
    "ebsBlockDevices[*].volumeType": { oneOf: volumeTypes },
    ephemeralBlockDevices: { set: true },
    forceDestroy: { default: false },
    getPasswordData: { default: false },
    hostResourceGroupArn: { conflictsWith: ["placementGroup"] },
    instanceInitiatedShutdownBehavior: { oneOf: ["stop", "terminate"] },
    "instanceMarketOptions.marketType": { oneOf: ["spot", "capacity-block", "interruptible-capacity-reservation", "on-demand"] },
    "instanceMarketOptions.spotOptions.instanceInterruptionBehavior": { oneOf: ["hibernate", "stop", "terminate"] },
    "instanceMarketOptions.spotOptions.spotInstanceType": { oneOf: ["one-time", "persistent"] },
    ipv6AddressCount: { conflictsWith: ["ipv6Addresses"] },
    "launchTemplate.id": { conflictsWith: ["launchTemplate.name"] },
    "launchTemplate.version": { default: "$Default", length: [1, 255] },
    "maintenanceOptions.autoRecovery": { oneOf: ["disabled", "default"] },
    "metadataOptions.httpEndpoint": { ...SWITCH, default: "enabled" },
    "metadataOptions.httpProtocolIpv6": { ...SWITCH, default: "disabled" },
    "metadataOptions.httpPutResponseHopLimit": { range: [1, 64], whole: true },
    "metadataOptions.httpTokens": { oneOf: ["optional", "required"] },
    "metadataOptions.instanceMetadataTags": SWITCH,
    networkInterfaces: { set: true, conflictsWith: [...OF_AN_INTERFACE, "sourceDestCheck"] },
    "networkInterfaces[*].deleteOnTermination": { default: false },
    "networkInterfaces[*].networkCardIndex": { default: 0 },
    placementGroup: { conflictsWith: ["placementGroupId"] },
    primaryNetworkInterface: { conflictsWith: [...OF_AN_INTERFACE, "networkInterfaces"] },
    "privateDnsNameOptions.hostnameType": { oneOf: ["ip-name", "resource-name"] },
    privateIp: address4,
    "rootBlockDevice.deleteOnTermination": { default: true },
    "rootBlockDevice.tags": { conflictsWith: ["volumeTags"] },
    "rootBlockDevice.volumeType": { oneOf: volumeTypes },
    secondaryPrivateIps: { set: true },
    "secondaryPrivateIps[*]": address4,
    securityGroups: { set: true, conflictsWith: ["vpcSecurityGroupIds"] },
    sourceDestCheck: { default: true },
    tenancy: { oneOf: ["default", "dedicated", "host"] },
    userDataBase64: { conflictsWith: ["userData"] },
    userDataReplaceOnChange: { default: false },
    vpcSecurityGroupIds: { set: true },
};

/** Everything that is ForceNew there. */
export const instanceReplaceOn = [
    "ami", "associatePublicIpAddress", "availabilityZone", "cpuOptions", "ebsOptimized", "enclaveOptions.enabled", "ephemeralBlockDevices", "hibernation",
    "hostId", "instanceMarketOptions", "ipv6AddressCount", "ipv6Addresses", "keyName", "launchTemplate.id", "launchTemplate.name", "networkInterfaces",
    "placementGroup", "placementGroupId", "placementPartitionNumber", "primaryNetworkInterface", "privateDnsNameOptions", "privateIp",
    "rootBlockDevice.encrypted", "rootBlockDevice.kmsKeyId", "secondaryNetworkInterfaces", "securityGroups", "subnetId", "tenancy",
];

/** What no rule says. */
export function checkInstance(inputs: Partial<InstanceInputs>, { unknown }: Pick<CheckContext, "unknown">): Failure[] {
    return [...userData(inputs), ...checkVolumes(inputs, unknown), ...together(inputs)];
}

/** EC2 API reference, RunInstances: what is right by itself and wrong together. */
function together(inputs: Partial<InstanceInputs>): Failure[] {
    const failures: Failure[] = [];
    const refuse = (path: string, message: string): number => failures.push(failure(path, "InvalidParameterCombination", message));
    const spot = "instanceMarketOptions.spotOptions";
    const lasting = at(inputs, `${spot}.spotInstanceType`) === "persistent" && !["hibernate", "stop"].includes(String(at(inputs, `${spot}.instanceInterruptionBehavior`)));
    if (lasting) refuse(`${spot}.instanceInterruptionBehavior`, "A persistent Spot Instance request needs the interruption behavior hibernate or stop");
    if (inputs.hibernation === true && at(inputs, "enclaveOptions.enabled") === true) refuse("hibernation", "Hibernation cannot be enabled beside Nitro Enclaves");
    const hosted = inputs.instanceType?.startsWith("t3.") && inputs.tenancy === "host";
    if (hosted && at(inputs, "creditSpecification.cpuCredits") === "unlimited") refuse("creditSpecification.cpuCredits", "T3 instances with host tenancy take standard alone");
    return failures;
}

function userData({ userData, userDataBase64 }: Partial<InstanceInputs>): Failure[] {
    if (userDataBase64 === undefined) return limited("userData", Buffer.byteLength(userData ?? ""));
    const decoded = Buffer.from(userDataBase64, "base64");
    if (decoded.toString("base64") !== userDataBase64.replace(/\s/g, "")) {
        return [failure("userDataBase64", "InvalidParameterValue", 'expected "userDataBase64" to be a base64-encoded value')];
    }
    return limited("userDataBase64", decoded.length);
}

function limited(property: string, bytes: number): Failure[] {
    return bytes <= MAX_USER_DATA ? [] : [failure(property, "InvalidParameterValue", `User data is limited to ${MAX_USER_DATA} bytes; this is ${bytes}`)];
}
