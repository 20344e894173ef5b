import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { contextDigest, readContext } from "../../system/context";
import { scratch } from "../../testing/scratch";
import { sourceHash } from "./made";
import { sourceOf } from "./source";
import { stage } from "./stage";

const files = {
    Dockerfile: "FROM scratch\nCOPY . /\n", ".dockerignore": "Dockerfile\n**/*.test.ts\n", "package.json": '{ "version": "1.0.0" }', "entrypoint.sh": "#!/bin/sh\n",
    "http/server.ts": "one", "http/server.test.ts": "a test", "data.csv": "\uFEFFa;b",
};

/** A checkout of one commit, made under a umask. */
function checkout(umask = 0o022): string {
    const folder = join(scratch(), "app");
    const before = process.umask(umask);
    try {
        for (const [name, text] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), text, { mode: name.endsWith(".sh") ? 0o777 : 0o666 });
        }
        symlinkSync("server.ts", join(folder, "http/link.ts"));
    } finally {
        process.umask(before);
    }
    return folder;
}

let below: string;
beforeEach(() => void (below = join(scratch(), "contexts")));

/** What the provider is given, and what it makes of it. */
function given(folder: string): [hash: string, place: string, digest: string] {
    const place = stage("app", folder, below);
    return [sourceHash(folder), place, contextDigest(readContext(place, join(place, "Dockerfile")))];
}

describe("two checkouts of one commit are one source", () => {
    const commit = () => given(checkout());

    it.each([0o002, 0o027, 0o077])("under umask %o", (umask) => expect(given(checkout(umask))).toEqual(commit()));

    it.each([
        ".DS_Store", "http/.DS_Store", "._Dockerfile", "Thumbs.db", "http/server.ts~", "http/.server.ts.swp", "http/.server.ts.swo", "#server.ts#", "http/server.ts.orig",
        "http/server.ts.rej", "http/server.ts.bak", "4913", ".idea/workspace.xml", ".vscode/settings.json",
    ])("with %s in it", (name) => {
        const folder = checkout();
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), "clutter");
        expect(given(folder)).toEqual(commit());
    });

    it("with the lock of an Emacs in it, a link that leads nowhere", () => {
        const folder = checkout();
        symlinkSync("ada@laptop.4711:1", join(folder, "http/.#server.ts"));
        expect(given(folder)).toEqual(commit());
    });

    it.each(["package.json", "Dockerfile", ".dockerignore"] as const)("with a byte-order mark in %s", (name) => {
        const folder = checkout();
        writeFileSync(join(folder, name), `\uFEFF${files[name]}`);
        expect(given(folder)).toEqual(commit());
    });

    it("with other times", () => {
        const folder = checkout();
        utimesSync(join(folder, "http/server.ts"), 1e9, 1e9);
        expect(given(folder)).toEqual(commit());
    });
});

describe("another source", () => {
    it.each<[string, (folder: string) => void]>([
        ["a content", (folder) => writeFileSync(join(folder, "http/server.ts"), "two")],
        ["a file", (folder) => writeFileSync(join(folder, "http/other.ts"), "")],
        ["a mark in a file that is data", (folder) => writeFileSync(join(folder, "data.csv"), "a;b")],
        ["a link's content", (folder) => writeFileSync(join(folder, "http/server.ts"), "three")],
    ])("is one with %s of its own", (_, change) => {
        const [one, other] = [given(checkout()), checkout()];
        change(other);
        given(other).forEach((value, index) => expect(value).not.toBe(one[index]));
    });

    it("is built anew for a file that may be run, and is the same version", () => {
        const folder = checkout();
        const before = given(folder);
        chmodSync(join(folder, "http/server.ts"), 0o755);
        const after = given(folder);
        expect([after[0] === before[0], after[1] === before[1], after[2] === before[2]]).toEqual([true, false, false]);
    });

    it("is none for a test", () => {
        const folder = checkout();
        const before = given(folder);
        writeFileSync(join(folder, "http/server.test.ts"), "another test");
        expect(given(folder)).toEqual(before);
    });
});

describe("the hash of a source", () => {
    it("is the one that stacks hold of versions that they made before", () => {
        expect(sourceHash(checkout())).toBe("0ae40f8bffda1b92743f08291f6ecdfc5306b8576635306e5193a1aa45a50f69");
    });
});

describe("the copy that the provider builds", () => {
    it("has what Docker needs, and no mode of the checkout's", () => {
        const place = stage("app", checkout(0o077), below);
        const modes = Object.fromEntries(sourceOf(place).map(({ path }) => [path, (statSync(join(place, path)).mode & 0o7777).toString(8)]));
        expect(modes).toEqual({ ".dockerignore": "644", Dockerfile: "644", "data.csv": "644", "entrypoint.sh": "755", "http/link.ts": "644", "http/server.ts": "644", "package.json": "644" });
        expect([place, join(place, "http")].map((folder) => (statSync(folder).mode & 0o7777).toString(8))).toEqual(["755", "755"]);
    });

    it("keeps the times of the files, by which web servers know them", () => {
        const folder = checkout();
        utimesSync(join(folder, "data.csv"), 1e9, 1e9);
        expect(statSync(join(stage("app", folder, below), "data.csv")).mtimeMs).toBe(1e12);
    });

    it("is laid out again when something came into it or went from it", () => {
        const folder = checkout();
        const place = stage("app", folder, below);
        writeFileSync(join(place, ".DS_Store"), "");
        writeFileSync(join(place, "http/server.ts"), "spoiled");
        expect(stage("app", folder, below)).toBe(place);
        expect(readdirSync(place)).not.toContain(".DS_Store");
        expect(readFileSync(join(place, "http/server.ts"), "utf8")).toBe("one");
        expect(readdirSync(below)).toEqual([basename(place)]);
    });

    it("is taken away when nobody has asked for it in a day", () => {
        const old = stage("app", checkout(), below);
        cpSync(old, `${old}0`, { recursive: true });
        utimesSync(`${old}0`, 1e9, 1e9);
        stage("app", checkout(), below);
        expect(readdirSync(below)).toEqual([basename(old)]);
    });
});
