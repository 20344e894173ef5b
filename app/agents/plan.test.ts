import { describe, expect, it } from "vitest";
import { speakersOf, usageOf } from "./plan";

describe("the plan of a step", () => {
    it("has every agent speak in order, round after round", () => {
        const agents = ["A", "B"].map((name) => ({ name, instructions: name }));
        const told = speakersOf(agents, 2).map(({ agent, index, round, place }) => [agent.name, index, round, place]);
        expect(told).toEqual([
            ["A", 0, 1, 0],
            ["B", 1, 1, 1],
            ["A", 0, 2, 2],
            ["B", 1, 2, 3],
        ]);
    });

    it("adds up what the words cost, and says where a part of it is a guess", () => {
        const usage = { inputTokens: 10, outputTokens: 3, reasoningTokens: 1 };
        expect(usageOf([{ usage }, {}, { usage }])).toEqual({ inputTokens: 20, outputTokens: 6, reasoningTokens: 2 });
        expect(usageOf([{ usage }, { usage: { ...usage, estimated: true } }])).toEqual({ inputTokens: 20, outputTokens: 6, reasoningTokens: 2, estimated: true });
        expect(usageOf([{}])).toBeUndefined();
    });
});
