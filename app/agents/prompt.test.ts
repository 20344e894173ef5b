import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transcriptOf, type Agent, type Step } from "./document";
import { CONTEXT_CHARS, promptFor } from "./prompt";

const writer: Agent = { name: "Writer", instructions: "Write a line." };
const critic: Agent = { name: "Critic", instructions: "Find a fault." };
const agents = [writer, critic];
const at = new Date(0);
const answer = { provider: "ark", model: "m", finishReason: "stop", usage: { inputTokens: 1, outputTokens: 1, reasoningTokens: 0 } };
const step = (message: string, ...words: string[]): Step => ({ id: message, turns: [], message, at, words: words.map((content) => ({ content, at, ...answer })) });
const seenBy = (agent: Agent, ...steps: Step[]) => promptFor(agent, agents, transcriptOf(agents, steps));

const toWriter = {
    role: "system",
    content: "Write a line.\n\nYou are Writer. You talk with user, Critic; what they say begins with their name. Speak as Writer alone, once, without a name in front.",
};

describe("what an agent is shown", () => {
    it("is its instructions and the user's message at first", () => {
        expect(seenBy(writer, step("A poem"))).toEqual([toWriter, { role: "user", content: "user: A poem" }]);
    });

    it("is its own words as its own and the others' under their names, in turn", () => {
        const steps = [step("A poem", "Roses are red", "Too old"), step("Again")];
        expect(seenBy(writer, ...steps).slice(1)).toEqual([
            { role: "user", content: "user: A poem" },
            { role: "assistant", content: "Roses are red" },
            { role: "user", content: "Critic: Too old\n\nuser: Again" },
        ]);
        expect(seenBy(critic, ...steps).slice(1)).toEqual([
            { role: "user", content: "user: A poem\n\nWriter: Roses are red" },
            { role: "assistant", content: "Too old" },
            { role: "user", content: "user: Again" },
        ]);
    });

    it("leaves out who said nothing, and never ends with its own words", () => {
        expect(seenBy(writer, step("A poem", "Roses are red", " \n")).slice(1)).toEqual([
            { role: "user", content: "user: A poem" },
            { role: "assistant", content: "Roses are red" },
            { role: "user", content: "Go on." },
        ]);
    });

    it("is the newest part of a long conversation, and the user's last message always", () => {
        const long = "x".repeat(CONTEXT_CHARS / 2);
        expect(seenBy(critic, step("old", long), step("new", long, "short")).slice(1)).toEqual([
            { role: "user", content: `user: new\n\nWriter: ${long}` },
            { role: "assistant", content: "short" },
            { role: "user", content: "Go on." },
        ]);
        expect(seenBy(critic, step("kept", `${long}y`, long))).toHaveLength(4);
        expect(seenBy(critic, step("kept", `${long}y`, long)).slice(1, 3)).toEqual([
            { role: "user", content: "user: kept" },
            { role: "assistant", content: long },
        ]);
    });

    it("always alternates, from a user to a user", () => {
        const words = fc.string({ maxLength: 3 });
        const steps = fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), fc.array(words, { maxLength: 4 })), { minLength: 1, maxLength: 4 });
        fc.assert(
            fc.property(steps, fc.constantFrom(...agents), (drawn, agent) => {
                const roles = seenBy(agent, ...drawn.map(([message, said]) => step(`m${message}`, ...said))).map(({ role }) => role);
                expect([roles[0], roles[1], roles.at(-1)]).toEqual(["system", "user", "user"]);
                expect(roles.slice(1).every((role, place) => role === (place % 2 ? "assistant" : "user"))).toBe(true);
            }),
        );
    });
});
