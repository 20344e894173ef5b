import { describe, expect, it } from "vitest";
import { checkVersionName } from "./version-name";

describe("the name of a version's service", () => {
    it.each<[string, string[]]>([
        ["1.5.0", []], ["1.5.0", ["1.5.0", "1.4.0"]], ["1.5.0-rc.1", ["1.5.0-rc.2", "1.5.0"]], ["1.5.0-RC.1", ["1.5.0-rc.2"]], [`1.5.0-${"a".repeat(53)}`, []],
    ])("is one of its own: %s beside %j", (version, others) => expect(() => checkVersionName(version, others)).not.toThrow());

    it("has at most 63 characters", () => {
        const version = `1.5.0-${"a".repeat(54)}`;
        expect(() => checkVersionName(version, [])).toThrow(expect.objectContaining({
            code: "VERSION_TOO_LONG", message: `The version ${version} is too long: its service would be called app-1-5-0-${"a".repeat(54)}, which has 64 characters, and a service's name has at most 63.`,
        }));
    });

    it.each([
        ["1.5.0-rc.1", "1.5.0-rc-1"], ["1.5.0-rc-1", "1.5.0-rc.1"], ["1.5.0-RC.1", "1.5.0-rc.1"], ["1.5.0-rc.1", "1.5.0-Rc-1"], ["1.5.0-rc--1", "1.5.0-rc-1"], ["1.5.0-rc-", "1.5.0-rc"], ["1.5.0--", "1.5.0"],
    ])("is not another version's: %s beside %s", (version, other) => {
        expect(() => checkVersionName(version, ["1.4.0", other])).toThrow(expect.objectContaining({
            code: "VERSION_COLLIDES", message: expect.stringMatching(`^The version ${version} cannot stand beside ${other}: both would be the service app-1-5-0`),
        }));
    });
});
