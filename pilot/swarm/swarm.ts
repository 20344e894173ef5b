import type Docker from "dockerode";
import { unlessCanceled } from "../process/within";
import { type Labels, saysStill } from "../releases/labels";
import type { Version } from "../releases/plan";
import { awaySince, type PilotTask } from "./away";
import { lastLines, readLog } from "./last-lines";
import { successorComes } from "./successor";
import { type SwarmService, type SwarmTask, type Unreadable, versionsOf } from "./versions";

/** What there is of the app, at one moment. */
export interface View {
    versions: Version[];
    /** The one that the program found in its source when it was last run; unknown where an older one made the pilot. */
    source?: string;
    /** Another pilot takes this one's place, with other settings. */
    successorComes: boolean;
    unreadable: Unreadable[];
    /** Of all versions, also those that have ended (Swarm remembers five for each instance). */
    tasks: (SwarmTask & { version: string })[];
}

/** What a version's labels said when a decision was made by them. */
export type Seen = Pick<Version, "release" | "servingSince">;

interface Change {
    /** Gives the new labels by those that are there. */
    labels?: (labels: Labels) => Labels;
    instances?: number;
}

/** Somebody else changed a version after a decision about it was made; nothing was written. */
export class Outdated extends Error {
    constructor(readonly version: string) {
        super(`${version} was changed by somebody else in this moment`);
    }
}

/** What a service is for; all of ours have it. */
const roleLabel = "antipode.role";
const inRole = (role: "app" | "pilot") => ({ Spec }: SwarmService): boolean => Spec.Labels?.[roleLabel] === role;

/** The Swarm, as far as the app's versions go. */
export class Swarm {
    private services = new Map<string, SwarmService>();
    private tasks: SwarmTask[] = [];

    /** @param env of this process, by which it knows whether its service still wants it */
    constructor(private readonly docker: Docker, private readonly env: Record<string, string | undefined>) {}

    async look(signal: AbortSignal): Promise<View> {
        const ours = await this.labelled(roleLabel, signal);
        const services = ours.filter(inRole("app"));
        // An empty filter would mean the tasks of every service.
        const tasks = services.length === 0 ? [] : ((await this.docker.listTasks({ filters: { service: services.map(({ ID }) => ID) }, abortSignal: signal })) as SwarmTask[]);
        // An older look that comes back late must not take the place of a newer one.
        signal.throwIfAborted();
        const byId = new Map(services.map(({ ID, Spec }) => [ID, Spec.Labels?.["antipode.version"] ?? ""]));
        this.services = new Map(services.map((service) => [byId.get(service.ID)!, service]));
        this.tasks = tasks;
        const pilot = ours.find(inRole("pilot"));
        return {
            ...versionsOf(services, tasks),
            source: pilot?.Spec.Labels?.["antipode.source"],
            successorComes: successorComes(pilot, this.env),
            tasks: tasks.map((task) => ({ ...task, version: byId.get(task.ServiceID) ?? "" })),
        };
    }

    /** A version's labels, as they were at the last look. */
    labels(version: string): Labels {
        return this.services.get(version)?.Spec.Labels ?? {};
    }

    /** Since when no pilot was there before this one, as far as the Swarm knows. */
    async pilotAwaySince(signal: AbortSignal): Promise<number | undefined> {
        const services = await this.labelled(`${roleLabel}=pilot`, signal);
        if (services.length === 0) return undefined;
        return awaySince((await this.docker.listTasks({ filters: { service: services.map(({ ID }) => ID) }, abortSignal: signal })) as PilotTask[]);
    }

    /** What a version's instances wrote last, and why they ended. Rejects when Docker does not tell. */
    async lastLines(version: string): Promise<string[]> {
        const id = this.services.get(version)?.ID ?? "";
        return lastLines(await readLog(this.docker, id), this.tasks.filter(({ ServiceID }) => ServiceID === id));
    }

    /**
     * Changes a version's labels and its number of instances in one step. Its tasks are left alone, for their part of the
     * service stays as it is.
     * @param seen what the change was decided by: it is compared with what the labels say now, and Docker compares the
     * service's version once more as it writes
     * @throws Outdated when somebody else changed the version meanwhile: the next look sees it
     */
    async change(version: string, { labels, instances }: Change, seen: Seen, signal: AbortSignal): Promise<void> {
        const { service, index, spec } = await this.asSeen(version, seen, signal);
        await unlessCanceled(signal, service.update({
            // What the registry asks for is taken from the service as it is: the pilot knows no password of it.
            _query: { version: index, registryAuthFrom: "spec" },
            _body: {
                ...spec,
                ...(labels && { Labels: labels(spec.Labels ?? {}) }),
                ...(instances !== undefined && { Mode: { Replicated: { Replicas: instances } } }),
            },
            abortSignal: signal,
        }).catch((thrown: Error) => Promise.reject(/out of sequence/.test(thrown.message) ? new Outdated(version) : thrown)));
    }

    /**
     * Takes a version away, with the secrets that are its own.
     * @throws Outdated when somebody else changed the version meanwhile
     */
    async remove(version: string, seen: Seen, signal: AbortSignal): Promise<void> {
        const { service } = await this.asSeen(version, seen, signal);
        await service.remove({ abortSignal: signal });
        const secrets = (await this.docker.listSecrets({ filters: { label: [`antipode.version=${version}`] }, abortSignal: signal })) as { ID: string }[];
        for (const { ID } of secrets) {
            signal.throwIfAborted();
            await this.docker.getSecret(ID).remove({ abortSignal: signal });
        }
    }

    /** A version's service as it is now, if its labels still say what was seen. @throws Outdated */
    private async asSeen(version: string, seen: Seen, signal: AbortSignal) {
        const service = this.docker.getService(this.services.get(version)?.ID ?? "");
        const { Version, Spec } = (await service.inspect({ abortSignal: signal })) as { Version: { Index: number }; Spec: SwarmService["Spec"] };
        signal.throwIfAborted();
        if (!saysStill(Spec.Labels ?? {}, seen)) throw new Outdated(version);
        return { service, index: Version.Index, spec: Spec };
    }

    /** The services with a label: its name, or its name and value. */
    private async labelled(label: string, signal: AbortSignal): Promise<SwarmService[]> {
        const services = (await this.docker.listServices({ filters: { label: [label] }, abortSignal: signal })) as SwarmService[];
        signal.throwIfAborted();
        return services;
    }
}
