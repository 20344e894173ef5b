import type { App } from "./state";

/** What the pilot reads of a Swarm service, as the Docker API names it. */
export interface SwarmService {
    ID: string;
    Spec: { Name: string; Labels?: Record<string, string> };
}

/** What the pilot reads of a Swarm task. */
export interface SwarmTask {
    ServiceID: string;
    DesiredState: string;
    Status: { State: string };
    NetworksAttachments?: { Network: { Spec: { Name: string } }; Addresses?: string[] | null }[];
}

export const network = "antipode";
const semver = /^(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?$/;

/**
 * The versions of the app that have healthy tasks, newest first. Docker calls a task running only when its health check
 * has passed, and wishes it another state as soon as it is to go.
 * The port is the service's label `antipode.port`, or 80.
 */
export function apps(services: SwarmService[], tasks: SwarmTask[]): App[] {
    return services
        .filter(({ Spec }) => Spec.Labels?.["antipode.role"] === "app" && semver.test(Spec.Labels["antipode.version"] ?? ""))
        .map(({ ID, Spec }) => ({
            version: Spec.Labels!["antipode.version"]!,
            addresses: tasks
                .filter((task) => task.ServiceID === ID && task.DesiredState === "running" && task.Status.State === "running")
                .flatMap((task) => addressOf(task) ?? [])
                .map((address) => `${address}:${port(Spec.Labels?.["antipode.port"])}`)
                .sort(),
        }))
        .filter(({ addresses }) => addresses.length > 0)
        .sort((one, other) => compareVersions(other.version, one.version));
}

/** Without the length of its prefix: the API says `10.0.1.5/24`. */
function addressOf(task: SwarmTask): string | undefined {
    const attachment = task.NetworksAttachments?.find(({ Network }) => Network.Spec.Name === network);
    return attachment?.Addresses?.[0]?.split("/")[0];
}

function port(label = "80"): number {
    return /^\d{1,5}$/.test(label) ? Number(label) : 80;
}

/** Below zero when the first is older; a version with a suffix is older than the one without (semver.org, 11). */
export function compareVersions(one: string, other: string): number {
    const [, ...first] = semver.exec(one) ?? [];
    const [, ...second] = semver.exec(other) ?? [];
    for (const place of [0, 1, 2]) {
        const difference = Number(first[place]) - Number(second[place]);
        if (difference !== 0) return difference;
    }
    if (first[3] === second[3]) return 0;
    if (first[3] === undefined) return 1;
    if (second[3] === undefined) return -1;
    return first[3].localeCompare(second[3], "en", { numeric: true });
}
