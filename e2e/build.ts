import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { pocketSettings } from "../cli/paths";
import { buildArguments } from "../infra/region/base-images";
import { dockerHost } from "../pocket/engine/engine";
import { Engine } from "../pocket/provider/docker/engine/engine";
import { buildImage } from "../pocket/provider/docker/image/build";
import { readContext } from "../system/context";

/**
 * Builds an app's image as the program will, so that its layers are there: a test whose visitors share two CPUs with the
 * build would see what the build does to them, and no operator builds on the machine that serves.
 * @returns the folder
 */
export async function built(folder: string): Promise<string> {
    const { config } = parse(readFileSync(pocketSettings("us"), "utf8")) as { config: Record<string, string | undefined> };
    const args = buildArguments({ imageMirror: config["antipode:imageMirror"] ?? "docker.io/library", npmRegistry: config["antipode:npmRegistry"] });
    const engine = new Engine(dockerHost);
    try {
        const build = { args, platform: "linux/amd64", network: "host", builderVersion: "BuilderBuildKit" };
        await buildImage(engine, { imageName: "antipode/built-before:1", build } as Parameters<typeof buildImage>[1], readContext(folder, join(folder, "Dockerfile")), undefined, new AbortController().signal);
    } finally {
        await engine.close();
    }
    return folder;
}
