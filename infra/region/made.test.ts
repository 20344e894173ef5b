import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { checkSameImage, checkUnchanged, keptBeside, madeHash, ordinalOf, sourceHash, type MadeVersion } from "./made";

const made = (version: string, ordinal: number): MadeVersion => ({ version, image: "", hash: "", secrets: [], ordinal });
const six = ["1.0.0", "1.1.0", "1.0.1", "1.2.0", "1.3.0", "2.0.0"].map((version, index) => made(version, index + 1));

describe("versions that were made", () => {
    it("are kept, the last four beside the one of the source, whatever their numbers", () => {
        const kept = (current: string) => keptBeside(six, current).map(({ version }) => version);
        expect([kept("3.0.0"), kept("2.0.0"), kept("1.0.0")]).toEqual([
            ["2.0.0", "1.3.0", "1.2.0", "1.0.1"], ["1.3.0", "1.2.0", "1.0.1", "1.1.0"], ["2.0.0", "1.3.0", "1.2.0", "1.0.1"],
        ]);
    });

    it("have places in the order in which they were made", () => {
        expect([ordinalOf([], "1.0.0"), ordinalOf(six, "1.0.1"), ordinalOf(six, "3.0.0")]).toEqual([1, 3, 7]);
    });

    it("are refused when the same number stands for something else", () => {
        const before = [{ ...made("1.0.0", 1), hash: "made" }];
        expect(() => checkUnchanged("1.0.0", "made", before)).not.toThrow();
        expect(() => checkUnchanged("1.0.1", "other", before)).not.toThrow();
        expect(() => checkUnchanged("1.0.0", "other", before)).toThrow(/^Version 1\.0\.0 of the app is made already, and its source or its settings have changed since: raise the version in the app's package\.json or VERSION\. /);
    });

    it("are refused when the other region has another image of that number", () => {
        const there = [{ ...made("1.0.0", 1), image: "registry.cn/app@sha256:aa" }];
        expect(() => checkSameImage("1.0.0", "registry.us/app@sha256:aa", there)).not.toThrow();
        expect(() => checkSameImage("1.0.1", "registry.us/app@sha256:bb", there)).not.toThrow();
        expect(() => checkSameImage("1.0.0", "registry.us/app@sha256:bb", there)).toThrow(/^Version 1\.0\.0 of the app is sha256:bb here and sha256:aa in another region: it was built twice\./);
    });

    it("differ by each file of the image and by each thing that they are given, and by nothing else", () => {
        const folder = scratch();
        const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
        write("Dockerfile", "FROM scratch");
        write(".dockerignore", "**/*.test.ts");
        mkdirSync(join(folder, "http"));
        write("http/server.ts", "one");
        const first = sourceHash(folder);
        write("http/server.test.ts", "a test");
        expect(sourceHash(folder)).toBe(first);
        write("http/server.ts", "two");
        expect(sourceHash(folder)).not.toBe(first);
        expect(new Set([madeHash("a", { B: "c" }), madeHash("b", { B: "c" }), madeHash("a", { B: "d" }), madeHash("a", { C: "c" })]).size).toBe(4);
    });
});
