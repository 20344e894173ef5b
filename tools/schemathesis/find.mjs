#!/usr/bin/env node
/**
 * Finds schemathesis (PyPI), which tries an interface with what its OpenAPI document allows and what it does not: in the
 * cache, into which pip installs it when it is not there yet.
 *
 * Into a folder of its own (`pip install --target`) and not into a virtual environment, for many a Python lacks `ensurepip`.
 * The versions in requirements.txt are those of all of its packages, so that a run tries the same everywhere.
 *
 * As a program it prints the folder on stdout and its progress on stderr. The folder belongs into PYTHONPATH; the program
 * is then `python3 -m schemathesis.cli`.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

const REQUIREMENTS = fileURLToPath(new URL("requirements.txt", import.meta.url));
const DOWNLOAD_MS = 10 * 60_000;

/**
 * The folder of schemathesis and of all that it needs.
 * @param {(line: string) => void} progress told what takes long: the download (about 25 MB)
 * @returns {Promise<string>}
 * @throws when there is no Python with pip, or pip cannot get a package
 */
export async function findSchemathesis(progress = () => {}) {
    // Some packages are compiled for one Python.
    const { stdout } = await run("python3", ["-c", "import sysconfig; print(sysconfig.get_platform(), sysconfig.get_python_version())"]);
    const key = createHash("sha256").update(stdout).update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 12);
    const parent = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "antipode", "schemathesis");
    const folder = join(parent, key);
    if (!existsSync(folder)) await install(parent, folder, progress);
    return folder;
}

async function install(parent, folder, progress) {
    mkdirSync(parent, { recursive: true });
    // Beside the target, so that the last step is a rename: two finders at once both succeed, and a killed one leaves no half folder.
    const work = mkdtempSync(join(parent, "install-"));
    try {
        progress("schemathesis: downloading");
        const pip = ["-m", "pip", "install", "--quiet", "--only-binary=:all:", "--disable-pip-version-check", "--root-user-action=ignore"];
        await run("python3", [...pip, "--target", work, "--requirement", REQUIREMENTS], { timeout: DOWNLOAD_MS });
        await run("python3", ["-m", "schemathesis.cli", "--version"], { env: { ...process.env, PYTHONPATH: work } });
        renameSync(work, folder);
        progress(`schemathesis: ready at ${folder}`);
    } catch (error) {
        // Another finder was first; a folder is not renamed onto one that is not empty.
        if (!existsSync(folder)) throw error;
    } finally {
        rmSync(work, { recursive: true, force: true });
    }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
    findSchemathesis((line) => process.stderr.write(`${line}\n`)).then(
        (folder) => process.stdout.write(`${folder}\n`),
        (error) => {
            process.stderr.write(`schemathesis: ${error.stderr || error.message}\n`);
            process.exitCode = 1;
        },
    );
}
