import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { scratch } from "../testing/scratch";
import { helpTexts } from "./commands-page";
import { commandLine } from "./main";

const outcome = (folder: string, words: string[]) => {
    const env = { ...process.env, FORCE_COLOR: undefined, COLUMNS: undefined, XDG_CACHE_HOME: join(folder, "cache") };
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "cli/antipode.mjs"), ...words], { env, encoding: "utf8" });
    return { status, stdout, stderr };
};

describe("help in a fresh checkout", () => {
    let fresh: string;
    beforeAll(() => {
        fresh = scratch();
        for (const folder of ["cli", "system"]) {
            mkdirSync(join(fresh, folder));
            for (const name of ["antipode.mjs", "help.mjs", "help.json", "lock.mjs", "packages.mjs", "identity.mjs"]) {
                if (existsSync(join(__dirname, "..", folder, name))) cpSync(join(__dirname, "..", folder, name), join(fresh, folder, name));
            }
        }
        writeFileSync(join(fresh, "package-lock.json"), JSON.stringify({ packages: { "": {}, "node_modules/a": { version: "1.0.0" } } }));
    });

    // Each starts two processes, and that of the installed checkout takes a second or more.
    it.each([[], ["--help"], ["-h"], ["help"], ["help", "up"], ["up", "--help"], ["up", "cn", "-h"], ["pocket"], ["pocket", "delay", "--help"], ["pocket", "help", "delay"], ["logs", "us", "--help"], ["nonsense", "--help"]].map((words) => ({ words })))(
        "is what it is with packages, and installs none: $words", ({ words }) => {
            expect(outcome(fresh, words)).toEqual(outcome(join(__dirname, ".."), words));
            expect(existsSync(join(fresh, "node_modules"))).toBe(false);
        });

    it("is not what a command behind `--` is asked for", async () => {
        // @ts-expect-error plain JavaScript, for it runs before anything is installed
        const { helpFor } = await import("./help.mjs");
        expect([helpFor(["visit", "us", "--", "curl", "--help"]), helpFor(["pulumi", "--", "--help"]), helpFor(["up"]), helpFor(["help", "nonsense"])]).toEqual([undefined, undefined, undefined, undefined]);
    });

    it("is as the commands have it (else: npx tsx cli/write.ts)", () => {
        expect(JSON.parse(readFileSync(join(__dirname, "help.json"), "utf8"))).toEqual(helpTexts(commandLine()));
    });
});
