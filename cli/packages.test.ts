import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratch } from "../testing/scratch";
// @ts-expect-error plain JavaScript, for it runs before anything is installed
import { upToDate } from "./packages.mjs";

function installed(present: string | undefined): string {
    const folder = scratch();
    writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages: { "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "1.0.0", optional: true } } }));
    mkdirSync(join(folder, "node_modules"));
    if (present !== undefined) writeFileSync(join(folder, "node_modules", ".package-lock.json"), present);
    return folder;
}

describe("the packages of a folder", () => {
    it("are told from a lock file with a byte-order mark, too", () => {
        const folder = installed('{"packages":{}}');
        const file = join(folder, "package-lock.json");
        writeFileSync(file, `\uFEFF${readFileSync(file, "utf8")}`);
        expect(upToDate(folder)).toBe(false);
    });

    it.each([
        ["as the lock file says", '{"packages":{"node_modules/a":{"version":"1.0.0"}}}', true],
        ["of another version", '{"packages":{"node_modules/a":{"version":"0.9.0"}}}', false],
        ["partly there", '{"packages":{}}', false],
        ["cut off by a kill", '{"packages":{"node_mod', false],
        ["never installed", undefined, false],
    ])("%s", (_, present, expected) => expect(upToDate(installed(present))).toBe(expected));
});
