import { isIPv4 } from "node:net";
import type { CheckContext, Difference, Failure } from "../kind";
import type { Rules } from "../rules";
import type { Values } from "../values";
import { zonesOf } from "./catalogue";
import type { InstanceInputs } from "./instance";
import { failure } from "./refuse";

/** Of the base64 text, not of what it stands for. */
const MAX_ENCODED_USER_DATA = 16_384;
/** Security groups of one machine (tencentcloud-sdk-go, cvm/v20170312, errors.go). */
const MAX_GROUPS = 5;

/** ForceNew in resource_tc_instance.go; a disk more or less is in `diffInstance`. */
export const REPLACED = [
    "availabilityZone", "dedicatedClusterId", "dedicatedResourcePackTenancy", "dedicatedResourcePackIds", "spotMaxPrice", "cdhHostId", "allocatePublicIp",
    "ipv4AddressType", "ipv6AddressType", "ipv6AddressCount", "antiDdosPackageId", "systemDiskEncrypt", "systemDiskKmsKeyId", "hpcClusterId", "cpuTopology",
    "launchTemplateId", "launchTemplateVersion",
    ...["dataDiskType", "dataDiskSnapshotId", "deleteWithInstance", "deleteWithInstancePrepaid", "kmsKeyId", "encrypt", "throughputPerformance"].map((name) => `dataDisks[*].${name}`),
];

export function diffInstance(_olds: Values, news: Values, found: Difference[]): Difference[] {
    const replaces = (path: string): boolean => /^dataDisks(\[\d+\])?$/.test(path) || (news.userDataReplaceOnChange === true && /^userData(Raw)?$/.test(path));
    return found.map((d) => ({ ...d, replace: d.replace || replaces(d.path) }));
}

/** resource_tc_instance.go and extension_cvm.go; what the API alone refuses says so by its code. */
export const instanceRules: Rules = {
    allocatePublicIp: { default: false },
    forceDelete: { default: false },
    userDataReplaceOnChange: { default: false },
    instanceChargeType: { oneOf: ["PREPAID", "POSTPAID_BY_HOUR", "SPOTPAID", "CDHPAID", "CDCPAID", "UNDERWRITE"] },
    internetChargeType: { oneOf: ["BANDWIDTH_PREPAID", "BANDWIDTH_POSTPAID_BY_HOUR", "BANDWIDTH_PACKAGE", "TRAFFIC_POSTPAID_BY_HOUR"] },
    stoppedMode: { oneOf: ["KEEP_CHARGING", "STOP_CHARGING"] },
    systemDiskType: { oneOf: ["LOCAL_BASIC", "LOCAL_SSD", "CLOUD_BASIC", "CLOUD_SSD", "CLOUD_PREMIUM", "CLOUD_BSSD", "CLOUD_HSSD", "CLOUD_TSSD"] },
    systemDiskSize: { range: [0, Infinity] },
    internetMaxBandwidthOut: { range: [0, Infinity] },
    instanceName: { length: [2, 128], code: "InvalidInstanceName.TooLong" },
    instanceType: { pattern: /\./, says: "must look like S5.MEDIUM4", code: "InvalidInstanceType.Malformed" },
    keyIds: { set: true, conflictsWith: ["keyName", "password"] },
    keepImageLogin: { conflictsWith: ["keyName", "keyIds", "password"] },
    securityGroups: { set: true, conflictsWith: ["orderlySecurityGroups"], length: [0, MAX_GROUPS] },
    disableSecurityService: { default: false },
    disableMonitorService: { default: false },
    disableAutomationService: { default: false },
    stopType: { oneOf: ["SOFT_FIRST", "HARD", "SOFT"] },
    disasterRecoverGroupIds: { set: true, length: [0, 3] },
    partitionNumber: { range: [1, 30] },
    dedicatedResourcePackIds: { set: true, requiredWith: ["dedicatedResourcePackTenancy"] },
    instanceChargeTypePrepaidPeriod: { oneOf: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24, 36, 48, 60] },
    instanceChargeTypePrepaidRenewFlag: { oneOf: ["NOTIFY_AND_AUTO_RENEW", "NOTIFY_AND_MANUAL_RENEW", "DISABLE_NOTIFY_AND_MANUAL_RENEW"] },
    spotInstanceType: { oneOf: ["ONE-TIME"] },
    spotMaxPrice: { matches: (price) => price.trim() === price && price !== "" && Number.isFinite(Number(price)), says: "is not a number" },
    cdhInstanceType: { pattern: /^CDH_/, says: "must begin with CDH_" },
    ipv4AddressType: { oneOf: ["WanIP", "HighQualityEIP", "AntiDDoSEIP"] },
    ipv6AddressType: { oneOf: ["EIPv6", "HighQualityEIPv6"] },
    "dataDisks[*].deleteWithInstance": { default: true },
    "dataDisks[*].deleteWithInstancePrepaid": { default: false },
    "dataDisks[*].encrypt": { default: false },
    "dataDisks[*].throughputPerformance": { default: 0 },
    orderlySecurityGroups: { length: [0, MAX_GROUPS], code: "LimitExceeded.AssociateUSGLimitExceeded" },
    privateIp: { matches: (ip) => ip === "" || isIPv4(ip), says: "is not an IPv4 address", code: "InvalidParameterValue.IPAddressMalformed" },
    userDataRaw: { conflictsWith: ["userData"] },
};

export function checkInstance(inputs: Partial<InstanceInputs>, { region, unknown }: Pick<CheckContext, "region" | "unknown">): Failure[] {
    const failures = [...names(inputs), ...userData(inputs)];
    const { availabilityZone } = inputs;
    if (availabilityZone !== undefined && !zonesOf(region).some((z) => z.name === availabilityZone)) {
        failures.push(failure("availabilityZone", "InvalidZone.MismatchRegion", `"${availabilityZone}" is no zone of ${region}: ${zonesOf(region).map((z) => z.name).join(", ")}`));
    }
    if (inputs.allocatePublicIp === true && !unknown("internetMaxBandwidthOut") && !(inputs.internetMaxBandwidthOut && inputs.internetMaxBandwidthOut > 0)) {
        failures.push(failure("internetMaxBandwidthOut", "InvalidParameterCombination", "a public address is given only with a bandwidth above 0"));
    }
    return failures;
}

function names({ hostname }: Partial<InstanceInputs>): Failure[] {
    const wellFormed = hostname === undefined || (/^[a-zA-Z0-9.-]{2,60}$/.test(hostname) && !/^[.-]|[.-]$|[.-]{2}/.test(hostname));
    if (wellFormed) return [];
    return [failure("hostname", "InvalidHostName.Malformed", `"${hostname}" must have 2 to 60 letters, digits, hyphens and dots, none of the latter first, last or side by side`)];
}

function userData({ userData: encoded, userDataRaw: raw }: Partial<InstanceInputs>): Failure[] {
    const [name, base64] = raw === undefined ? ["userData", encoded] : ["userDataRaw", Buffer.from(raw).toString("base64")];
    if (base64 === undefined) return [];
    if (Buffer.from(base64, "base64").toString("base64") !== base64) {
        return [failure(name, "InvalidParameterValue.InvalidUserDataFormat", `"${name}" must be base64`)];
    }
    if (base64.length <= MAX_ENCODED_USER_DATA) return [];
    return [failure(name, "InvalidParameterValue.InvalidUserDataFormat", `user data is limited to ${MAX_ENCODED_USER_DATA} bytes after base64 (about 12 KB before); this is ${base64.length}`)];
}
