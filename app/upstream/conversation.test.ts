import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alternating, newest, promptTokens } from "./conversation";
import type { ChatMessage } from "./upstream";

const user = (content: string): ChatMessage => ({ role: "user", content });
const assistant = (content: string): ChatMessage => ({ role: "assistant", content });
const system: ChatMessage = { role: "system", content: "Be kind." };
const drawn = fc.array(fc.record({ role: fc.constantFrom("user" as const, "assistant" as const), content: fc.string({ maxLength: 40, unit: "grapheme" }) }), { maxLength: 12 });
const conversation = fc.tuple(fc.boolean(), drawn, fc.string({ minLength: 1, maxLength: 40 })).map(([told, said, question]) => [...(told ? [system] : []), ...said, user(`?${question}`)]);

describe("a conversation with alternating roles", () => {
    it("has messages in a row as one", () => {
        expect(alternating([system, user("a"), user("b"), assistant("c"), assistant("d"), user("e")])).toEqual([system, user("a\n\nb"), assistant("c\n\nd"), user("e")]);
    });

    it("begins with a question, and has no blank message", () => {
        expect(alternating([assistant("cut off"), user("a"), assistant(" \n"), user("b")])).toEqual([user("a\n\nb")]);
        expect(alternating([system, assistant("cut off"), user("a")])).toEqual([system, user("a")]);
    });

    it("alternates from a user to a user, whatever is cut from its beginning", () => {
        fc.assert(
            fc.property(conversation, fc.nat({ max: 120 }), (messages, tokens) => {
                const roles = alternating(newest(messages, tokens)).map(({ role }) => role).filter((role) => role !== "system");
                expect(roles.length % 2).toBe(1);
                expect(roles.every((role, place) => role === (place % 2 ? "assistant" : "user"))).toBe(true);
            }),
        );
    });

    it("leaves its input as it is, and is its own fixed point", () => {
        fc.assert(
            fc.property(conversation, (messages) => {
                const before = structuredClone(messages);
                const once = alternating(messages);
                expect(messages).toEqual(before);
                expect(alternating(once)).toEqual(once);
            }),
        );
    });
});

describe("the newest messages", () => {
    it("are counted with 0.3 tokens for a Latin character, 0.6 for a Chinese one, and 4 for a message", () => {
        expect(promptTokens([user("a".repeat(100)), assistant("字".repeat(100))])).toBe(30 + 60 + 8);
    });

    it("fill the room and no more", () => {
        const said = [user("a".repeat(20)), assistant("b".repeat(20)), user("c".repeat(20))];
        expect([30, 29.9, 20, 19.9, 0].map((tokens) => newest(said, tokens).length)).toEqual([3, 2, 2, 1, 1]);
    });

    it("are a tail of what was said, with the instructions and the question always", () => {
        fc.assert(
            fc.property(conversation, fc.nat({ max: 120 }), (messages, tokens) => {
                const shown = newest(messages, tokens);
                const instructions = messages.filter(({ role }) => role === "system");
                const said = shown.slice(instructions.length);
                expect(shown.slice(0, instructions.length)).toEqual(instructions);
                expect(said).toEqual(messages.slice(-said.length));
                expect(said.length).toBeGreaterThan(0);
                if (said.length > 1) expect(promptTokens(shown)).toBeLessThanOrEqual(tokens);
            }),
        );
    });
});
