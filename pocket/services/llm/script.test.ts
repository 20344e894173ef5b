import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compose, countWords, tokensOf } from "./answer";
import { ark } from "./ark";
import { deepseek } from "./deepseek";
import type { Call, ChatRequest, Dialect } from "./dialect";
import type { Mode } from "./modes";
import { answerTo, script } from "./script";

const call: Call = { id: "ID", created: 1789616310, model: "M" };
const user = (...contents: string[]) => contents.map((content) => ({ role: "user", content }));
const ARK = ark("ep-1");

/** The bytes of a stream as text, each act that is not bytes in brackets. */
function stream(dialect: Dialect, request: ChatRequest, ...modes: Mode[]): string {
    const refusal = (code: string) => dialect.refuse(code, { id: "ID" }).body;
    return script(request, dialect, call, modes, refusal).acts.map((act) => (act.act === "bytes" ? Buffer.concat(act.parts).toString() : `[${act.act}]`)).join("");
}
const lines = (text: string) => text.split("\n\n").filter(Boolean);

describe("the answer", () => {
    it("repeats the question, counts its words and tells which one it is", () => {
        expect(compose(user("hello", "one two three"))).toBe(
            'You said: "one two three". That makes 3 words, and it is message 2 of yours in this conversation. Ask me what you said first, or anything else.');
    });

    it("remembers what was said first", () => {
        expect(compose(user("My name is Ada.", "ok", "What did I say first?"))).toContain('"My name is Ada."');
        expect(compose(user("我叫小明", "我最先说了什么？"))).toContain("「我叫小明」");
    });

    it.each(["hi", "a ".repeat(300), "你好，世界", "Tell me about rivers in China, please."])("has 20 to 80 tokens that join to it again: %s", (text) => {
        const answer = compose(user(text));
        expect(tokensOf(answer).join("")).toBe(answer);
        expect(tokensOf(answer).length).toBeGreaterThanOrEqual(20);
        expect(tokensOf(answer).length).toBeLessThanOrEqual(80);
    });

    it("is cut into tokens without loss, whatever it is", () => {
        fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => tokensOf(text).join("") === text));
    });

    it("counts Chinese words as words", () => expect(countWords("你好，世界")).toBe(2));
});

describe("Ark's stream", () => {
    const request = { messages: user("hi"), stream: true, max_tokens: 2 };
    it("is spelt byte for byte, with usage on a chunk of its own when asked for", () => {
        expect(lines(stream(ARK, { ...request, stream_options: { include_usage: true } }))).toEqual([
            'data: {"choices":[{"delta":{"content":"You","role":"assistant"},"index":0}],"created":1789616310,"id":"ID","model":"M","service_tier":"default","object":"chat.completion.chunk","usage":null}',
            'data: {"choices":[{"delta":{"content":" said:","role":"assistant"},"index":0}],"created":1789616310,"id":"ID","model":"M","service_tier":"default","object":"chat.completion.chunk","usage":null}',
            'data: {"choices":[{"delta":{"content":"","role":"assistant"},"finish_reason":"length","index":0}],"created":1789616310,"id":"ID","model":"M","service_tier":"default","object":"chat.completion.chunk","usage":null}',
            'data: {"choices":[],"created":1789616310,"id":"ID","model":"M","service_tier":"default","object":"chat.completion.chunk","usage":{"completion_tokens":2,"prompt_tokens":1,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}',
            "data: [DONE]",
        ]);
    });

    it("tells what was used so far on every chunk that has a choice, when asked for", () => {
        const text = stream(ARK, { ...request, thinking: { type: "enabled" }, stream_options: { chunk_include_usage: true } });
        const used = lines(text).slice(0, -1).map((line) => JSON.parse(line.slice("data: ".length)).usage);
        expect(used.map((usage) => [usage.completion_tokens, usage.completion_tokens_details.reasoning_tokens])).toEqual([
            [1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [6, 6], [7, 7], [8, 8], [9, 8], [10, 8], [10, 8],
        ]);
    });

    it("counts thinking in max_completion_tokens, and not in max_tokens", () => {
        const used = (limits: object) => {
            const { text, reason, usage } = answerTo({ messages: user("hi"), thinking: { type: "enabled" }, ...limits }, ARK, []);
            return [text, reason, usage.completion, usage.reasoning];
        };
        expect(used({ max_tokens: 2 })).toEqual(["You said:", "length", 10, 8]);
        expect(used({ max_completion_tokens: 9 })).toEqual(["You", "length", 9, 8]);
        expect(used({ max_completion_tokens: 3 })).toEqual(["", "length", 3, 3]);
    });

    it("has no usage unless asked for, and on the last choice when so ordered", () => {
        expect(stream(ARK, request)).not.toContain("usage");
        const asked = { ...request, stream_options: { include_usage: true } };
        expect(lines(stream(ARK, asked, { kind: "usage", place: "last" })).at(-2)).toContain('"finish_reason":"length","index":0}],"created"');
        expect(lines(stream(ARK, asked, { kind: "usage", place: "last" }))).toHaveLength(4);
    });

    it("thinks when told to, with content null when so ordered", () => {
        expect(lines(stream(ARK, { ...request, thinking: { type: "enabled" } }))[0]).toContain('{"delta":{"content":"","reasoning_content":"The","role":"assistant"},"index":0}');
        expect(lines(stream(ARK, request, { kind: "null-content" }))[0]).toContain('{"content":null,"reasoning_content":"The","role":"assistant"}');
    });

    it("tells an error inside the stream in both of its spellings", () => {
        const error = 'data: {"error":{"code":"InternalServiceError","message":"The service encountered an unexpected internal error. Request id: ID","param":"","type":"InternalServerError"}}';
        const body = { messages: user("hi"), stream: true };
        expect(lines(stream(ARK, body, { kind: "error-in-stream", form: "plain", after: 1 })).slice(1)).toEqual([error]);
        expect(lines(stream(ARK, body, { kind: "error-in-stream", form: "event", after: 0 }))).toEqual([`event: error\n${error}`]);
    });
});

describe("DeepSeek's stream", () => {
    const request = { messages: user("hi"), stream: true, max_tokens: 1, thinking: { type: "disabled" } };
    const head = '"id":"ID","object":"chat.completion.chunk","created":1789616310,"model":"M","system_fingerprint":"fp_8802369eaa_prod0623_fp8_kvcache"';
    it("is spelt byte for byte, with usage on the last choice though nobody asked", () => {
        expect(lines(stream(deepseek, request))).toEqual([
            `data: {${head},"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}`,
            `data: {${head},"choices":[{"index":0,"delta":{"content":"You","reasoning_content":null},"logprobs":null,"finish_reason":null}]}`,
            `data: {${head},"choices":[{"index":0,"delta":{"content":""},"logprobs":null,"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0},"prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":1}}`,
            "data: [DONE]",
        ]);
    });

    it("says usage null on the others when asked, and thinks by default with content null", () => {
        const [, second] = lines(stream(deepseek, { messages: user("hi"), stream: true, stream_options: { include_usage: true } }));
        expect(second).toBe(`data: {${head},"choices":[{"index":0,"delta":{"content":null,"reasoning_content":"The"},"logprobs":null,"finish_reason":null}],"usage":null}`);
    });

    it("puts usage on a chunk without choices when so ordered", () => {
        expect(lines(stream(deepseek, request, { kind: "usage", place: "separate" })).at(-2)).toContain('"choices":[],"usage":{');
    });
});

describe("the manners of a stream", () => {
    const request = { messages: user("hi"), stream: true, max_tokens: 2 };
    it.each<[string, Mode, RegExp]>([
        ["stall", { kind: "stall", after: 1 }, /^data: .*You.*\n\n\[stall\]$/],
        ["cut", { kind: "cut", after: 1 }, /^data: .*You.*\n\n\[cut\]$/],
        ["cut before done", { kind: "cut-before-done" }, /"finish_reason":"length".*\n\n$/],
        ["an answer without text", { kind: "no-text" }, /^data: (?!.*"content":"[^"])[^\n]*"finish_reason":"stop"/],
        ["a filtered answer", { kind: "content-filter", after: 1 }, /"finish_reason":"content_filter","moderation_hit_type":"severe_violation"/],
        ["no space after data", { kind: "no-space-after-data" }, /^data:\{[\s\S]*data:\[DONE\]\n\n$/],
        ["CRLF", { kind: "crlf" }, /^data: [^\n]*\r\n\r\ndata: [^\n]*\r\n\r\n/],
        ["keep-alive", { kind: "keepalive" }, /^: keep-alive\n\ndata: /],
    ])("%s", (_, mode, shape) => expect(stream(ARK, request, mode)).toMatch(shape));

    it("splits a character's bytes", () => {
        const [first] = script(request, ARK, call, [{ kind: "split-utf8" }], () => ({})).acts;
        if (first?.act !== "bytes") throw new Error("no bytes");
        expect(first.parts).toHaveLength(2);
        expect([first.parts[0]!.at(-1), Buffer.concat(first.parts).toString()]).toEqual([0xe4, expect.stringContaining('"content":"你"')]);
    });
});

it("is the same answer when it is not streamed", () => {
    const request = { messages: user("hi"), thinking: { type: "disabled" } };
    const { text, reasoning, reason, usage } = answerTo(request, deepseek, []);
    expect(JSON.stringify(ARK.whole(text, reasoning, reason, usage, call))).toBe(
        `{"choices":[{"finish_reason":"stop","index":0,"logprobs":null,"message":{"content":${JSON.stringify(text)},"role":"assistant"}}],"created":1789616310,"id":"ID","model":"M","service_tier":"default","object":"chat.completion","usage":{"completion_tokens":${usage.completion},"prompt_tokens":1,"total_tokens":${usage.completion + 1},"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}`);
    expect(Object.keys(deepseek.whole(text, "thought", reason, usage, call) as object)).toEqual(["id", "object", "created", "model", "choices", "usage", "system_fingerprint"]);
});
