import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStrategy, writeWeights } from "./strategy";

describe("a strategy", () => {
    it.each([
        ["low", [100], 600],
        ["medium", [10, 50, 100], 600],
        ["high", [5, 10, 30, 50, 80, 100], 900],
        ["routine", [10, 30, 50, 100], 600],
        ["100", [100], 600],
        ["20, 60,100", [20, 60, 100], 600],
    ])("%s goes by %j, %i s each", (text, weights, windowSeconds) => {
        expect(parseStrategy(text)).toEqual({ weights, windowSeconds });
    });

    it.each([
        ["", `"" is neither one of low, medium, high, routine nor a list of weights such as 20,60,100`],
        ["brave", `"brave" is neither one of low, medium, high, routine nor a list of weights such as 20,60,100`],
        ["constructor", `"constructor" is neither one of low, medium, high, routine nor a list of weights such as 20,60,100`],
        ["10,-5,100", `"10,-5,100" is neither one of low, medium, high, routine nor a list of weights such as 20,60,100`],
        ["10,50", "the weights 10, 50 do not rise from above 0 to 100"],
        ["0,100", "the weights 0, 100 do not rise from above 0 to 100"],
        ["50,50,100", "the weights 50, 50, 100 do not rise from above 0 to 100"],
        ["10,200,100", "the weights 10, 200, 100 do not rise from above 0 to 100"],
        ["100,100", "the weights 100, 100 do not rise from above 0 to 100"],
    ])("is not %j", (text, why) => {
        expect(() => parseStrategy(text)).toThrow(new Error(why));
    });

    it("is read as it was written, and rises to 100 whatever its text was", () => {
        fc.assert(fc.property(fc.array(fc.nat(120), { maxLength: 6 }), (given) => {
            const text = [...given, 100].join(",");
            try {
                const strategy = parseStrategy(text);
                expect(parseStrategy(writeWeights(strategy))).toEqual(strategy);
                expect(strategy.weights).toEqual([...new Set(strategy.weights)].sort((one, other) => one - other));
                expect(strategy.weights.at(-1)).toBe(100);
            } catch (error) {
                expect((error as Error).message).toContain("do not rise");
                expect([...given, 100]).not.toEqual([...new Set([...given, 100])].filter((weight) => weight > 0).sort((one, other) => one - other));
            }
        }));
    });
});
