import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { RunError } from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { versionIn } from "./version";

function folderWith(content: object): string {
    const folder = scratch();
    writeFileSync(join(folder, "package.json"), JSON.stringify(content));
    return folder;
}

it.each(["1.5.0", "10.0.0-rc.1"])("the version of the app is what its package.json says: %s", (version) => {
    expect(versionIn(folderWith({ version }))).toBe(version);
});

it.each<[object, string]>([
    [{ version: "1.5" }, '"1.5"'], [{ version: "v1.5.0" }, '"v1.5.0"'], [{ version: "1.5.0+build" }, '"1.5.0+build"'], [{ version: 1 }, "1"], [{}, "missing"],
])("what is no semantic version is refused before anything is made: %j", (content, said) => {
    const folder = folderWith(content);
    const thrown = (() => { try { return versionIn(folder); } catch (error) { return error as Error; } })();
    expect(thrown).toBeInstanceOf(RunError);
    expect((thrown as Error).message).toBe(`The version in ${join(folder, "package.json")} is ${said}: it must be a semantic one, such as 1.5.0 or 1.5.0-rc.1 (semver.org), without build metadata.`);
});
