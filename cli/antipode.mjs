#!/usr/bin/env node
// Installs what the toolkit needs, then runs it. Uses nothing but Node, for it is what runs on a fresh clone.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { helpFor } from "./help.mjs";
import { ensurePackages, missing } from "./packages.mjs";

const needed = [20, 19];
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
    console.error(`NODE_TOO_OLD: This is Node ${process.versions.node}.\n  Install Node ${needed.join(".")} or newer (nodejs.org), then run the command again.`);
    process.exit(1);
}

const project = join(dirname(fileURLToPath(import.meta.url)), "..");
const help = missing(project).length > 0 ? helpFor(process.argv.slice(2)) : undefined;
if (help) {
    (help.status === 0 ? process.stdout : process.stderr).write(help.text);
    process.exitCode = help.status;
} else {
    await ensurePackages(project);
    // In this very process: no second one to pass signals, input and exit status to.
    const require = createRequire(import.meta.url);
    require("tsx/cjs/api").register();
    require("./main.ts").main();
}
