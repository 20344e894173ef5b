import { compare } from "bcryptjs";
import { describe, expect, it } from "vitest";
import { TestCloud } from "../testing/cloud";
import { random } from "./index";

const cloud = new TestCloud(random.kinds, "global");

describe("random", () => {
    it("makes passwords within the rules, with a hash that fits", async () => {
        const { state } = await cloud.make("RandomPassword", { length: 24, special: false, minNumeric: 4 });
        expect(state.result).toMatch(/^[A-Za-z0-9]{24}$/);
        expect(String(state.result).replace(/\D/g, "").length).toBeGreaterThanOrEqual(4);
        expect(await compare(String(state.result), String(state.bcryptHash))).toBe(true);
        expect((await cloud.make("RandomPassword", { length: 24 })).state.result).not.toBe(state.result);
    });

    it("gives one number in four spellings", async () => {
        const { id, state } = await cloud.make("RandomId", { byteLength: 8, prefix: "p-" });
        const hex = Buffer.from(id, "base64url").toString("hex");
        expect(state).toMatchObject({ hex: `p-${hex}`, dec: `p-${BigInt(`0x${hex}`)}`, b64Url: `p-${id}` });
    });

    it("refuses what no password fulfils", () => {
        expect(cloud.refused("RandomPassword", { length: 3, minUpper: 2, minLower: 2 })[0]).toContain("length");
        expect(cloud.refused("RandomPassword", { length: 8, upper: false, lower: false, numeric: false, special: false })[0]).toContain("special");
        expect(cloud.refused("RandomId", { byteLength: 0 })[0]).toContain("byteLength");
    });
});
