import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ImageArgs } from "@pulumi/docker";
import type { Unwrap } from "@pulumi/pulumi";
import type { Context, Failure, Kind } from "../../kind";
import { UNKNOWN, equal } from "../../values";
import type { DockerConfig } from "../config";
import type { Engine } from "../engine/engine";
import type { Engines } from "../engine/engines";
import { authFor, registryOf, serverAddress, type AuthConfig } from "../registry";
import { resources } from "../schema";
import { buildImage, pushImage } from "./build";
import { contextDigest, readContext, type BuildContext } from "../../../../system/context";
import { baseImages, qualifiedFault } from "./reference";

type Build = NonNullable<Unwrap<ImageArgs>["build"]>;
/** `contextDigest` is the provider's own: a changed file is a changed input. */
export type ImageInputs = Unwrap<ImageArgs> & { build?: Build & { contextDigest?: string } };
export type ImageState = ImageInputs & { baseImageName: string; registryServer: string; repoDigest: string; context: string; dockerfile: string; platform?: string };

/** Gets the engine images that a build begins from, as a registry would. */
export type Prepare = (images: string[]) => Promise<void>;

const TOKEN = "docker:index/image:Image";

/**
 * `docker.Image`: built on the provider's engine and pushed. Never replaced; its delete leaves the tags where they are
 * (pulumi-docker provider/provider.go). Relative paths are the program's, in `directory`.
 */
export function imageKind(engines: Engines, directory: () => string, prepare: Prepare = async () => undefined): Kind<ImageInputs, ImageState> {
    const at = (inputs: Partial<ImageInputs>): BuildContext => {
        const { context, dockerfile } = paths(inputs.build);
        return readContext(resolve(directory(), context), resolve(directory(), dockerfile));
    };

    async function make(inputs: ImageInputs, context: Context): Promise<ImageState> {
        const engine = engines.of(context.config);
        const auth = credentials(inputs, context.config as DockerConfig);
        const build = at(inputs);
        await prepare(baseImages(readFileSync(build.dockerfile, "utf8")));
        await buildImage(engine, inputs, build, auth, context.signal);
        const repoDigest = inputs.skipPush ? await localId(engine, inputs.imageName) : await pushImage(engine, inputs.imageName, auth, context.signal);
        return {
            ...inputs, repoDigest, baseImageName: inputs.imageName, registryServer: inputs.registry?.server ?? registryOf(inputs.imageName), ...paths(inputs.build),
            ...(inputs.build?.platform && { platform: inputs.build.platform }),
        };
    }

    return {
        token: TOKEN,
        schema: resources[TOKEN]!,
        replaceOn: [],
        recomputes: { repoDigest: ["*"], baseImageName: ["imageName"], registryServer: ["imageName", "registry.server"] },
        stateOnly: true,
        check: (inputs) => [...failures(inputs), ...(hasUnknownPath(inputs) ? [] : unreadable(() => at(inputs)))],
        normalize: (inputs) => (hasUnknownPath(inputs) ? inputs : { ...inputs, build: { ...inputs.build, contextDigest: digest(() => at(inputs)) } }),
        diff: (_olds, _news, found) => found.filter(({ path }) => path !== "registry.username" && path !== "registry.password"),
        create: async (inputs, context) => ({ id: inputs.imageName, state: await make(inputs, context) }),
        update: (_id, _olds, news, context) => make(news, context),
        read: async (_id, _context, last) => last,
        delete: async () => undefined,
    };
}

/** As they are written, defaults filled in: a Dockerfile is looked for in the context, a given one in the project. */
function paths({ context = ".", dockerfile }: Build = {}): { context: string; dockerfile: string } {
    return { context, dockerfile: dockerfile ?? join(context, "Dockerfile") };
}

/** An unknown value is sent as such to `normalize`, and left out for `check`. */
function hasUnknownPath({ build }: Partial<ImageInputs>): boolean {
    return equal(build, UNKNOWN) || build?.context === UNKNOWN || build?.dockerfile === UNKNOWN;
}

function failures({ imageName, skipPush, build }: Partial<ImageInputs>): Failure[] {
    const found: Failure[] = [];
    const name = imageName !== undefined && !skipPush ? qualifiedFault(imageName) : undefined;
    if (name) found.push({ property: "imageName", reason: name });
    const builder: unknown = build?.builderVersion;
    if (builder !== undefined && builder !== "BuilderV1" && builder !== "BuilderBuildKit") found.push({ property: "build.builderVersion", reason: "invalid Docker Builder version" });
    if (build?.platform?.includes(",")) found.push({ property: "build.platform", reason: `"build.platform" must be one platform, not a list` });
    return found;
}

function unreadable(read: () => BuildContext): Failure[] {
    try {
        contextDigest(read());
        return [];
    } catch (error) {
        return [{ property: "build.context", reason: (error as Error).message }];
    }
}

/** Absent for a context that `check` has refused already. */
function digest(read: () => BuildContext): string | undefined {
    return unreadable(read).length > 0 ? undefined : contextDigest(read());
}

/** The resource's own, else the provider's for that registry. */
function credentials({ imageName, registry }: ImageInputs, config: DockerConfig): AuthConfig | undefined {
    const { server, username, password } = registry ?? {};
    return authFor(imageName, config, username && password ? { serverAddress: serverAddress(server ?? registryOf(imageName)), username, password } : undefined);
}

async function localId(engine: Engine, imageName: string): Promise<string> {
    return (await engine.get<{ Id: string }>(`/images/${imageName}/json`)).Id;
}
