import { createHash } from "node:crypto";
import type { ContainerCreateOptions } from "dockerode";
import type { Machine } from "../model";
import { placeOf } from "../network/world";

/** Label that tells which machine of which cloud a container is. */
export const label = "antipode.machine";

/** Label that tells what the machine's disk was written with. */
export const systemLabel = "antipode.system";

export interface Sources { image: string; network: string; volume: string; seed: string; ca: string }

/**
 * A machine as a container that boots systemd. Without a full root (no CAP_SYS_RESOURCE) `--privileged` is refused,
 * so every capability is named that there is; /var/lib/docker is a volume because overlay on overlay falls back to
 * copying whole layers.
 */
export function container(machine: Machine, from: Sources, dropped: string[]): ContainerCreateOptions & { HostConfig: { CgroupnsMode: "private" } } {
    return {
        name: `machine-${machine.id}`,
        Hostname: machine.hostname,
        Image: from.image,
        Labels: { [label]: machine.id, [systemLabel]: machine.system },
        Env: [`POCKET_RESOLVER=${placeOf(machine.place).resolver}`, "POCKET_CA=/run/pocket-ca.crt"],
        StopSignal: "SIGRTMIN+3",
        HostConfig: {
            CgroupnsMode: "private",
            CapAdd: ["ALL"],
            CapDrop: dropped,
            SecurityOpt: ["seccomp=unconfined", "apparmor=unconfined"],
            MaskedPaths: [],
            ReadonlyPaths: [],
            Tmpfs: { "/run": "", "/tmp": "", "/run/lock": "" },
            Binds: [`${from.volume}:/var/lib/docker`, `${from.seed}:/var/lib/cloud/seed/nocloud:ro`, `${from.ca}:/run/pocket-ca.crt:ro`],
            ...limits(machine),
            NetworkMode: from.network,
        },
        NetworkingConfig: { EndpointsConfig: { [from.network]: { IPAMConfig: { IPv4Address: machine.privateIp } } } },
    };
}

/** What its instance type gives a machine. */
export function limits({ cpus, memoryMiB }: Machine): { NanoCpus: number; Memory: number } {
    return { NanoCpus: cpus * 1e9, Memory: memoryMiB * 1024 * 1024 };
}

/** The files of a NoCloud seed, by name: what the cloud's metadata service would tell the machine. */
export function seed(machine: Machine): Record<string, string> {
    const metadata = { "instance-id": machine.id, "local-hostname": machine.hostname, "public-keys": machine.publicKeys };
    return { "meta-data": `${JSON.stringify(metadata, null, 2)}\n`, "user-data": machine.userData, "vendor-data": "" };
}

/** Name of the bridge of a subnet: short enough for the kernel (15 bytes), the same for the same subnet. */
export function bridge(subnetId: string): string {
    return `ap-s${createHash("sha256").update(subnetId).digest("hex").slice(0, 8)}`;
}
