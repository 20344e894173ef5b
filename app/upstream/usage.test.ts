import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChatMessage } from "./upstream";
import { estimateUsage } from "./usage";

const user = (content: string): ChatMessage => ({ role: "user", content });

describe("the estimate of what an answer cost", () => {
    it("takes 0.3 tokens for a Latin character and 0.6 for a Chinese one, as DeepSeek says", () => {
        expect(estimateUsage([user("a".repeat(100)), user("字".repeat(100))], "b".repeat(10), "想".repeat(10))).toEqual({ inputTokens: 90, outputTokens: 9, reasoningTokens: 6, estimated: true });
        expect(estimateUsage([], "", "")).toEqual({ inputTokens: 0, outputTokens: 0, reasoningTokens: 0, estimated: true });
    });

    it("takes a character of two code units for one, and punctuation by its script", () => {
        const { outputTokens: of } = estimateUsage([], "𠮷".repeat(10), "");
        expect(of).toBe(6);
        expect(estimateUsage([], "，。！".repeat(10), "").outputTokens).toBe(18);
        expect(estimateUsage([], ",.!".repeat(10), "").outputTokens).toBe(9);
    });

    const text = fc.string({ unit: "grapheme" });

    it("never shrinks when a text grows", () => {
        fc.assert(
            fc.property(text, text, text, (question, said, more) => {
                const before = estimateUsage([user(question)], said, said);
                const after = estimateUsage([user(question), user(more)], said + more, said + more);
                expect(after.inputTokens).toBeGreaterThanOrEqual(before.inputTokens);
                expect(after.outputTokens).toBeGreaterThanOrEqual(before.outputTokens);
                expect(after.reasoningTokens).toBeGreaterThanOrEqual(before.reasoningTokens);
            }),
        );
    });

    it("is a whole number, and thoughts are a part of the output", () => {
        fc.assert(
            fc.property(text, text, text, (question, said, thought) => {
                const { inputTokens, outputTokens, reasoningTokens } = estimateUsage([user(question)], said, thought);
                for (const number of [inputTokens, outputTokens, reasoningTokens]) expect(Number.isSafeInteger(number)).toBe(true);
                expect(outputTokens).toBeGreaterThanOrEqual(reasoningTokens);
            }),
        );
    });
});
