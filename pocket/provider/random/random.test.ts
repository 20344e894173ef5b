import { compare } from "bcryptjs";
import { describe, expect, it } from "vitest";
import { TestCloud } from "../testing/cloud";
import type { Values } from "../values";
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

    it.each<[string, Values, Values, string[]]>([
        ["defaults that are written out", { length: 24 }, { length: 24, special: true, upper: true, lower: true, numeric: true, number: true, minUpper: 0, minLower: 0, minNumeric: 0, minSpecial: 0 }, []],
        ["a class that is left out", { length: 24 }, { length: 24, special: false }, ["replace special"]],
        ["a class that comes back by its default", { length: 24, special: false }, { length: 24 }, ["replace special"]],
        ["the new name of an argument", { length: 24, number: false }, { length: 24, numeric: false }, []],
        ["digits that come back", { length: 24, number: false }, { length: 24 }, ["replace numeric"]],
        ["characters that were none", { length: 24, overrideSpecial: "" }, { length: 24 }, ["delete overrideSpecial"]],
        ["characters", { length: 24, overrideSpecial: "!" }, { length: 24 }, ["replace overrideSpecial"]],
        ["no keepers, in two forms", { length: 24, keepers: {} }, { length: 24 }, ["delete keepers"]],
        ["keepers", { length: 24, keepers: { turn: "1" } }, { length: 24, keepers: { turn: "2" } }, ["replace keepers.turn"]],
        ["a longer one", { length: 24 }, { length: 25 }, ["replace length"]],
    ])("plans %s as the provider does", async (_, olds, news, changes) => {
        const { state } = await cloud.make("RandomPassword", olds);
        expect(cloud.changes("RandomPassword", olds, news, state)).toEqual(changes);
    });

    it("keeps the password when an update changes nothing of it", async () => {
        const { id, state } = await cloud.make("RandomPassword", { length: 24, overrideSpecial: "" });
        const updated = await cloud.kind("RandomPassword").update!(id, state, { length: 24 }, cloud.context());
        expect(updated).toEqual({ ...state, overrideSpecial: undefined });
        expect(updated).not.toHaveProperty("overrideSpecial");
    });

    it.each([[{ length: 24, number: true, numeric: false }, "number"], [{ length: 24.5 }, "length"], [{ length: 24, minUpper: 0.5 }, "minUpper"]])("refuses %j", (inputs, property) => {
        expect(cloud.refused("RandomPassword", inputs).map((text) => text.split(":")[0])).toEqual([property]);
    });

    it("refuses what no password fulfils", () => {
        expect(cloud.refused("RandomPassword", { length: 3, minUpper: 2, minLower: 2 })[0]).toContain("length");
        expect(cloud.refused("RandomPassword", { length: 8, upper: false, lower: false, numeric: false, special: false })[0]).toContain("special");
        expect(cloud.refused("RandomId", { byteLength: 0 })[0]).toContain("byteLength");
    });
});
