import { describe, expect, it } from "vitest";
import { parseStacks } from "./names";

describe("the stacks asked for", () => {
    it("are all when none is named", () => expect(parseStacks([])).toEqual(["cn", "us", "edge"]));
    it("come up in their own order, each once", () => expect(parseStacks(["edge", "cn", "edge"])).toEqual(["cn", "edge"]));
    it("are refused when unknown, with the nearest", () => {
        expect(() => parseStacks(["egde"])).toThrow(expect.objectContaining({ code: "STACK_UNKNOWN", remedy: expect.stringContaining("edge") }));
    });
});
