import { join, relative, resolve } from "node:path";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { buildArguments } from "./base-images";
import { stage } from "./stage";

export interface ImagesArgs {
    registry: { server: string; username: string; password: pulumi.Input<string> };
    /** Where the builds take their base images from, for example docker.io/library. */
    imageMirror: string;
    npmRegistry?: string;
    /** By the image's name: its folder, from the repository's on, and its tag. */
    build: Record<string, { folder: string; tag: string }>;
}

/**
 * The images of a region, built on the computer that runs the program and pushed to the region's own registry.
 * A service takes an image by its digest, so what was tested is what runs.
 */
export class Images extends pulumi.ComponentResource {
    /** `registry/name@sha256:…` by name. */
    readonly digests: Record<string, pulumi.Output<string>>;

    constructor(name: string, args: ImagesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("antipode:region:Images", name, {}, opts);
        // The engine that builds is the local one (DOCKER_HOST, or the usual socket), not the machine's.
        const workbench = new docker.Provider(`${name}-workbench`, {}, { parent: this });
        this.digests = Object.fromEntries(Object.entries(args.build).map(([image, { folder, tag }]) => [
            image,
            new docker.Image(`${name}-${image}`, {
                imageName: `${args.registry.server}/${image}:${tag}`,
                registry: { ...args.registry, server: registryHost(args.registry.server) },
                build: {
                    // Relative to the program's folder, so that the stack says the same on every computer.
                    context: relative(program, stage(image, resolve(root, folder), contexts)),
                    platform: "linux/amd64",
                    network: "host",
                    builderVersion: docker.BuilderVersion.BuilderBuildKit,
                    args: buildArguments(args),
                },
            }, { parent: this, provider: workbench }).repoDigest,
        ]));
        this.registerOutputs({ digests: this.digests });
    }
}

const root = join(__dirname, "../..");
const program = join(root, "stacks");
/** Git ignores it, as it does all of node_modules. */
const contexts = join(root, "node_modules/.cache/antipode/contexts");

/** `ccr.ccs.tencentyun.com/yourname` logs in at `ccr.ccs.tencentyun.com`. */
export function registryHost(server: string): string {
    return server.split("/")[0]!;
}
