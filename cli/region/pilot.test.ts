import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../../system/run";
import { scratch } from "../../testing/scratch";
import { pilotLine } from "./pilot";

/** Runs the line with a `docker` that has this pilot and repeats what it is to execute. */
async function asked(pilot: string, words: string[]) {
    const bin = scratch();
    writeFileSync(join(bin, "docker"), `#!/bin/sh\n[ "$1" = ps ] && { printf '%s' '${pilot}'; exit; }\nfor word; do echo "<$word>"; done\n`);
    chmodSync(join(bin, "docker"), 0o755);
    const { code, stdout, stderr } = await run("sh", ["-c", pilotLine(words)], { env: { PATH: `${bin}:${process.env.PATH}` } });
    return [code, stdout.trim().split("\n").join(" "), stderr.trim()];
}

describe("what is asked of a region's pilot", () => {
    it("reaches it word for word", async () => {
        expect(await asked("abc", ["rollback", "it's me", ""])).toEqual([0, "<exec> <abc> <node> <dist/pilot.js> <rollback> <it's me> <>", ""]);
    });

    it("has to have a pilot to ask", async () => {
        expect(await asked("", ["events"])).toEqual([1, "", "No pilot runs here: npx antipode logs <region> pilot"]);
    });
});
