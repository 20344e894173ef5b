import { describe, expect, it } from "vitest";
import { compareVersions, isVersion } from "./semver";

describe("a version", () => {
    it("is older or newer as semver says", () => {
        expect(["1.0.0", "1.0.0-rc.2", "1.0.0-rc.10", "0.9.9", "1.0.1"].sort(compareVersions)).toEqual([
            "0.9.9", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0", "1.0.1",
        ]);
    });

    it.each([["1.0.0", true], ["1.0.0-rc.1", true], ["v1.0.0", false], ["1.0", false], ["1.0.0+build", false], ["latest", false], ["", false]])("%j is one: %s", (text, is) => {
        expect(isVersion(text)).toBe(is);
    });
});
