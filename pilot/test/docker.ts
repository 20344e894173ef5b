import type Docker from "dockerode";
import type { Labels } from "../releases/labels";
import type { SwarmService, SwarmTask } from "../swarm/versions";

type Spec = SwarmService["Spec"];
interface Service { ID: string; Version: { Index: number }; Spec: Spec; PreviousSpec?: Spec }
interface Update { _query: { version: number }; _body: Spec; abortSignal?: AbortSignal }
interface Options { filters?: Record<string, string[]>; abortSignal?: AbortSignal }
interface Secret { ID: string; CreatedAt: string; Spec: { Name: string; Labels: Labels } }
export interface Image { Id: string; RepoTags: string[]; RepoDigests: string[]; Created: number }

/** As moby's daemon/cluster and swarmkit's controlapi say it. */
const outOfSequence = "(HTTP code 500) server error - rpc error: code = Unknown desc = update out of sequence";
const noSuch = (what: string, id: string) => Object.assign(new Error(`(HTTP code 404) no such ${what} - ${what} ${id} not found`), { statusCode: 404 });

/**
 * A Docker engine as far as the pilot asks it, whose answers can be held back. A service has its instances at once. An
 * update must name the version of the service that it changes, as the engine demands.
 */
export class DockerStandIn {
    readonly services = new Map<string, Service>();
    secrets: Secret[] = [];
    images: Image[] = [];
    containers: { ImageID: string }[] = [];
    /** Images that a container has got since the containers were listed. */
    inUse = new Set<string>();
    /** Versions none of whose instances ever is healthy. */
    broken = new Set<string>();
    /** Ignores that a question is canceled. */
    deaf = false;
    /** Each question as it comes. */
    readonly asked: string[] = [];
    private index = 10;
    private made = 0;
    private readonly held = new Map<string, { reached: () => void; answer: Promise<void> }>();

    /** A service as the program makes it; gives its id. */
    make(version: string, labels: Labels = {}, image?: string): string {
        const ID = `app-${version}-${(this.index += 1)}`;
        const Labels = { "antipode.role": "app", "antipode.version": version, "antipode.ordinal": String((this.made += 1)), ...labels };
        const Spec = { Name: `app-${version.replaceAll(".", "-")}`, Labels, Mode: { Replicated: { Replicas: 0 } }, TaskTemplate: { ContainerSpec: { Image: image } } };
        this.services.set(ID, { ID, Version: { Index: this.index }, Spec });
        return ID;
    }

    /** The version that the program found in its source, as the pilot's service says it. */
    source(version: string): void {
        this.services.set("pilot", { ID: "pilot", Version: { Index: (this.index += 1) }, Spec: { Name: "pilot", Labels: { "antipode.role": "pilot", "antipode.source": version } } });
    }

    /** Somebody removes a version's service by hand, and the next `up` makes it once more. */
    remake(version: string): void {
        const { ID, Spec } = this.of(version);
        this.services.delete(ID);
        this.make(version, { "antipode.ordinal": Spec.Labels!["antipode.ordinal"]! });
    }

    of(version: string): Service {
        return [...this.services.values()].find(({ Spec }) => Spec.Labels?.["antipode.version"] === version)!;
    }

    /** Holds the next answer to a question back; `reached` tells that it was asked, `answer` lets it go. */
    hold(question: string): { reached: Promise<void>; answer: () => void } {
        let [reached, answer] = [() => {}, () => {}];
        const asked = new Promise<void>((resolve) => (reached = resolve));
        this.held.set(question, { reached, answer: new Promise((resolve) => (answer = resolve)) });
        return { reached: asked, answer };
    }

    get docker(): Docker {
        const ask = <T>(question: string, now: () => T) => (options: Options = {}) => this.answer(question, options.abortSignal, now);
        const service = (id: string) => ({
            inspect: ask("inspect", () => structuredClone(this.known(id))),
            update: (update: Update) => this.answer("update", update.abortSignal, () => this.update(id, update)),
            remove: ask("remove", () => void (this.known(id), this.services.delete(id))),
            logs: async () => Buffer.alloc(0),
        });
        return {
            listServices: (options: Options) => this.answer("listServices", options.abortSignal, () => structuredClone([...this.services.values()].filter(({ Spec }) => has(Spec.Labels, options)))),
            listTasks: (options: Options) => this.answer("listTasks", options.abortSignal, () => this.tasks(options.filters?.service ?? [])),
            listSecrets: (options: Options = {}) => this.answer("listSecrets", options.abortSignal, () => structuredClone(this.secrets.filter(({ Spec }) => has(Spec.Labels, options)))),
            listImages: (options: Options = {}) => this.answer("listImages", options.abortSignal, () => structuredClone(this.images)),
            listContainers: (options: Options = {}) => this.answer("listContainers", options.abortSignal, () => structuredClone(this.containers)),
            getService: service,
            getSecret: (id: string) => ({ remove: ask("removeSecret", () => void (this.secrets = this.secrets.filter(({ ID }) => ID !== id))) }),
            getImage: (name: string) => ({ remove: ask("removeImage", () => this.removeImage(name)) }),
            modem: { demuxStream: (stream: NodeJS.ReadableStream) => stream.resume() },
        } as unknown as Docker;
    }

    private known(id: string): Service {
        const service = this.services.get(id);
        if (!service) throw noSuch("service", id);
        return service;
    }

    private update(id: string, { _query, _body }: Update): void {
        const service = this.known(id);
        if (_query.version !== service.Version.Index) throw new Error(outOfSequence);
        this.services.set(id, { ...service, Spec: structuredClone(_body), Version: { Index: (this.index += 1) } });
    }

    private removeImage(name: string): void {
        const image = this.images.find(({ RepoDigests, RepoTags }) => [...RepoDigests, ...RepoTags].includes(name));
        if (!image) throw noSuch("image", name);
        if (this.inUse.has(image.Id)) throw Object.assign(new Error("(HTTP code 409) conflict - unable to remove repository reference"), { statusCode: 409 });
        image.RepoDigests = image.RepoDigests.filter((one) => one !== name);
        if (image.RepoDigests.length === 0 && image.RepoTags.every((tag) => tag === "<none>:<none>")) this.images = this.images.filter((one) => one !== image);
    }

    private tasks(ids: string[]): SwarmTask[] {
        return ids.flatMap((id) => {
            const service = this.services.get(id);
            const version = service?.Spec.Labels?.["antipode.version"];
            if (!version || this.broken.has(version) || !service.Spec.Mode?.Replicated?.Replicas) return [];
            const address = `10.0.0.${1 + [...this.services.keys()].indexOf(id)}/24`;
            return [{ ID: `task-${id}`, ServiceID: id, DesiredState: "running", Status: { State: "running" }, NetworksAttachments: [{ Network: { Spec: { Name: "antipode" } }, Addresses: [address] }] }];
        });
    }

    /** What is true as the question is asked; an answer that is held back is as old as that. A write is done when it is let go. */
    private async answer<T>(question: string, signal: AbortSignal | undefined, now: () => T): Promise<T> {
        this.asked.push(question);
        if (!this.deaf) signal?.throwIfAborted();
        const held = this.held.get(question);
        if (!held) return now();
        this.held.delete(question);
        const isWrite = /^(update|remove)/.test(question);
        const answer = isWrite ? undefined : now();
        held.reached();
        const canceled = () => new Promise<never>((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)));
        await (this.deaf ? held.answer : Promise.race([held.answer, canceled()]));
        return isWrite ? now() : answer!;
    }
}

function has(labels: Labels = {}, { filters }: Options): boolean {
    return (filters?.label ?? []).every((wanted) => {
        const [name, value] = wanted.split(/=(.*)/s) as [string, string?];
        return name in labels && (value === undefined || labels[name] === value);
    });
}
