import { describe, expect, it } from "vitest";
import { speakersLeft, usageOf } from "./plan";

describe("the plan of a step", () => {
    it("has every agent speak in order, round after round, and goes on where it was left", () => {
        const agents = ["A", "B"].map((name) => ({ name, instructions: name }));
        const left = (rounds: number, spoken: number) => speakersLeft(agents, rounds, spoken).map(({ agent, index, place }) => [agent.name, index, place]);
        expect(left(2, 0)).toEqual([["A", 0, 0], ["B", 1, 1], ["A", 0, 2], ["B", 1, 3]]);
        expect(left(2, 3)).toEqual([["B", 1, 3]]);
        expect(left(1, 2)).toEqual([]);
    });

    it("adds up what the words cost, and says where a part of it is a guess", () => {
        const usage = { inputTokens: 10, outputTokens: 3, reasoningTokens: 1 };
        expect(usageOf([{ usage }, { usage }])).toEqual({ inputTokens: 20, outputTokens: 6, reasoningTokens: 2 });
        expect(usageOf([{ usage }, { usage: { ...usage, estimated: true } }])).toEqual({ inputTokens: 20, outputTokens: 6, reasoningTokens: 2, estimated: true });
        expect(usageOf([])).toEqual({ inputTokens: 0, outputTokens: 0, reasoningTokens: 0 });
    });
});
