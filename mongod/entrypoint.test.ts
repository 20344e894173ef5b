import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** The entry point's own words about files, with a soft and a hard limit before them; the soft limit after them. */
function softAfter(soft: number, hard: number): number {
    const words = readFileSync(join(__dirname, "entrypoint.sh"), "utf8").split("\n").filter((line) => /ulimit|\$files/.test(line) && !line.startsWith("#"));
    const script = [`ulimit -Sn ${soft}`, `ulimit -Hn ${hard}`, "set -eu", ...words, "ulimit -Sn"].join("\n");
    return Number(spawnSync("sh", ["-c", script]).stdout.toString());
}

it("raises Docker's soft limit of files, as far as its hard limit goes", () => {
    expect([softAfter(1_024, 4_096), softAfter(4_096, 4_096)]).toEqual([4_096, 4_096]);
});

it("asks for no more than MongoDB recommends", () => {
    const words = readFileSync(join(__dirname, "entrypoint.sh"), "utf8");
    expect(words).toContain('if [ "$files" = unlimited ] || [ "$files" -gt 64000 ]; then files=64000; fi');
});
