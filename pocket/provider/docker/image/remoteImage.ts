import type { RemoteImageArgs } from "@pulumi/docker";
import type { Unwrap } from "@pulumi/pulumi";
import type { Kind } from "../../kind";
import { Refusal } from "../../refusal";
import type { DockerConfig } from "../config";
import { ifThere } from "../engine/answer";
import type { Engine } from "../engine/engine";
import type { Engines } from "../engine/engines";
import { authFor } from "../registry";
import { resources } from "../schema";
import { pullImage } from "./build";
import { splitTag } from "./reference";

type RemoteInputs = Unwrap<RemoteImageArgs>;
type RemoteState = RemoteInputs & { imageId: string; repoDigest: string };
interface ImageAnswer { Id: string; RepoDigests?: string[] | null }

const TOKEN = "docker:index/remoteImage:RemoteImage";

/** `docker.RemoteImage`: an image pulled onto the provider's one engine; no other node of a swarm has it. */
export function remoteImageKind(engines: Engines): Kind<RemoteInputs, RemoteState> {
    return {
        token: TOKEN,
        schema: resources[TOKEN]!,
        replaceOn: ["name", "pullTriggers", "triggers", "platform"],
        rules: { pullTriggers: { set: true }, platform: { default: "" } },
        check: ({ build }) => (build ? [{ property: "build", reason: `"build" is not served here; build with docker.Image` }] : []),

        async create(inputs, context) {
            const engine = engines.of(context.config);
            await pullImage(engine, inputs.name, inputs.platform, authFor(inputs.name, context.config as DockerConfig), context.signal);
            const image = await inspect(engine, inputs.name);
            if (!image) throw new Refusal("NotFound", `Unable to find or pull image ${inputs.name}`, "name");
            return { id: `${image.Id}${inputs.name}`, state: stateOf(inputs, image) };
        },

        async read(_id, context, last) {
            if (!last) return undefined;
            const image = await inspect(engines.of(context.config), last.name);
            return image && stateOf(last, image);
        },

        update: async (_id, olds, news) => ({ ...news, imageId: olds.imageId, repoDigest: olds.repoDigest }),

        async delete(_id, state, context) {
            if (state.keepLocally) return;
            await ifThere(engines.of(context.config).delete(`/images/${state.name}`, { query: { force: state.forceRemove ?? false } }));
        },
    };
}

function inspect(engine: Engine, name: string): Promise<ImageAnswer | undefined> {
    return ifThere(engine.get<ImageAnswer>(`/images/${name}/json`));
}

function stateOf({ imageId: _imageId, repoDigest: _repoDigest, ...inputs }: RemoteInputs & Partial<RemoteState>, image: ImageAnswer): RemoteState {
    const repository = splitTag(inputs.name).repository;
    const repoDigest = image.RepoDigests?.find((digest) => digest.startsWith(`${repository}@`)) ?? image.RepoDigests?.[0] ?? "";
    return { ...inputs, imageId: image.Id, repoDigest };
}
