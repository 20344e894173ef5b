import { inspect, stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";
import { shorten } from "./failure";

const frames = ["at us (/project/stacks/us.ts:34:20)", "at async Stack.init (/project/node_modules/@pulumi/resource.ts:1598:22)", "at async main (/project/stacks/index.ts:3:1)"];
const failure = (message: string, options?: ErrorOptions) => Object.assign(new Error(message, options), { stack: [`Error: ${message}`, ...frames.map((frame) => `    ${frame}`)].join("\n") });

it("leaves of a failure's frames the program's own, of its cause too, so that it can be printed", () => {
    const thrown = failure("no such version", { cause: failure("no such file") });
    shorten(thrown);
    expect(stripVTControlCharacters(inspect(thrown, { colors: true }))).toBe(
        [
            "Error: no such version", "    at us (/project/stacks/us.ts:34:20)", "    at async main (/project/stacks/index.ts:3:1) {",
            "  [cause]: Error: no such file", "      at us (/project/stacks/us.ts:34:20)", "      at async main (/project/stacks/index.ts:3:1)", "}",
        ].join("\n"),
    );
});

it("leaves alone what is no error, and what has no stack", () => {
    const bare = Object.assign(new Error("bare"), { stack: undefined });
    for (const thrown of ["a text", undefined, bare]) shorten(thrown);
    expect(bare.stack).toBe(undefined);
});
