import type { Failure } from "../kind";
import { valuesAt } from "../rules";
import type { Values } from "../values";
import { failure } from "./refuse";

interface Volume extends Values { volumeType?: string; volumeSize?: number; iops?: number; throughput?: number; encrypted?: boolean; kmsKeyId?: string }
interface Limits {
    /** GiB. */
    size: [number, number];
    iops?: [number, number];
    iopsPerGiB?: number;
    /** I/O operations that every volume has, whatever its size. */
    baseline?: number;
    /** MiB a second. */
    throughput?: [number, number];
    iopsNeeded?: true;
    boots?: false;
}

/**
 * EC2 API reference, "EbsBlockDevice"; the ratios from the EBS user guide, "General Purpose SSD volumes" and "Provisioned
 * IOPS SSD volumes"; what boots from "Throughput Optimized HDD and Cold HDD volumes".
 */
const LIMITS: { [type: string]: Limits } = {
    standard: { size: [1, 1024] },
    gp2: { size: [1, 16_384] },
    gp3: { size: [1, 65_536], iops: [3000, 80_000], iopsPerGiB: 500, baseline: 3000, throughput: [125, 2000] },
    io1: { size: [4, 16_384], iops: [100, 64_000], iopsPerGiB: 50, iopsNeeded: true },
    io2: { size: [4, 65_536], iops: [100, 256_000], iopsPerGiB: 1000, iopsNeeded: true },
    st1: { size: [125, 16_384], boots: false },
    sc1: { size: [125, 16_384], boots: false },
};
export const volumeTypes = Object.keys(LIMITS);
/** Most throughput of a gp3 volume for each of its I/O operations a second. */
const MIBPS_PER_IOPS = 0.25;
/** Canonical's images name this type for their disk, and start from a snapshot of this size. */
const IMAGE = { volumeType: "gp2", volumeSize: 8 };

/** What EC2 refuses of a machine's disks. `unknown` tells what only the update will know. */
export function checkVolumes(inputs: Values, unknown: (path: string) => boolean): Failure[] {
    const root = valuesAt(inputs, "rootBlockDevice").flatMap(([path, volume]) => [...rootOnly(path, volume as Volume), ...check(path, volume as Volume, unknown)]);
    return [...root, ...valuesAt(inputs, "ebsBlockDevices[*]").flatMap(([path, volume]) => check(path, volume as Volume, unknown))];
}

/** A volume with all that EC2 fills in; where another type comes, what belonged to the one before does not stay. */
export function filledVolume(given: Volume, before?: Volume): Volume {
    const { volumeType = IMAGE.volumeType, volumeSize = IMAGE.volumeSize, ...rest } = given;
    const limits = LIMITS[volumeType]!;
    const old = before?.volumeType === volumeType ? {} : { iops: before?.iops, throughput: before?.throughput };
    const own = (name: "iops" | "throughput"): number | undefined => (given[name] && given[name] !== old[name] ? given[name] : undefined);
    return {
        ...rest, volumeType, volumeSize,
        iops: own("iops") ?? limits.baseline ?? (volumeType === "gp2" ? Math.min(16_000, Math.max(100, 3 * volumeSize)) : 0),
        throughput: limits.throughput ? own("throughput") ?? limits.throughput[0] : 0,
    };
}

function rootOnly(path: string, { volumeType, volumeSize }: Volume): Failure[] {
    if (volumeType !== undefined && LIMITS[volumeType]?.boots === false) {
        return [failure(`${path}.volumeType`, "InvalidParameterValue", `Volumes of type '${volumeType}' cannot be used as boot volumes`)];
    }
    if (volumeSize === undefined || volumeSize >= IMAGE.volumeSize) return [];
    return [failure(`${path}.volumeSize`, "InvalidBlockDeviceMapping", `Volume of size ${volumeSize}GB is smaller than snapshot, expect size >= ${IMAGE.volumeSize}GB`)];
}

function check(path: string, volume: Volume, unknown: (path: string) => boolean): Failure[] {
    if (unknown(`${path}.volumeType`)) return [];
    const { volumeType: type = IMAGE.volumeType, volumeSize, kmsKeyId, encrypted } = volume;
    // Terraform's older SDK has a zero for what is not given.
    const { iops = 0, throughput = 0 } = volume;
    const limits = LIMITS[type];
    if (!limits) return [];
    const failures: Failure[] = [];
    const fail = (name: string, code: string, message: string): number => failures.push(failure(`${path}.${name}`, code, message));
    const outside = (value: number, [least, most]: [number, number]): boolean => value < least || value > most;
    if (volumeSize !== undefined && outside(volumeSize, limits.size)) fail("volumeSize", "InvalidParameterValue", `Volume size of ${volumeSize} GiB is out of range for ${type}: ${limits.size.join(" to ")}`);
    if (iops !== 0 && !limits.iops) fail("iops", "InvalidParameterCombination", `The parameter iops is not supported for ${type} volumes.`);
    else if (iops !== 0 && outside(iops, limits.iops!)) fail("iops", "InvalidParameterValue", `Volume iops of ${iops} is out of range for ${type}: ${limits.iops!.join(" to ")}`);
    else if (iops === 0 && limits.iopsNeeded && !unknown(`${path}.iops`)) fail("iops", "MissingParameter", `The request must contain the parameter iops for ${type} volumes`);
    const size = volumeSize ?? IMAGE.volumeSize;
    if (limits.iopsPerGiB && iops > Math.max(limits.baseline ?? 0, limits.iopsPerGiB * size) && !unknown(`${path}.volumeSize`)) {
        fail("iops", "InvalidParameterValue", `Iops to volume size ratio of ${iops} to ${size} is too high; maximum is ${limits.iopsPerGiB}`);
    }
    if (throughput !== 0 && !limits.throughput) fail("throughput", "InvalidParameterDependency", "The parameter throughput is only supported for volumes of type gp3");
    else if (throughput !== 0 && outside(throughput, limits.throughput!)) fail("throughput", "InvalidParameterValue", `Throughput of ${throughput} MiB/s is out of range: ${limits.throughput!.join(" to ")}`);
    else if (throughput > MIBPS_PER_IOPS * (iops || (limits.baseline ?? 0)) && !unknown(`${path}.iops`)) {
        fail("throughput", "InvalidParameterValue", `Throughput (MiBps) to iops ratio of ${throughput} to ${iops || limits.baseline} is too high; maximum is ${MIBPS_PER_IOPS} MiBps per iops.`);
    }
    if (kmsKeyId && encrypted !== true && !unknown(`${path}.encrypted`)) fail("kmsKeyId", "InvalidParameterDependency", "The parameter KmsKeyId requires the parameter Encrypted to be set.");
    return failures;
}
