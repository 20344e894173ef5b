import type { Kind, Package } from "../kind";
import { ruled } from "../rules";
import { Engines } from "./engine/engines";
import { configKind, secretKind } from "./held";
import { imageKind, type Prepare } from "./image/image";
import { remoteImageKind } from "./image/remoteImage";
import { networkKind } from "./network";
import { config, version } from "./schema";
import { serviceKind } from "./service/service";
import { volumeKind } from "./volume";

/** The stand-in for `@pulumi/docker`'s plug-in, and the end of its connections. */
export interface DockerPackage extends Package { close(): Promise<void> }

/**
 * Serves `@pulumi/docker` with real engines: the provider's `host`, else DOCKER_HOST, else the local one.
 * `directory` is the program's, for build contexts with relative paths; `prepare` stands for the registry of base images. No ssh process outlives `close`.
 */
export function createDocker(directory: string | (() => string) = process.cwd(), prepare?: Prepare): DockerPackage {
    const engines = new Engines();
    return {
        name: "docker",
        version,
        // Without secrets: an orphan is deleted over the same connection that made it.
        config: { ...config, remember: ["host", "sshOpts"] },
        connect: (given) => (given.disableDockerDaemonCheck ? Promise.resolve() : engines.ping(given)),
        kinds: [
            imageKind(engines, typeof directory === "string" ? () => directory : directory, prepare),
            ...[remoteImageKind(engines), networkKind(engines), volumeKind(engines), secretKind(engines), configKind(engines), serviceKind(engines)]
                .map((kind): Kind => ({ ...kind, bridge: "sdk", check: ruled(kind) })),
        ],
        functions: [],
        close: () => engines.close(),
    };
}
