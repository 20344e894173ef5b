import { readDeclared } from "../apps/labels";
import { readRelease, readServing, type Labels } from "../releases/labels";
import type { Version } from "../releases/plan";
import { compareVersions, isLabel } from "../releases/semver";

/** What the pilot reads of a Swarm service, as the Docker API names it. */
export interface SwarmService {
    ID: string;
    /** As it was before its last update. */
    PreviousSpec?: SwarmService["Spec"];
    Spec: { Name: string; Labels?: Labels; Mode?: { Replicated?: { Replicas?: number } }; TaskTemplate?: { ContainerSpec?: { Image?: string; Env?: string[] | null } } };
}

/** What the pilot reads of a Swarm task. */
export interface SwarmTask {
    ID: string;
    ServiceID: string;
    DesiredState: string;
    CreatedAt?: string;
    Status: { State: string; Timestamp?: string; Err?: string; ContainerStatus?: { ExitCode?: number; ContainerID?: string } };
    NetworksAttachments?: { Network: { Spec: { Name: string } }; Addresses?: string[] | null }[];
}

export const network = "antipode";

/** A version whose labels cannot be read: it is left as it is, and gets no visitors that it did not have. */
export interface Unreadable {
    version: string;
    why: string;
}

/**
 * The versions of the app, newest first. An instance is there when it is healthy: Docker calls a task running only when
 * its health check has passed, and wishes it another state as soon as it is to go. Its port is the service's label
 * `antipode.port`, or 80.
 */
export function versionsOf(services: SwarmService[], tasks: SwarmTask[]): { versions: Version[]; unreadable: Unreadable[] } {
    const versions: Version[] = [];
    const unreadable: Unreadable[] = [];
    for (const service of services) {
        const labels = service.Spec.Labels ?? {};
        const version = labels["antipode.version"] ?? "";
        if (labels["antipode.role"] !== "app" || !isLabel(version)) continue;
        try {
            versions.push({
                version,
                ordinal: Number(labels["antipode.ordinal"]) || 0,
                wished: service.Spec.Mode?.Replicated?.Replicas ?? 0,
                addresses: addressesOf(service, tasks),
                release: readRelease(labels),
                contract: readDeclared(labels),
                servingSince: readServing(labels),
            });
        } catch (thrown) {
            unreadable.push({ version, why: (thrown as Error).message });
        }
    }
    return { versions: versions.sort((one, other) => compareVersions(other.version, one.version)), unreadable };
}

function addressesOf({ ID, Spec }: SwarmService, tasks: SwarmTask[]): string[] {
    return tasks
        .filter((task) => task.ServiceID === ID && task.DesiredState === "running" && task.Status.State === "running")
        .flatMap((task) => addressOf(task) ?? [])
        .map((address) => `${address}:${port(Spec.Labels?.["antipode.port"])}`)
        .sort();
}

/** Without the length of its prefix: the API says `10.0.1.5/24`. */
export function addressOf(task: SwarmTask): string | undefined {
    const attachment = task.NetworksAttachments?.find(({ Network }) => Network.Spec.Name === network);
    return attachment?.Addresses?.[0]?.split("/")[0];
}

function port(label = "80"): number {
    return /^\d{1,5}$/.test(label) ? Number(label) : 80;
}
