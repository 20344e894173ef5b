import { describe, expect, it } from "vitest";
import { speeches } from "./agents";
import type { ChatEvent } from "./events";
import { apply, isGap, lastId, noTurn, type Turn } from "./turn";

const start: ChatEvent = { type: "start", seq: 1, streamId: "s_1", sessionId: "a", messageId: "b", provider: "ark", model: "m", history: "complete" };
const usage = { inputTokens: 1, outputTokens: 2, reasoningTokens: 0 };
const done: ChatEvent = { type: "done", seq: 4, finishReason: "stop", usage, provider: "deepseek", model: "d" };
const begun = apply(noTurn, start);
const said = [
    { type: "delta", seq: 2, delta: "你" },
    { type: "delta", seq: 3, delta: "好" },
].reduce((turn, event) => apply(turn, event as ChatEvent), begun);

describe("a turn", () => {
    it.each<[string, Turn, ChatEvent, Partial<Turn>]>([
        ["begins", noTurn, start, { state: "running", streamId: "s_1", sessionId: "a", messageId: "b", provider: "ark", model: "m", history: "complete", lastSeq: 1 }],
        ["begins without the database", noTurn, { ...start, history: "partial", degraded: true }, { history: "partial", degraded: true }],
        ["grows by a delta", said, { type: "delta", seq: 4, delta: "!" }, { text: "你好!", lastSeq: 4 }],
        ["thinks apart", said, { type: "reasoning", seq: 4, delta: "hm" }, { text: "你好", reasoning: "hm" }],
        ["knows who speaks from where", said, { type: "agent", seq: 4, name: "critic", index: 1 }, { agents: [{ name: "critic", index: 1, at: 2 }] }],
        ["is replaced by a message", { ...said, reasoning: "hm" }, { type: "message", seq: 4, content: "Hello" }, { text: "Hello", reasoning: "", state: "running" }],
        ["takes a message's reasoning", said, { type: "message", seq: 4, content: "Hello", reasoning: "so" }, { text: "Hello", reasoning: "so" }],
        ["is done, perhaps elsewhere than it began", said, done, { state: "done", finishReason: "stop", usage, provider: "deepseek", model: "d", text: "你好" }],
        ["fails", said, { type: "error", seq: 4, code: "upstream_cut", message: "No.", retryable: true }, { state: "failed", error: { code: "upstream_cut", message: "No.", retryable: true } }],
        ["leaves its reader", said, { type: "closed", code: "taken_over", message: "No." }, { state: "closed", lastSeq: 3 }],
        ["counts what it does not know", said, { type: "novelty", seq: 4 } as never, { text: "你好", lastSeq: 4 }],
    ])("%s", (_name, before, event, after) => expect(apply(before, event)).toMatchObject(after));

    it.each<[string, Turn, ChatEvent]>([
        ["an event that it knows", said, { type: "delta", seq: 3, delta: "好" }],
        ["an event of the past", said, start],
        ["an event after its end", apply(said, done), { type: "delta", seq: 5, delta: "x" }],
        ["news of the connection", said, { type: "reconnect", code: "draining", message: "", afterMs: 5 }],
    ])("is the very same after %s", (_name, before, event) => expect(apply(before, event)).toBe(before));

    it("notices that something is missing", () => {
        const ask = (seq: number) => isGap(said, { type: "delta", seq, delta: "" });
        expect([ask(3), ask(4), ask(5), isGap(said, { type: "closed", code: "taken_over", message: "" })]).toEqual([false, false, true, false]);
    });

    it("knows who said what", () => {
        const agents = [{ name: "poet", index: 0, at: 0 }, { name: "critic", index: 1, at: 2 }];
        expect(speeches({ ...said, text: "你好no", agents })).toEqual([{ name: "poet", text: "你好" }, { name: "critic", text: "no" }]);
        expect(speeches(said)).toEqual([]);
    });

    it("has a last id as soon as it has an event", () => expect([lastId(noTurn), lastId(said)]).toEqual([undefined, "s_1.3"]));
});
