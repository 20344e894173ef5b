import { describe, expect, it } from "vitest";
import { faultsOf, type Kept } from "./kept";
import type { Turn } from "./turn";

const turn = (n: number, end: string | undefined = "done"): Turn => ({
    key: `k${n}`, message: `message ${n}`, messageId: `m${n}`, started: true, text: end === "done" ? `answer ${n}` : "", end, attempts: [],
});
const kept = (...turns: Kept["turns"]): Kept[] => [{ _id: "s", turns }];
const stored = (n: number, reply: string | undefined = `answer ${n}`) => ({ id: `m${n}`, message: `message ${n}`, reply });

describe("a kept conversation", () => {
    it("is right when each message is there once, in order", () => {
        expect(faultsOf([turn(1), turn(2, "turn_lost"), turn(3)], kept(stored(1), stored(2, ""), stored(3)))).toEqual([]);
    });

    it("may have or not have what its user knows nothing of", () => {
        const unknown = { ...turn(2), started: false, messageId: undefined, end: undefined };
        expect(faultsOf([turn(1), unknown, turn(3)], kept(stored(1), stored(3)))).toEqual([]);
        expect(faultsOf([turn(1), unknown, turn(3)], kept(stored(1), stored(2), stored(3)))).toEqual([]);
    });

    it.each<[string, Turn[], Kept[], string[]]>([
        ["a lost message", [turn(1), turn(2, "turn_lost")], kept(stored(1)), ['"message 2" is lost']],
        ["nothing at all", [turn(1)], [], ['"message 1" is lost']],
        ["a lost answer", [turn(1)], kept({ id: "m1", message: "message 1" }), ['the answer to "message 1" is "" instead of "answer 1"']],
        ["half an answer", [turn(1)], kept(stored(1, "ans")), ['the answer to "message 1" is "ans" instead of "answer 1"']],
        ["a message that is there twice", [turn(1)], kept(stored(1), stored(1)), ['"message 1" is there 2 times']],
        ["a message of another id", [turn(1)], kept({ ...stored(1), id: "m7" }), ['"message 1" has another id']],
        ["another order", [turn(1), turn(2)], kept(stored(2), stored(1)), ["out of order: 1 0"]],
        ["a stranger's message", [turn(1)], kept(stored(1), stored(2)), ['"message 2" was never sent', "out of order: 0 -1"]],
        ["a second conversation", [turn(1), turn(2)], [...kept(stored(1)), ...kept(stored(2))], ["there are 2 conversations"]],
    ])("is wrong with %s", (_, turns, conversations, faults) => expect(faultsOf(turns, conversations)).toEqual(faults));
});
