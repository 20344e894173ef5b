import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { startOf } from "../system/identity";
import { until } from "../system/until";
import { scratch } from "../testing/scratch";

/** An npm that says when it begins and ends, and brings node_modules in line with the lock file. */
const NPM = `#!/bin/sh
echo "begins $PPID" >> "$LOG"
while [ -e "$LOG.wait" ]; do sleep 0.05; done
mkdir -p node_modules && cp package-lock.json node_modules/.package-lock.json
echo "ends $PPID" >> "$LOG"
`;

let root: string;
let file: string;
beforeEach(() => {
    root = scratch();
    for (const folder of ["bin", "project", "cache/antipode"]) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, "bin/npm"), NPM);
    chmodSync(join(root, "bin/npm"), 0o755);
    writeFileSync(join(root, "project/package-lock.json"), JSON.stringify({ packages: { "": {}, "node_modules/a": { version: "1.0.0" } } }));
    writeFileSync(join(root, "log"), "");
    file = join(root, "cache/antipode/install.lock");
});

const log = () => readFileSync(join(root, "log"), "utf8").trim().split("\n").filter(Boolean);

/** A process that installs, and then goes on for as long as its input is open. */
function installing() {
    const script = `import { ensurePackages } from ${JSON.stringify(join(__dirname, "packages.mjs"))}; await ensurePackages(${JSON.stringify(join(root, "project"))}, ["."]); console.log("installed"); process.stdin.resume();`;
    const env = { ...process.env, PATH: `${join(root, "bin")}${delimiter}${process.env.PATH}`, LOG: join(root, "log"), XDG_CACHE_HOME: join(root, "cache") };
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { env, stdio: ["pipe", "pipe", "ignore"] });
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk));
    const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
    return { child, installed: async () => until(async () => said.includes("installed") || undefined, 20_000), end: () => (child.stdin.end(), ended) };
}

describe("the lock of an installation", () => {
    it("is one's own alone to take away, also for a process that ends later", async () => {
        const one = installing();
        await one.installed();
        expect(existsSync(file)).toBe(false);
        const others = JSON.stringify({ pid: process.pid, started: startOf(process.pid), purpose: "install", since: "" });
        writeFileSync(file, others);
        await one.end();
        expect(readFileSync(file, "utf8")).toBe(others);
    });

    it("lets one install after another, over the lock of a process that is gone", async () => {
        writeFileSync(file, "4194305 1");
        const all = Array.from({ length: 4 }, installing);
        await Promise.all(all.map((one) => one.installed()));
        await Promise.all(all.map((one) => one.end()));
        // The first one installs; those that waited for it find that all is there.
        expect(log()).toEqual([`begins ${log()[0]?.split(" ")[1]}`, `ends ${log()[0]?.split(" ")[1]}`]);
        expect(readdirSync(join(root, "cache/antipode"))).toEqual([]);
    });

    it("is respected where a command of an earlier version holds it", async () => {
        writeFileSync(file, `${process.pid} ${startOf(process.pid)}`);
        const one = installing();
        expect(await until(async () => log().length > 0 || undefined, 1_500)).toBeUndefined();
        writeFileSync(file, "4194305 1");
        await one.installed();
        await one.end();
    });
});
