import type Docker from "dockerode";
import type { Labels } from "../releases/labels";
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

interface Change {
    /** Gives the new labels by those that are there. */
    labels?: (labels: Labels) => Labels;
    instances?: number;
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

    async look(): Promise<View> {
        const ours = await this.labelled(roleLabel);
        const services = ours.filter(inRole("app"));
        // An empty filter would mean the tasks of every service.
        const tasks = services.length === 0 ? [] : ((await this.docker.listTasks({ filters: { service: services.map(({ ID }) => ID) } })) as SwarmTask[]);
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
    async pilotAwaySince(): Promise<number | undefined> {
        const services = await this.labelled(`${roleLabel}=pilot`);
        return services.length === 0 ? undefined : awaySince((await this.docker.listTasks({ filters: { service: services.map(({ ID }) => ID) } })) as PilotTask[]);
    }

    /** What a version's instances wrote last, and why they ended. Rejects when Docker does not tell. */
    async lastLines(version: string): Promise<string[]> {
        const id = this.services.get(version)?.ID ?? "";
        return lastLines(await readLog(this.docker, id), this.tasks.filter(({ ServiceID }) => ServiceID === id));
    }

    /**
     * Changes a version's labels and its number of instances in one step. Its tasks are left alone, for their part of the
     * service stays as it is. Rejects when somebody else changed the service meanwhile: the next look sees what he did.
     */
    async change(version: string, { labels, instances }: Change): Promise<void> {
        const service = this.docker.getService(this.services.get(version)?.ID ?? "");
        const { Version: { Index }, Spec } = (await service.inspect()) as { Version: { Index: number }; Spec: SwarmService["Spec"] };
        await service.update({
            // What the registry asks for is taken from the service as it is: the pilot knows no password of it.
            _query: { version: Index, registryAuthFrom: "spec" },
            _body: {
                ...Spec,
                ...(labels && { Labels: labels(Spec.Labels ?? {}) }),
                ...(instances !== undefined && { Mode: { Replicated: { Replicas: instances } } }),
            },
        });
    }

    /** The services with a label: its name, or its name and value. */
    private async labelled(label: string): Promise<SwarmService[]> {
        return (await this.docker.listServices({ filters: { label: [label] } })) as SwarmService[];
    }

    /** Takes a version away, with the secrets that are its own. */
    async remove(version: string): Promise<void> {
        await this.docker.getService(this.services.get(version)?.ID ?? "").remove();
        const secrets = (await this.docker.listSecrets({ filters: { label: [`antipode.version=${version}`] } })) as { ID: string }[];
        for (const { ID } of secrets) await this.docker.getSecret(ID).remove();
    }
}
