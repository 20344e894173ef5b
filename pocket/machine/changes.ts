import type { ContainerInspectInfo } from "dockerode";
import type { Machine } from "../model";
import { limits, systemLabel } from "./container";

/**
 * One step on the way from the container that is there to the machine that the cloud describes:
 * - "wipe" takes the container and its disk away,
 * - "keep" takes the container away and keeps its disk,
 * - "install" makes a container, on the disk that was kept or on a new one,
 * - "resize" gives the container other limits.
 */
export type Step = "wipe" | "keep" | "install" | "resize";

export type Found = Pick<ContainerInspectInfo, "Config" | "HostConfig" | "NetworkSettings">;

/**
 * What to do while the machine is stopped, in this order; nothing for a container that is right. User-data, host name and
 * keys are read at the first start alone, so a change of them changes nothing on a machine that is there.
 */
export function steps(found: Found | undefined, wanted: Machine): Step[] {
    if (!found) return ["install"];
    const { [systemLabel]: system = wanted.system } = found.Config.Labels;
    if (system !== wanted.system) return ["wipe", "install"];
    // Another container, for the engine does not start one whose first network is gone (moby daemon/container_operations.go, normalizeNetMode).
    const address = found.NetworkSettings.Networks[wanted.subnetId]?.IPAMConfig?.IPv4Address;
    if (address !== wanted.privateIp) return ["keep", "install"];
    const { NanoCpus, Memory } = limits(wanted);
    return found.HostConfig.NanoCpus === NanoCpus && found.HostConfig.Memory === Memory ? [] : ["resize"];
}
