import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, readdirSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import dockerIgnore from "@balena/dockerignore";

/** What a build sends to the engine. */
export interface BuildContext {
    /** Absolute. */
    directory: string;
    dockerfile: string;
    /** Paths in the directory with forward slashes, in order; neither ignored files nor directories. */
    files: string[];
}

/**
 * The files of a build, `.dockerignore` respected; a `<Dockerfile>.dockerignore` beside the Dockerfile comes before it.
 * Throws when the directory or the Dockerfile is not there.
 */
export function readContext(directory: string, dockerfile: string): BuildContext {
    if (!existsSync(directory) || !lstatSync(directory).isDirectory()) throw new Error(`unable to prepare context: path "${directory}" not found`);
    if (!existsSync(dockerfile)) throw new Error(`unable to hash build context: could not open dockerfile at path ${dockerfile}: no such file or directory`);
    const rules = [join(dirname(dockerfile), `${basename(dockerfile)}.dockerignore`), join(directory, ".dockerignore")].find((file) => existsSync(file));
    const ignored = dockerIgnore({ ignorecase: false }).add(rules ? readFileSync(rules, "utf8") : "");
    return { directory, dockerfile, files: walk(directory, "").filter((file) => !ignored.ignores(file)).sort() };
}

/**
 * Changes with the Dockerfile and with the name, mode and content of every file; hexadecimal SHA-256. As the real plug-in
 * has it (pulumi-docker provider/provider.go, hashPath): a link counts by what it leads to at last. Throws for one that leads nowhere.
 */
export function contextDigest({ directory, dockerfile, files }: BuildContext): string {
    const sum = createHash("sha256").update(readFileSync(dockerfile));
    for (const file of files) {
        const path = join(directory, file);
        const stat = lstatSync(path);
        const content = stat.isSymbolicLink() ? Buffer.from(evaluated(directory, file)) : readFileSync(path);
        sum.update(`${file}\0${stat.mode.toString(8)}\0${createHash("sha256").update(content).digest("hex")}\0`);
    }
    return sum.digest("hex");
}

function evaluated(directory: string, file: string): string {
    try {
        return relative(realpathSync(directory), realpathSync(join(directory, file)));
    } catch (error) {
        throw new Error(`unable to hash build context: error while hashing "${file}": could not evaluate symlink at ${join(directory, file)}: ${(error as Error).message}`);
    }
}

function walk(root: string, at: string): string[] {
    return readdirSync(join(root, at), { withFileTypes: true }).flatMap((entry) => {
        const path = at ? `${at}/${entry.name}` : entry.name;
        return entry.isDirectory() ? walk(root, path) : entry.isFile() || entry.isSymbolicLink() ? [path] : [];
    });
}
