import { readFileSync } from "node:fs";
import type Docker from "dockerode";
import { refused } from "../engine/answer";
import type { Engine } from "../engine/engine";
import { Refusal } from "../../refusal";
import { registryOf, serverAddress, type AuthConfig } from "../registry";
import type { BuildContext } from "../../../../system/context";
import { archive } from "./archive";
import { baseImages, splitTag } from "./reference";
import type { ImageInputs } from "./image";

/** As much of a build's output as an error shows. */
const LAST_LINES = 20;

interface Event { stream?: string; status?: string; error?: string; errorDetail?: { message?: string }; aux?: { ID?: string; Digest?: string } }

/** dockerode's own, which reads BuildKit's trace too, is not in its types. */
type Progress = Docker & { followProgress(stream: NodeJS.ReadableStream, done: (error: Error | null, events: Event[]) => void): void };

/** The engine wants the header on a push, whoever pushes. */
const NOBODY: AuthConfig = { username: "", password: "", serveraddress: "" };

/** Builds `inputs.imageName`; rejects with the error and the last lines of the build's output. */
export async function buildImage(engine: Engine, inputs: ImageInputs, context: BuildContext, auth: AuthConfig | undefined, signal: AbortSignal): Promise<void> {
    const { tar, dockerfile } = archive(context);
    const { build = {}, imageName } = inputs;
    const buildKit = build.builderVersion !== "BuilderV1";
    const options = {
        t: imageName, dockerfile, buildargs: build.args, platform: build.platform, target: build.target, networkmode: build.network,
        extrahosts: build.addHosts?.join(","), cachefrom: build.cacheFrom?.images, version: buildKit ? "2" : "1", rm: true, abortSignal: signal,
        ...(auth && (buildKit ? onlyOneRegistry(context.dockerfile, auth) && { authconfig: auth } : { registryconfig: { [auth.serveraddress]: auth } })),
    };
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    await follow(engine, engine.docker.buildImage(tar, given as Docker.ImageBuildOptions), "build");
}

/** Pushes it, and answers with "repository@sha256:…". */
export async function pushImage(engine: Engine, imageName: string, auth: AuthConfig | undefined, signal: AbortSignal): Promise<string> {
    const { repository, tag } = splitTag(imageName);
    const stream = engine.stream(`/images/${repository}/push`, { query: { tag }, auth: auth ?? NOBODY, signal });
    const digest = (await follow(engine, stream, "push")).findLast((event) => event.aux?.Digest)?.aux?.Digest;
    if (!digest) throw new Refusal("NoDigest", `the registry did not tell the digest of ${imageName}`);
    return `${repository}@${digest}`;
}

/** Pulls it, if the engine has it not yet or the registry has a newer one. */
export async function pullImage(engine: Engine, imageName: string, platform: string | undefined, auth: AuthConfig | undefined, signal: AbortSignal): Promise<void> {
    const { repository, tag } = splitTag(imageName);
    const name: Record<string, string> = imageName.includes("@") ? { fromImage: imageName } : { fromImage: repository, tag };
    await follow(engine, engine.stream("/images/create", { query: { ...name, ...(platform && { platform }) }, auth, signal }), "pull");
}

/**
 * The session's credentials answer any registry that a build asks: they are given along only when it asks no other.
 */
export function onlyOneRegistry(dockerfile: string, auth: AuthConfig): boolean {
    return baseImages(readFileSync(dockerfile, "utf8")).every((image) => serverAddress(registryOf(image)) === auth.serveraddress);
}

async function follow({ docker }: Engine, started: Promise<NodeJS.ReadableStream>, what: string): Promise<Event[]> {
    const stream = await started.catch((error: unknown) => Promise.reject(refused(error)));
    const events = await new Promise<Event[]>((resolve, reject) => {
        (docker as Progress).followProgress(stream, (error, all) => (error ? reject(error) : resolve(all)));
    });
    const failure = events.find((event) => event.error ?? event.errorDetail);
    if (!failure) return events;
    const lines = events.flatMap((event) => (event.stream ?? event.status ?? "").split("\n")).map((line) => line.trimEnd()).filter(Boolean);
    const message = failure.errorDetail?.message ?? failure.error;
    throw new Refusal(`${what}Failed`, [message, ...(what === "build" ? lines.slice(-LAST_LINES).map((line) => `  ${line}`) : [])].join("\n"));
}
