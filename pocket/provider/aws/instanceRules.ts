import type { CheckContext, Failure } from "../kind";
import { at } from "../values";
import type { InstanceInputs } from "./instance";
import { failure } from "./refuse";

/** EC2 takes 16 KB of user-data, counted before base64. */
const MAX_USER_DATA = 16_384;

const CHOICES: Record<string, string[]> = {
    "metadataOptions.httpEndpoint": ["enabled", "disabled"],
    "metadataOptions.httpTokens": ["optional", "required"],
    "metadataOptions.instanceMetadataTags": ["enabled", "disabled"],
    "metadataOptions.httpProtocolIpv6": ["enabled", "disabled"],
    "rootBlockDevice.volumeType": ["standard", "gp2", "gp3", "io1", "io2", "sc1", "st1"],
    "creditSpecification.cpuCredits": ["standard", "unlimited"],
};

/** What the provider itself refuses to plan. */
export function checkInstance(inputs: Partial<InstanceInputs>, context: Pick<CheckContext, "unknown">): Failure[] {
    return [...userData(inputs), ...choices(inputs), ...ranges(inputs, context)];
}

function userData({ userData, userDataBase64 }: Partial<InstanceInputs>): Failure[] {
    if (userData !== undefined && userDataBase64 !== undefined) {
        return [failure("userDataBase64", "InvalidParameterCombination", '"userDataBase64" conflicts with "userData"')];
    }
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

function choices(inputs: Partial<InstanceInputs>): Failure[] {
    return Object.entries(CHOICES).flatMap(([path, allowed]) => {
        const value = at(inputs, path);
        if (value === undefined || allowed.includes(String(value))) return [];
        return [failure(path, "InvalidParameterValue", `expected ${path} to be one of ${JSON.stringify(allowed)}, got ${String(value)}`)];
    });
}

function ranges(inputs: Partial<InstanceInputs>, { unknown }: Pick<CheckContext, "unknown">): Failure[] {
    const failures: Failure[] = [];
    const hops = at(inputs, "metadataOptions.httpPutResponseHopLimit");
    if (typeof hops === "number" && (hops < 1 || hops > 64)) {
        failures.push(failure("metadataOptions.httpPutResponseHopLimit", "InvalidParameterValue", `expected a hop limit in the range (1 - 64), got ${hops}`));
    }
    const size = at(inputs, "rootBlockDevice.volumeSize");
    if (typeof size === "number" && size < SNAPSHOT_GIB) {
        failures.push(failure("rootBlockDevice.volumeSize", "InvalidBlockDeviceMapping", `Volume of size ${size}GB is smaller than snapshot, expect size >= ${SNAPSHOT_GIB}GB`));
    }
    const throughput = at(inputs, "rootBlockDevice.throughput");
    if (throughput !== undefined && !unknown("rootBlockDevice.volumeType") && at(inputs, "rootBlockDevice.volumeType") !== "gp3") {
        failures.push(failure("rootBlockDevice.throughput", "InvalidParameterDependency", "The parameter throughput is only supported for volumes of type gp3"));
    }
    return failures;
}

/** Size of the snapshot that Canonical's images start from. */
const SNAPSHOT_GIB = 8;
