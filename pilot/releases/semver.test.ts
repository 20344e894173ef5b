import { describe, expect, it } from "vitest";
import { compareVersions, isLabel, isVersion } from "./semver";

describe("a version", () => {
    it("is older or newer as semver says", () => {
        expect(["1.0.0", "1.0.0-rc.2", "1.0.0-rc.10", "0.9.9", "1.0.1"].sort(compareVersions)).toEqual([
            "0.9.9", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0", "1.0.1",
        ]);
    });

    it.each([
        // semver.org, 11: identifiers of digits alone are compared as numbers, others by ASCII, and numbers come first.
        [["1.0.0-rc.1", "1.0.0-beta.11", "1.0.0-beta.2", "1.0.0-beta", "1.0.0-alpha.beta", "1.0.0-alpha.1", "1.0.0-alpha"], ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1"]],
        [["1.0.0-rc10", "1.0.0-rc2", "1.0.0-Beta", "1.0.0-alpha"], ["1.0.0-Beta", "1.0.0-alpha", "1.0.0-rc10", "1.0.0-rc2"]],
        [["1.0.0-02", "1.0.0-1", "01.0.0"], ["1.0.0-1", "1.0.0-02", "01.0.0"]],
    ])("%j has its place among others", (texts, sorted) => expect([...texts].sort(compareVersions)).toEqual(sorted));

    it.each([["1.0.0", true], ["1.0.0-rc.1", true], ["v1.0.0", false], ["1.0", false], ["1.0.0+build", false], ["latest", false], ["", false], ["01.0.0", false], ["1.0.0-01", false], ["1.0.0-rc..1", false], ["1.0.0-", false], [" 1.0.0", false], ["=1.0.0", false], ["99999999999999999999.0.0", false], ["1.0.0-RC.1", true]])("%j is one: %s", (text, is) => {
        expect(isVersion(text)).toBe(is);
    });

    it.each([["1.0.0", true], ["1.0.0-01", true], ["1.0.0-rc..1", true], ["latest", false], ["", false]])("%j is read from a label: %s", (text, is) => expect(isLabel(text)).toBe(is));
});
