import { describe, expect, it } from "vitest";
import { withSettings } from "./arguments";

const given = (line: string) => withSettings(line.split(" "), (stack) => `/s/${stack}`).join(" ");

describe("Pulumi's arguments on the pocket cloud", () => {
    it.each([
        ["up -s us", "up -s us --config-file /s/us"],
        ["--color never preview --diff --stack=cn", "--color never preview --diff --stack=cn --config-file /s/cn"],
        ["config get domain --stack edge", "config get domain --stack edge --config-file /s/edge"],
        ["up --stack us -- --x", "up --stack us --config-file /s/us -- --x"],
        ["stack output -s us", "stack output -s us"],
        ["stack import -s us", "stack import -s us"],
        ["up --help", "up --help"],
        ["up -s us --config-file mine.yaml", "up -s us --config-file mine.yaml"],
    ])("%s", (line, expected) => expect(given(line)).toBe(expected));

    it("need the stack where settings are read", () => {
        expect(() => given("up")).toThrow(expect.objectContaining({ code: "STACK_NOT_NAMED" }));
        expect(() => given("up -s su")).toThrow(expect.objectContaining({ code: "STACK_UNKNOWN" }));
    });
});
