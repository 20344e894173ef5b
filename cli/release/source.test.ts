import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratch } from "../../testing/scratch";
import { quiet, statusWith } from "./fixture";
import { dueIn, sourceVersion, strategyWord } from "./source";

function projectWith(version: unknown, settings?: string): [string, string] {
    const root = scratch();
    for (const folder of ["app", "other"]) mkdirSync(join(root, folder));
    writeFileSync(join(root, "app", "package.json"), JSON.stringify({ version }));
    writeFileSync(join(root, "other", "package.json"), JSON.stringify({ version: "9.0.0" }));
    if (settings !== undefined) writeFileSync(join(root, "Pulumi.us.yaml"), settings);
    return [join(root, "Pulumi.us.yaml"), root];
}

describe("the version that is to be released", () => {
    it.each([[undefined, "1.5.0"], ["", "1.5.0"], ["config:\n  antipode:domain: yourapp.test\n", "1.5.0"], ["config:\n  antipode:appFolder: other\n", "9.0.0"]])("is in the app's folder by the settings %j: %s", (settings, version) => {
        expect(sourceVersion(...projectWith("1.5.0", settings))).toBe(version);
    });

    it("is in VERSION if there is no package.json", () => {
        const [file, root] = projectWith("1.5.0", "config:\n  antipode:appFolder: own\n");
        mkdirSync(join(root, "own"));
        expect(() => sourceVersion(file, root)).toThrow(expect.objectContaining({ code: "VERSION_INVALID", message: expect.stringContaining("(own/package.json)") }));
        writeFileSync(join(root, "own", "VERSION"), "2.0.0\n");
        expect(sourceVersion(file, root)).toBe("2.0.0");
        writeFileSync(join(root, "own", "VERSION"), "v2\n");
        expect(() => sourceVersion(file, root)).toThrow(expect.objectContaining({ code: "VERSION_INVALID", message: expect.stringContaining("(own/VERSION)") }));
    });

    it.each(["1.5", "v1.5.0", undefined, 5])("has to be one: %j", (version) => {
        expect(() => sourceVersion(...projectWith(version))).toThrow(expect.objectContaining({ code: "VERSION_INVALID", message: expect.stringContaining("(app/package.json)") }));
    });

    const about = { region: "us", target: "us" };
    it("is due where it is unknown, and not where it serves", () => {
        expect([dueIn("1.6.0", quiet, about), dueIn("1.4.0", quiet, about)]).toEqual(["due", "serves"]);
    });

    it.each<[string, Parameters<typeof statusWith>[0]]>([
        ["all visitors have", { phase: "full", step: 2 }],
        ["all visitors have while it is paused", { phase: "full", step: 2, paused: "by ada" }],
        ["is a rollback on its way", { phase: "starting", strategy: { weights: [100], windowSeconds: 0 } }],
    ])("is due beside a release that %s", (_, release) => {
        expect([dueIn("1.6.0", statusWith(release), about), dueIn("1.5.0", statusWith(release, { serving: "1.5.0" }), about)]).toEqual(["due", "serves"]);
    });

    it.each([
        ["was made before", "1.3.0", quiet, "VERSION_MADE", "Version 1.3.0, which the source has, was made in us already, and does not serve there."],
        ["another has its service's name", "1.3.0-", quiet, "VERSION_COLLIDES", "The version 1.3.0- cannot stand beside 1.3.0: both would be the service app-1-3-0, because a service's name has neither dots nor upper case."],
        ["its service's name is too long", `1.6.0-${"a".repeat(60)}`, quiet, "VERSION_TOO_LONG", expect.stringMatching(/^The version 1\.6\.0-a{60} is too long: /)],
        ["another is under way", "1.6.0", statusWith(), "RELEASE_UNDER_WAY", "The release of 1.5.0 is under way."],
        ["it is under way", "1.5.0", statusWith(), "RELEASE_UNDER_WAY", "The release of 1.5.0 is under way."],
    ])("is refused where %s", (_, version, status, code, message) => {
        expect(() => dueIn(version, status, about)).toThrow(expect.objectContaining({ code, message }));
    });
});

describe("the strategy", () => {
    it.each([[undefined, undefined], ["", undefined], ["high", "high"], ["20,60,100", "20,60,100"]])("%j is %j", (text, strategy) => expect(strategyWord(text)).toBe(strategy));

    it.each([
        ["brave", 'The strategy is of no use: "brave" is neither one of low, medium, high, routine nor a list of weights such as 20,60,100.'],
        ["10,50", "The strategy is of no use: the weights 10, 50 do not rise from above 0 to 100."],
        ["50,10,100", "The strategy is of no use: the weights 50, 10, 100 do not rise from above 0 to 100."],
        ["0,100", "The strategy is of no use: the weights 0, 100 do not rise from above 0 to 100."],
    ])("%s is refused", (text, message) => expect(() => strategyWord(text)).toThrow(expect.objectContaining({ code: "STRATEGY_INVALID", message })));
});
