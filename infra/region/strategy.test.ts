import { expect, it } from "vitest";
import { strategyLabel } from "./strategy";

it.each([[undefined, {}], ["", {}], ["high", { "antipode.strategy": "high" }], ["20,100", { "antipode.strategy": "20,100" }]])("a version that is to be released by %j says so: %j", (asked, label) => {
    expect(strategyLabel(asked)).toEqual(label);
});

it("a strategy that is none is refused before anything is made", () => {
    expect(() => strategyLabel("brave")).toThrow(/^ANTIPODE_STRATEGY is of no use: "brave" is neither one of low, medium, high, routine nor/);
});
