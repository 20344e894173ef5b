import { describe, expect, it } from "vitest";
import { faultsOf, type Message } from "./kept";
import type { Turn } from "./turn";

const turn = (n: number, end: string | undefined = "done"): Turn => ({
    key: `k${n}`, message: `message ${n}`, messageId: `m${n}`, started: true, text: end === "done" ? `answer ${n}` : "", end, attempts: [],
});
const kept = (n: number, answered = true): Message[] => [
    { id: `m${n}`, role: "user", content: `message ${n}` },
    ...(answered ? [{ id: `m${n}`, role: "assistant", content: `answer ${n}` }] : []),
];

describe("a kept conversation", () => {
    it("is right when each message is there once, in order", () => {
        expect(faultsOf([turn(1), turn(2, "error"), turn(3)], [...kept(1), ...kept(2, false), ...kept(3)])).toEqual([]);
    });

    it("may have or not have what its user knows nothing of", () => {
        const unknown = { ...turn(2), started: false, messageId: undefined, end: undefined };
        expect(faultsOf([turn(1), unknown, turn(3)], [...kept(1), ...kept(3)])).toEqual([]);
        expect(faultsOf([turn(1), unknown, turn(3)], [...kept(1), ...kept(2), ...kept(3)])).toEqual([]);
    });

    it.each<[string, Turn[], Message[], string[]]>([
        ["a lost message", [turn(1), turn(2, "error")], kept(1), ['"message 2" is lost']],
        ["a lost answer", [turn(1)], kept(1, false), ['the answer to "message 1" is lost']],
        ["a message that is there twice", [turn(1)], [...kept(1), ...kept(1, false)], ['"message 1" is there 2 times']],
        ["an answer that is there twice", [turn(1)], [...kept(1), kept(1)[1]!], ['the answer to "message 1" is there 2 times', "an answer stands alone at 2"]],
        ["another answer", [{ ...turn(1), text: "answer 7" }], kept(1), ['the answer to "message 1" is another: "answer 1" instead of "answer 7"']],
        ["another order", [turn(1), turn(2)], [...kept(2), ...kept(1)], ["out of order: 1 0"]],
        ["a stranger's message", [turn(1)], [...kept(1), ...kept(2)], ['"message 2" was never sent']],
    ])("is wrong with %s", (_, turns, messages, faults) => expect(faultsOf(turns, messages)).toEqual(faults));
});
