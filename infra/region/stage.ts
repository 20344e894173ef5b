import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sourceOf, type SourceFile } from "./source";

/** Folders of a build that nobody asked for that long are taken away. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * Lays a copy of an image's source out for the Docker provider, and gives the copy's folder. The provider hashes every
 * file that it finds, with its whole mode (pulumi-docker provider/provider.go, hashContext): a checkout under another
 * umask, or one with an editor's file in it, would build every image again. The folder's name is a hash of what is in
 * it, so the same source is in the same place on every computer, and no run changes what another one builds.
 */
export function stage(name: string, folder: string, below: string): string {
    const files = sourceOf(folder);
    const place = join(below, `${name}-${hashOf(files)}`);
    mkdirSync(below, { recursive: true });
    if (!holds(place, files)) {
        const next = join(below, `.${name}-${randomBytes(6).toString("hex")}`);
        layOut(next, files, folder);
        rmSync(place, { recursive: true, force: true });
        try {
            renameSync(next, place);
        } catch (error) {
            // Another run was quicker; what it has laid out is the same.
            rmSync(next, { recursive: true, force: true });
            if (!holds(place, files)) throw error;
        }
    }
    const now = new Date();
    utimesSync(place, now, now);
    clear(below, now.getTime());
    return place;
}

function hashOf(files: SourceFile[]): string {
    const sum = createHash("sha256");
    for (const { path, content, mode, link } of files) sum.update(JSON.stringify([path, link ?? mode, link === undefined ? content.length : 0])).update(link === undefined ? content : "");
    return sum.digest("hex").slice(0, 16);
}

/** Whatever the umask of this process: the provider reads the modes, and so does the image. */
function layOut(place: string, files: SourceFile[], folder: string): void {
    make(place);
    for (const { path, content, mode, link } of files) {
        const file = join(place, path);
        make(dirname(file));
        if (link !== undefined) {
            symlinkSync(link, file);
            continue;
        }
        writeFileSync(file, content);
        chmodSync(file, mode);
        // A web server tells a file from the one before by its time.
        const { atime, mtime } = statSync(join(folder, path));
        utimesSync(file, atime, mtime);
    }
}

function make(folder: string): void {
    if (existsSync(folder)) return;
    make(dirname(folder));
    mkdirSync(folder);
    chmodSync(folder, 0o755);
}

/** True when a folder has these files and nothing else. */
function holds(place: string, files: SourceFile[]): boolean {
    if (!existsSync(place)) return false;
    const present = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
    return present.length === files.length && files.every(({ path, content, mode, link }) => {
        const file = join(place, path);
        const stat = lstatSync(file, { throwIfNoEntry: false });
        if (link !== undefined) return stat?.isSymbolicLink() === true && readlinkSync(file) === link;
        return stat?.isFile() === true && (stat.mode & 0o7777) === mode && readFileSync(file).equals(content);
    });
}

function clear(below: string, now: number): void {
    for (const name of readdirSync(below)) {
        const stat = statSync(join(below, name), { throwIfNoEntry: false });
        if (stat && now - stat.mtimeMs > KEPT_MS) rmSync(join(below, name), { recursive: true, force: true });
    }
}
