import type { CheckContext, Failure } from "../kind";
import { zonesOf } from "./catalogue";
import type { InstanceInputs } from "./instance";
import { failure } from "./refuse";

/** Of the base64 text, not of what it stands for. */
const MAX_ENCODED_USER_DATA = 16_384;

const CHOICES: { [name: string]: string[] } = {
    instanceChargeType: ["POSTPAID_BY_HOUR", "PREPAID", "SPOTPAID", "CDHPAID", "CDCPAID"],
    internetChargeType: ["BANDWIDTH_PREPAID", "TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_POSTPAID_BY_HOUR", "BANDWIDTH_PACKAGE"],
    systemDiskType: ["CLOUD_PREMIUM", "CLOUD_SSD", "CLOUD_BSSD", "CLOUD_HSSD", "CLOUD_TSSD", "CLOUD_BASIC", "LOCAL_BASIC", "LOCAL_SSD"],
};

export function checkInstance(inputs: Partial<InstanceInputs>, { region, unknown }: Pick<CheckContext, "region" | "unknown">): Failure[] {
    const failures = [...names(inputs), ...userData(inputs)];
    for (const [name, allowed] of Object.entries(CHOICES)) {
        const value = inputs[name];
        if (value !== undefined && !allowed.includes(String(value))) failures.push(failure(name, "InvalidParameterValue", `"${String(value)}" must be one of ${allowed.join(", ")}`));
    }
    const { availabilityZone, instanceType } = inputs;
    if (availabilityZone !== undefined && !zonesOf(region).some((z) => z.name === availabilityZone)) {
        failures.push(failure("availabilityZone", "InvalidZone.MismatchRegion", `"${availabilityZone}" is no zone of ${region}: ${zonesOf(region).map((z) => z.name).join(", ")}`));
    }
    if (instanceType !== undefined && !instanceType.includes(".")) {
        failures.push(failure("instanceType", "InvalidInstanceType.Malformed", `"${instanceType}" must look like S5.MEDIUM4`));
    }
    if (inputs.allocatePublicIp === true && !unknown("internetMaxBandwidthOut") && !(inputs.internetMaxBandwidthOut && inputs.internetMaxBandwidthOut > 0)) {
        failures.push(failure("internetMaxBandwidthOut", "InvalidParameterCombination", "a public address is given only with a bandwidth above 0"));
    }
    return failures;
}

function names({ instanceName, hostname }: Partial<InstanceInputs>): Failure[] {
    const failures: Failure[] = [];
    if (instanceName !== undefined && (instanceName.length < 2 || instanceName.length > 128)) {
        failures.push(failure("instanceName", "InvalidInstanceName.TooLong", `expected 2 to 128 characters, got ${instanceName.length}`));
    }
    const wellFormed = hostname === undefined || (/^[a-zA-Z0-9.-]{2,60}$/.test(hostname) && !/^[.-]|[.-]$|[.-]{2}/.test(hostname));
    if (!wellFormed) {
        failures.push(failure("hostname", "InvalidHostName.Malformed", `"${hostname}" must have 2 to 60 letters, digits, hyphens and dots, none of the latter first, last or side by side`));
    }
    return failures;
}

function userData({ userData: encoded, userDataRaw: raw }: Partial<InstanceInputs>): Failure[] {
    if (encoded !== undefined && raw !== undefined) return [failure("userDataRaw", "InvalidParameterCombination", '"userDataRaw" conflicts with "userData"')];
    const [name, base64] = raw === undefined ? ["userData", encoded] : ["userDataRaw", Buffer.from(raw).toString("base64")];
    if (base64 === undefined) return [];
    if (Buffer.from(base64, "base64").toString("base64") !== base64) {
        return [failure(name, "InvalidParameterValue.InvalidUserDataFormat", `"${name}" must be base64`)];
    }
    if (base64.length <= MAX_ENCODED_USER_DATA) return [];
    return [failure(name, "InvalidParameterValue.InvalidUserDataFormat", `user data is limited to ${MAX_ENCODED_USER_DATA} bytes after base64 (about 12 KB before); this is ${base64.length}`)];
}
