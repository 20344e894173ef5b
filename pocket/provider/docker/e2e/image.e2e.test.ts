import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scratch } from "../../../../testing/scratch";
import { createDocker, type DockerPackage } from "..";
import { Program, type Resource } from "./program";
import { startTestEngine, type TestEngine } from "./testEngine";
import { startTestRegistry, type TestRegistry } from "./testRegistry";

const IMAGE = "docker:index/image:Image";

let project: string;
let engine: TestEngine;
let registry: TestRegistry;
let pack: DockerPackage;
let program: Program;

beforeAll(async () => {
    project = scratch();
    writeFileSync(join(project, "hello"), "one");
    writeFileSync(join(project, ".dockerignore"), "Dockerfile\n");
    writeFileSync(join(project, "Dockerfile"), 'FROM scratch AS app\nARG VERSION\nLABEL version=$VERSION\nCOPY hello /hello\nFROM app AS broken\nCOPY nothing /x\n');
    registry = await startTestRegistry("ci", "hush");
    engine = await startTestEngine();
    pack = createDocker(project);
    program = new Program(pack, { host: engine.host });
}, 120_000);

afterAll(async () => {
    await pack?.close();
    await engine?.stop();
    await registry?.close();
}, 60_000);

const args = (change: object = {}): Record<string, unknown> => ({
    imageName: `${registry.host}/app:1.0.0`,
    build: { context: ".", dockerfile: "Dockerfile", target: "app", args: { VERSION: "1.0.0" }, platform: "linux/amd64" },
    registry: { server: registry.host, username: "ci", password: "hush" },
    ...change,
});

describe.each(["BuilderBuildKit", "BuilderV1"])("an image built by %s", (builderVersion) => {
    let image: Resource;
    const build = (change: object = {}): object => ({ build: { ...(args().build as object), builderVersion, ...change } });

    it("is pushed and known by its digest", async () => {
        image = await program.create(IMAGE, "app", args(build()));
        expect(image.outputs).toMatchObject({
            repoDigest: `${registry.host}/app@${registry.manifests.get("app:1.0.0")}`, baseImageName: `${registry.host}/app:1.0.0`,
            imageName: `${registry.host}/app:1.0.0`, registryServer: registry.host, context: ".", dockerfile: "Dockerfile", platform: "linux/amd64",
        });
        expect(engine.docker("image", "inspect", `${registry.host}/app:1.0.0`, "--format", "{{.Config.Labels.version}}")).toBe("1.0.0");
        expect(program.diff(image, args(build()))).toEqual([]);
        expect(await program.refresh(image)).toEqual(image);
    });

    it("is built again when a file of its context changes, never replaced", async () => {
        writeFileSync(join(project, "hello"), `two of ${builderVersion}`);
        expect(program.diff(image, args(build()))).toEqual([{ path: "build.contextDigest", kind: "update", replace: false }]);
        const { repoDigest } = image.outputs;
        image = await program.update(image, args(build()));
        expect(image.outputs.repoDigest).not.toBe(repoDigest);
        expect(program.diff(image, args({ ...build(), registry: { server: registry.host, username: "ci", password: "new" } }))).toEqual([]);
    });

    it("stays here with skipPush, known by its id", async () => {
        const local = await program.create(IMAGE, "local", { ...args(build()), imageName: "local:1", skipPush: true });
        expect(local.outputs.repoDigest).toBe(engine.docker("image", "inspect", "local:1", "--format", "{{.Id}}"));
        await program.delete(local);
        expect(engine.docker("image", "ls", "-q", "local:1")).not.toBe("");
    });

    it("that cannot be built says what the build said last", async () => {
        await expect(program.create(IMAGE, "broken", args(build({ target: "broken" })))).rejects.toThrow(/nothing/);
    });

    it("is not pushed with a wrong password", async () => {
        await expect(program.create(IMAGE, "denied", args({ ...build(), registry: { server: registry.host, username: "ci", password: "no" } })))
            .rejects.toThrow(/unauthorized|no basic auth|authentication required/i);
    });
});

describe("an image is refused", () => {
    it("without a registry to push to, without a context, with a builder that is none", async () => {
        await expect(program.create(IMAGE, "x", args({ imageName: "app:1" }))).rejects.toThrow("imageName: error: repository name must be canonical");
        await expect(program.create(IMAGE, "x", args({ build: { context: "nowhere" } }))).rejects.toThrow(`build.context: unable to prepare context: path "${project}/nowhere" not found`);
        await expect(program.create(IMAGE, "x", args({ build: { builderVersion: "buildx" } }))).rejects.toThrow("build.builderVersion: invalid Docker Builder version");
    });
});
