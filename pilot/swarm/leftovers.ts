import type Docker from "dockerode";
import { type Log, sentence } from "../process/log";
import { pause } from "../process/pause";
import { unlessCanceled, within } from "../process/within";
import type { SwarmService } from "./versions";

const EVERY_SECONDS = 600;
const PATIENCE_SECONDS = 60;
/** An `up` creates a version's secrets before its service, and may build an image in between. */
const YOUNG_MS = 3_600_000;

export interface Secret {
    ID: string;
    CreatedAt?: string;
    Spec?: { Labels?: Record<string, string> };
}
export interface Image {
    Id: string;
    RepoTags?: string[] | null;
    RepoDigests?: string[] | null;
}

/** The secrets of versions that have no service: a pilot was killed while it took one away. Gives their ids. */
export function orphans(secrets: Secret[], services: SwarmService[], now: number): string[] {
    const versions = new Set(services.map(({ Spec }) => Spec.Labels?.["antipode.version"]));
    const isOld = ({ CreatedAt }: Secret) => !(now - Date.parse(CreatedAt ?? "") < YOUNG_MS);
    return secrets.filter((secret) => {
        const version = secret.Spec?.Labels?.["antipode.version"];
        return version !== undefined && !versions.has(version) && isOld(secret);
    }).map(({ ID }) => ID);
}

/**
 * The images on this machine that no service of ours is made of any more. Only images of our services' repositories
 * count. Swarm pulls by digest, so an image with a tag is somebody's own.
 * @param services as they are, and as they were before their last update, to which Swarm may go back
 * @param used the ids of images that a container has, also one that has ended
 * @returns references, `repository@sha256:…`
 */
export function unused(images: Image[], services: SwarmService[], used: ReadonlySet<string>): string[] {
    const specs = services.flatMap(({ Spec, PreviousSpec }) => [Spec, PreviousSpec]);
    const kept = new Set(specs.flatMap((spec) => spec?.TaskTemplate?.ContainerSpec?.Image ?? []).map(withoutTag));
    const repositories = new Set([...kept].map(repositoryOf));
    return images.flatMap(({ Id, RepoTags, RepoDigests }) => {
        const digests = RepoDigests ?? [];
        const isTagged = (RepoTags ?? []).some((tag) => tag !== "<none>:<none>");
        if (isTagged || used.has(Id) || digests.some((digest) => kept.has(withoutTag(digest)))) return [];
        return digests.filter((digest) => repositories.has(repositoryOf(withoutTag(digest))));
    });
}

/** `registry/app:1.5.0@sha256:…` is `registry/app@sha256:…`; Docker leaves its own registry out. */
function withoutTag(image: string): string {
    const [name = "", digest] = image.split("@");
    const repository = name.replace(/:[^:/]*$/, "").replace(/^(index\.)?docker\.io\//, "");
    return digest === undefined ? repository : `${repository}@${digest}`;
}

const repositoryOf = (image: string): string => image.split("@")[0]!;

/** Takes away what versions leave on this machine. */
export class Leftovers {
    constructor(private readonly docker: Docker, private readonly log: Log, private readonly now: () => number = Date.now) {}

    async run(signal: AbortSignal): Promise<void> {
        while (!signal.aborted) {
            await within((canceled) => this.sweep(canceled), PATIENCE_SECONDS, "a look for leftovers").catch((thrown) => this.log("warn", "what versions left could not be taken away", { why: sentence(thrown) }));
            await pause(EVERY_SECONDS, signal);
        }
    }

    async sweep(signal: AbortSignal): Promise<void> {
        const [secrets, images, containers] = await unlessCanceled(signal, Promise.all([
            this.docker.listSecrets({ filters: { label: ["antipode.version"] }, abortSignal: signal }) as Promise<Secret[]>,
            this.docker.listImages({ digests: true, abortSignal: signal }) as Promise<Image[]>,
            this.docker.listContainers({ all: true, abortSignal: signal }),
        ]));
        // After the rest: what belongs to a service that came meanwhile is not taken for a leftover.
        const services = (await this.docker.listServices({ filters: { label: ["antipode.role"] }, abortSignal: signal })) as SwarmService[];
        for (const id of orphans(secrets, services, this.now())) await this.remove("a secret", id, signal, () => this.docker.getSecret(id).remove({ abortSignal: signal }));
        const used = new Set(containers.map(({ ImageID }) => ImageID));
        for (const name of unused(images, services, used)) await this.remove("an image", name, signal, () => this.docker.getImage(name).remove({ abortSignal: signal }));
    }

    /** One that somebody uses is refused by Docker, and stays. */
    private async remove(what: string, which: string, signal: AbortSignal, by: () => Promise<unknown>): Promise<void> {
        signal.throwIfAborted();
        try {
            await by();
            this.log("info", `${what} is taken away: no version has it any more`, { which });
        } catch (thrown) {
            signal.throwIfAborted();
            this.log("info", `${what} of no version stays for now`, { which, why: sentence(thrown) });
        }
    }
}
