import { lstatSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { isClutter } from "../../system/clutter";
import { readContext } from "../../system/context";

/** A file that an image is built of, as each checkout of one commit has it. */
export interface SourceFile {
    /** In the folder, with forward slashes. */
    path: string;
    /** Of what a link leads to, if that is a file; else where it leads to. */
    content: Buffer;
    /** Where a link leads to. */
    link?: string;
    mode: 0o644 | 0o755;
    /** True for a file that `.dockerignore` names and that Docker needs all the same. */
    ignored: boolean;
}

/** The files that say what is in a build. Docker sends them to the build even if it ignores them. */
const OF_DOCKER = ["Dockerfile", "Dockerfile.dockerignore", ".dockerignore"];

/**
 * The files that an image is built of. Umask, editor files, file managers and byte-order marks differ between two
 * checkouts of one commit; what is given here does not. Throws when the folder has no Dockerfile.
 */
export function sourceOf(folder: string): SourceFile[] {
    const { files } = readContext(folder, join(folder, "Dockerfile"));
    const beside = OF_DOCKER.filter((name) => !files.includes(name) && statSync(join(folder, name), { throwIfNoEntry: false })?.isFile());
    return [...files.filter((path) => !isClutter(path)), ...beside].sort().map((path) => sourceFile(folder, path, beside.includes(path)));
}

function sourceFile(folder: string, path: string, ignored: boolean): SourceFile {
    const file = join(folder, path);
    const link = lstatSync(file).isSymbolicLink() ? readlinkSync(file) : undefined;
    const stat = statSync(file, { throwIfNoEntry: false });
    const content = stat?.isFile() ? contentOf(file) : Buffer.from(link ?? "");
    return { path, content, mode: (stat?.mode ?? 0) & 0o100 ? 0o755 : 0o644, ignored, ...(link !== undefined && { link }) };
}

const MARK = Buffer.from("\uFEFF");

/** A byte-order mark is part of a text that is data; in JSON and in Docker's files it is an editor's alone. */
function contentOf(file: string): Buffer {
    const content = readFileSync(file);
    const marked = (file.endsWith(".json") || OF_DOCKER.includes(basename(file))) && content.subarray(0, MARK.length).equals(MARK);
    return marked ? content.subarray(MARK.length) : content;
}
