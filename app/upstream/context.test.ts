import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask, refuses, says, ScriptedUpstream, service, type Script } from "../test/upstream";
import { Breaker } from "./breaker";
import { promptTokens } from "./conversation";
import { Fallback, type AttemptEvent, type Member } from "./fallback";
import type { ChatMessage } from "./upstream";

const user = (content: string): ChatMessage => ({ role: "user", content });
const assistant = (content: string): ChatMessage => ({ role: "assistant", content });
const DEADLINES = { firstToken: 5_000, total: 10_000 };

describe("a conversation that is longer than a model takes", () => {
    let server: ScriptedUpstream;
    let other: ScriptedUpstream;
    let events: AttemptEvent[];
    beforeEach(async () => {
        server = await ScriptedUpstream.start();
        other = await ScriptedUpstream.start(says("from the other"));
        events = [];
    });
    afterEach(() => {
        server.stop();
        other.stop();
    });

    /** A model with room for so many tokens, as we estimate them. */
    const takes = (tokens: number): Script => (response, request) => {
        const { messages } = server.seen.at(-1)!.body as { messages: ChatMessage[] };
        const script = promptTokens(messages) <= tokens ? says("An answer") : refuses(400, { error: { code: "context_length_exceeded", message: "" } });
        return script(response, request);
    };
    const member = (url: string, contextTokens: number, provider = "ark"): Member => ({ service: service(url, { contextTokens, provider }), breaker: new Breaker() });

    async function told(messages: ChatMessage[], ...members: [Member, ...Member[]]) {
        const upstream = new Fallback(members, DEADLINES, { onAttempt: (event) => events.push(event) });
        const { text, end, error } = await ask(upstream, { messages });
        await upstream.close();
        return { text, end, cause: (error as Error | undefined)?.cause, asked: server.seen.map(({ body }) => body.messages.map(({ content }) => content.slice(0, 8))) };
    }

    const long = "字".repeat(8_000);
    const turns = (count: number) => Array.from({ length: count }, (_, n) => [user(`q${n} ${long}`), assistant(`a${n} ${"答".repeat(4_000)}`)]).flat();

    it("is sent as its newest part, which its setting bounds", async () => {
        server.script = takes(32_000);
        const { text, end, asked } = await told([...turns(10), user("你好")], member(server.url, 24_000));
        expect([text, end]).toEqual(["An answer", "stop"]);
        expect(asked.map((contents) => contents.map((content) => content.split(" ")[0]))).toEqual([["q7", "a7", "q8", "a8", "q9", "a9", "你好"]]);
    });

    it("is sent once more with half of it when the service refuses", async () => {
        server.script = takes(8_000);
        const { text, end, asked } = await told([...turns(10), user("你好")], member(server.url, 24_000));
        expect([text, end]).toEqual(["An answer", "stop"]);
        expect(asked.map((contents) => contents.map((content) => content.split(" ")[0]))).toEqual([
            ["q7", "a7", "q8", "a8", "q9", "a9", "你好"],
            ["q9", "a9", "你好"],
        ]);
        expect(events.map(({ outcome }) => outcome)).toEqual(["context_too_long", "ok"]);
    });

    it("never keeps an unanswered message that is too long because of the question after it", async () => {
        server.script = takes(4_000);
        const { end, asked } = await told([user(long), user("你好")], member(server.url, 24_000));
        expect([end, asked.at(-1)]).toEqual(["stop", ["你好"]]);
    });

    it("is refused with its own code after that", async () => {
        server.script = refuses(400, { error: { code: "context_length_exceeded", message: "" } });
        const { end, cause, asked } = await told([...turns(4), user("你好")], member(server.url, 24_000));
        expect({ end, cause, requests: asked.length }).toEqual({ end: "context_too_long", cause: "400 context_length_exceeded", requests: 2 });
    });

    it("is refused with another code, and not asked again, when the question alone is too long", async () => {
        server.script = takes(1_000);
        const { end, cause, asked } = await told([{ role: "system", content: "Be kind." }, user(long)], member(server.url, 24_000));
        expect({ end, cause, requests: asked.length }).toEqual({ end: "question_too_long", cause: "400 context_length_exceeded", requests: 1 });
    });

    it("goes to the next service, which has its own room", async () => {
        server.script = takes(1_000);
        const { text, asked } = await told([...turns(2), user(long)], member(server.url, 24_000), member(other.url, 48_000, "deepseek"));
        expect([text, asked.length]).toEqual(["from the other", 2]);
        expect(other.seen[0]!.body.messages.length).toBe(5);
        expect(events.map(({ provider, outcome, fallbackTo }) => [provider, outcome, fallbackTo])).toEqual([
            ["ark", "context_too_long", undefined],
            ["ark", "question_too_long", "deepseek"],
            ["deepseek", "ok", undefined],
        ]);
    });

    it("does not count against a service", async () => {
        server.script = takes(10);
        const { breaker } = member(server.url, 24_000);
        for (let n = 0; n < 6; n += 1) await told([user(long)], { service: service(server.url), breaker });
        expect([events.length, breaker.state]).toEqual([6, "closed"]);
    });
});
