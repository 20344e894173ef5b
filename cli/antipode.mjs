#!/usr/bin/env node
// Installs what the toolkit needs, then runs it. Uses nothing but Node, for it is what runs on a fresh clone.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const project = join(dirname(fileURLToPath(import.meta.url)), "..");
const needed = [20, 19];

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
    console.error(`NODE_TOO_OLD: This is Node ${process.versions.node}.\n  Install Node ${needed.join(".")} or newer (nodejs.org), then run the command again.`);
    process.exit(1);
}

const packages = [".", "app", "pilot"].map((name) => ({ name, folder: join(project, name) })).filter(({ folder }) => existsSync(join(folder, "package-lock.json")));

/** npm writes down what it has put into node_modules, as the last thing it does: compare that with the lock file. */
function upToDate(folder) {
    const read = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
    const record = join(folder, "node_modules", ".package-lock.json");
    if (!existsSync(record)) return false;
    const present = read(record);
    const wanted = Object.entries(read(join(folder, "package-lock.json"))).filter(([path, entry]) => path !== "" && !entry.optional && !entry.peer);
    return wanted.every(([path, { version, link }]) => path in present && (link || present[path].version === version));
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
    if (code !== 0) {
        console.error(`PACKAGES_NOT_INSTALLED: \`npm ci\` failed in ${folder}:\n${beginning(said)}\n  Mend what npm names (the network, the registry in .npmrc, room on the disk), then run the command again.`);
        process.exit(1);
    }
}

/** Two commands at once must not both empty node_modules: the second waits for the first. */
async function alone(work) {
    const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "antipode");
    const file = join(folder, "install.lock");
    mkdirSync(folder, { recursive: true });
    for (;;) {
        try {
            writeFileSync(file, String(process.pid), { flag: "wx" });
            break;
        } catch (error) {
            if (error.code !== "EEXIST") throw error;
        }
        const holder = Number(readFileSync(file, "utf8"));
        try {
            process.kill(holder, 0);
            await pause(250);
        } catch (error) {
            if (error.code === "ESRCH") rmSync(file, { force: true });
        }
    }
    process.once("exit", () => rmSync(file, { force: true }));
    await work();
    rmSync(file, { force: true });
}

if (!packages.every(({ folder }) => upToDate(folder))) {
    await alone(async () => {
        for (const one of packages) if (!upToDate(one.folder)) await install(one);
    });
}

// In this very process: no second one to pass signals, input and exit status to.
const require = createRequire(import.meta.url);
require("tsx/cjs/api").register();
require("./main.ts").main();
