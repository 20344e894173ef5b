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

it("the version of the app is read after a byte-order mark, too", () => {
    const folder = scratch();
    writeFileSync(join(folder, "package.json"), '\uFEFF{"version":"1.5.0"}');
    expect(versionIn(folder)).toBe("1.5.0");
});

it.each<[string, Record<string, string>, string]>([
    ["alone", { VERSION: "1.5.0\n" }, "1.5.0"],
    ["after a byte-order mark, before lines of Windows", { VERSION: "\uFEFF2.0.0-rc.1\r\n" }, "2.0.0-rc.1"],
    ["beside a package.json without a version", { VERSION: "1.5.0", "package.json": '{"private":true}' }, "1.5.0"],
    ["beside a package.json with a version, which comes first", { VERSION: "1.5.0", "package.json": '{"version":"1.6.0"}' }, "1.6.0"],
])("the version of the app is in a file VERSION: %s", (_, files, version) => {
    const folder = scratch();
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    expect(versionIn(folder)).toBe(version);
});

it("what is no semantic version in VERSION is refused with its file", () => {
    const folder = scratch();
    writeFileSync(join(folder, "VERSION"), "latest\n");
    expect(() => versionIn(folder)).toThrow(`The version in ${join(folder, "VERSION")} is "latest": it must be a semantic one, such as 1.5.0 or 1.5.0-rc.1 (semver.org), without build metadata.`);
});

const refused = (folder: string) => { try { return versionIn(folder); } catch (error) { return error as Error; } };

it.each<[object, string]>([
    [{ version: "1.5" }, '"1.5"'], [{ version: "v1.5.0" }, '"v1.5.0"'], [{ version: "1.5.0+build" }, '"1.5.0+build"'], [{ version: 1 }, "1"], [{}, "missing"],
])("what is no semantic version is refused before anything is made: %j", (content, said) => {
    const folder = folderWith(content);
    const thrown = refused(folder);
    expect(thrown).toBeInstanceOf(RunError);
    expect((thrown as Error).message).toBe(`The version in ${join(folder, "package.json")} is ${said}: it must be a semantic one, such as 1.5.0 or 1.5.0-rc.1 (semver.org), without build metadata.`);
});

it.each<[string, (folder: string) => void, RegExp]>([
    ["is not there", () => undefined, /^The app's version cannot be read from \S+package\.json: it is not there, and neither is a file VERSION\. Set antipode:appFolder to the app's folder, which has a Dockerfile and a package\.json or VERSION, /],
    ["is no JSON", (folder) => writeFileSync(join(folder, "package.json"), "{"), /^The app's version cannot be read from \S+package\.json: Expected property name .*\. Set antipode:appFolder/],
])("a package.json that %s is told with what to do", (_, make, said) => {
    const folder = scratch();
    make(folder);
    expect(refused(folder)).toBeInstanceOf(RunError);
    expect((refused(folder) as Error).message).toMatch(said);
});
