import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratch } from "../testing/scratch";

/** Takes the lock again and again, writes down when it has it and when no more, and kills itself with it in the end. */
const TAKER = `
import { appendFileSync } from "node:fs";
import { lock } from ${JSON.stringify(join(__dirname, "lock.mjs"))};
const [file, log] = process.argv.slice(-2);
let times = 0;
while (times < 40) {
    const held = lock(file, "race");
    if (!("release" in held)) continue;
    appendFileSync(log, process.pid + " in\\n");
    appendFileSync(log, process.pid + " out\\n");
    if (++times < 40) held.release();
}
process.kill(process.pid, "SIGKILL");
`;

it("is held by one at a time, whoever is killed with it", async () => {
    const folder = scratch();
    const [file, log] = [join(folder, "race.lock"), join(folder, "log")];
    writeFileSync(file, "4194305 1");
    writeFileSync(log, "");
    await Promise.all(Array.from({ length: 4 }, () => new Promise((resolve) => {
        spawn(process.execPath, ["--input-type=module", "-e", TAKER, file, log], { stdio: "ignore" }).once("close", resolve);
    })));
    const lines = readFileSync(log, "utf8").trim().split("\n");
    expect(lines).toHaveLength(4 * 40 * 2);
    const pairs = Array.from({ length: lines.length / 2 }, (_, at) => lines.slice(at * 2, at * 2 + 2));
    expect(pairs.filter(([first, second]) => first!.replace(" in", "") !== second!.replace(" out", ""))).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(["log", "race.lock"]);
}, 60_000);
