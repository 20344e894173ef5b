// Installs the npm packages of the toolkit, the app and the pilot, and those of bench/ when it runs. Uses nothing but Node, for it runs on a fresh clone.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { lock } from "./lock.mjs";

const all = [".", "app", "pilot"];

/** The packages whose node_modules differ from their lock files. */
export function missing(project, names = all) {
    const packages = names.map((name) => ({ name, folder: join(project, name) })).filter(({ folder }) => existsSync(join(folder, "package-lock.json")));
    return packages.filter(({ folder }) => !upToDate(folder));
}

/** Brings node_modules of each package in line with its lock file, where they differ. Exits with a message when npm fails. */
export async function ensurePackages(project, names = all) {
    if (missing(project, names).length === 0) return;
    await alone(async () => {
        for (const one of missing(project, names)) await install(one);
    });
}

/** npm writes down what it has put into node_modules, as the last thing it does: compare that with the lock file. */
export function upToDate(folder) {
    const present = packagesIn(join(folder, "node_modules", ".package-lock.json"));
    if (!present) return false;
    const wanted = Object.entries(packagesIn(join(folder, "package-lock.json")) ?? {}).filter(([path, entry]) => path !== "" && !entry.optional && !entry.peer);
    return wanted.every(([path, { version, link }]) => path in present && (link || present[path].version === version));
}

/** Undefined where there is no such record, or one that was cut off by a kill. */
function packagesIn(file) {
    try {
        return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")).packages; // an editor may have written a byte-order mark
    } catch {
        return undefined;
    }
}

/** npm ends with pages of usage; what went wrong stands first. */
const beginning = (text) => text.trim().split("\n").slice(0, 10).join("\n");

async function install({ name, folder }) {
    const title = `npm packages of ${name === "." ? "the toolkit" : name}`;
    const began = Date.now();
    const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
    const moving = process.stderr.isTTY;
    const timer = moving && setInterval(() => process.stderr.write(`\r\x1b[K• ${title}  (${seconds()})`), 200);
    if (!moving) process.stderr.write(`• ${title} …\n`);
    const child = spawn("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk) => (said += chunk));
    const code = await new Promise((resolve) => child.once("error", (error) => resolve((said = error.message))).once("close", resolve));
    clearInterval(timer);
    process.stderr.write(`${moving ? "\r\x1b[K" : ""}${code === 0 ? "✔" : "✘"} ${title}  (${seconds()})\n`);
    if (code === 0) return;
    console.error(`PACKAGES_NOT_INSTALLED: \`npm ci\` failed in ${folder}:\n${beginning(said)}\n  Mend what npm names (the network, the registry in .npmrc, room on the disk), then run the command again.`);
    process.exit(1);
}

/** Two commands at once must not both empty node_modules: the second waits for the first. */
async function alone(work) {
    const file = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "antipode", "install.lock");
    const held = await taken(file);
    // npm may end this process from within, by a failure.
    process.once("exit", held.release);
    try {
        await work();
    } finally {
        process.off("exit", held.release);
        held.release();
    }
}

async function taken(file) {
    for (let told = false; ; told = true) {
        const held = lock(file, "install");
        if ("release" in held) return held;
        if (!told) process.stderr.write("• npm packages: another command is installing them …\n");
        await pause(250);
    }
}
