import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratch } from "../testing/scratch";
// @ts-expect-error plain JavaScript, for it runs before anything is installed
import { take, upToDate } from "./packages.mjs";

function installed(present: string | undefined): string {
    const folder = scratch();
    writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages: { "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "1.0.0", optional: true } } }));
    mkdirSync(join(folder, "node_modules"));
    if (present !== undefined) writeFileSync(join(folder, "node_modules", ".package-lock.json"), present);
    return folder;
}

describe("the packages of a folder", () => {
    it.each([
        ["as the lock file says", '{"packages":{"node_modules/a":{"version":"1.0.0"}}}', true],
        ["of another version", '{"packages":{"node_modules/a":{"version":"0.9.0"}}}', false],
        ["partly there", '{"packages":{}}', false],
        ["cut off by a kill", '{"packages":{"node_mod', false],
        ["never installed", undefined, false],
    ])("%s", (_, present, expected) => expect(upToDate(installed(present))).toBe(expected));
});

describe("the lock of an installation", () => {
    const file = () => join(scratch(), "install.lock");

    it("is held by one", () => {
        const held = file();
        expect([take(held), take(held)]).toEqual([true, false]);
        expect(readdirSync(dirname(held))).toEqual(["install.lock"]);
    });

    it.each(["", "4194305 1", `${process.pid} 1`])("is cleared when nobody holds it: %j", (left) => {
        const dead = file();
        writeFileSync(dead, left);
        expect(take(dead)).toBe(false);
        expect(existsSync(dead)).toBe(false);
        expect(take(dead)).toBe(true);
    });
});
