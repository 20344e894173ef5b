import { describe, expect, it } from "vitest";
import { standing } from "./standing";

describe("what stands on a stack", () => {
    it("is named in the order in which it must go", () => {
        expect(standing([{ name: "us", resourceCount: 30 }, { name: "organization/antipode/edge", resourceCount: 6 }, { name: "cn", resourceCount: 40 }], ["edge", "us"]))
            .toEqual(["edge", "us"]);
    });

    it("is nothing when the others are empty or were never made", () => {
        expect(standing([{ name: "us", resourceCount: 0 }, { name: "edge" }], ["edge", "us"])).toEqual([]);
    });
});
