import { describe, expect, it } from "vitest";
import { regionThen, versionWord, wholeNumber } from "./options";

describe("what a user types", () => {
    it.each([["1.5.0", "1.5.0"], ["v1.5.0", "1.5.0"], ["1.5.0-rc.1", "1.5.0-rc.1"]])("is a version: %s", (text, version) => expect(versionWord(text)).toBe(version));

    it.each(["1.5", "latest", "v", "1.5.0+build", "vv1.5.0", ""])("is none: %j", (text) => {
        expect(() => versionWord(text)).toThrow(expect.objectContaining({ code: "VERSION_INVALID", message: `There is no version "${text}" (as it was typed): a version is semantic, such as 1.5.0 or 1.5.0-rc.1.` }));
    });

    it.each<[string | undefined, string | undefined, object]>([
        [undefined, undefined, {}],
        ["us", undefined, { region: "us" }],
        ["1.4.0", undefined, { rest: "1.4.0" }],
        ["v1.4.0", undefined, { rest: "v1.4.0" }],
        ["20261127123456-1.5.0", undefined, { rest: "20261127123456-1.5.0" }],
        ["us", "1.4.0", { region: "us", rest: "1.4.0" }],
        ["uk", "1.4.0", { region: "uk", rest: "1.4.0" }],
    ])("names a region, something of it, or both: %s %s", (first, second, named) => expect(regionThen(first, second)).toEqual(named));

    it("is a number above zero", () => {
        expect(wholeNumber("50")).toBe(50);
        expect(() => wholeNumber("0")).toThrow("It is not a whole number above zero.");
    });
});
