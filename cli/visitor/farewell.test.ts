import { describe, expect, it } from "vitest";
import { farewell } from "./farewell";

describe("the end of up", () => {
    it("gives the addresses and three commands", () => {
        const lines = farewell("yourapp.test", ["cn", "us", "edge"]).split("\n");
        expect(lines.slice(1, 4)).toEqual(["  https://api.yourapp.test", "  https://cn.yourapp.test", "  https://us.yourapp.test"]);
        expect(lines.filter((line) => line.startsWith("  npx antipode visit"))).toHaveLength(3);
    });

    it("without the edge promises no api. address", () => {
        expect(farewell("yourapp.test", ["cn"])).toBe("\n  https://cn.yourapp.test\n\nThen: npx antipode up edge");
    });
});
