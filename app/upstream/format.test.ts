import type { ServerResponse } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, done, open, refuses, ScriptedUpstream, service, token, usage, type Script } from "../test/upstream";
import { partsOf } from "../test/parts";
import { EventReader } from "./events";

const TEXT = "你好，𠮷 and 🌊.";

describe("an event stream", () => {
    let server: ScriptedUpstream;
    beforeAll(async () => (server = await ScriptedUpstream.start()));
    afterAll(() => server.stop());

    async function told(script: Script | string) {
        server.script = typeof script === "string" ? (response) => void open(response).end(script) : script;
        const upstream = service(server.url);
        const { text, reasoning, end, answer } = await ask(upstream);
        void upstream.close();
        return { text, reasoning, end, usage: answer?.usage };
    }

    /** Each of these in a write of its own, which is a chunk of the body of its own. */
    async function inParts(response: ServerResponse, parts: Uint8Array[]): Promise<void> {
        open(response);
        for (const part of parts) if (part.length > 0) await new Promise<void>((resolve) => response.write(part, () => setImmediate(resolve)));
        response.end();
    }

    const used = { inputTokens: 11, outputTokens: 9, reasoningTokens: 4 };
    const whole = Buffer.from(token(TEXT) + token("", "stop") + usage + done);

    it("may be cut at every border of its bytes", async () => {
        for (let at = 0; at <= Buffer.byteLength(token(TEXT)); at++) {
            const script: Script = (response) => inParts(response, [whole.subarray(0, at), whole.subarray(at)]);
            expect([at, await told(script)]).toEqual([at, { text: TEXT, reasoning: "", end: "stop", usage: used }]);
        }
    });

    it("may come byte by byte", async () => {
        const script: Script = (response) => inParts(response, [...whole].map((byte) => Uint8Array.of(byte)));
        expect(await told(script)).toEqual({ text: TEXT, reasoning: "", end: "stop", usage: used });
    });

    it("is read the same, however its bytes are cut", () => {
        const texts = fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { maxLength: 5 });
        const cuts = fc.array(fc.nat(), { maxLength: 20 });
        fc.assert(
            fc.property(texts, fc.constantFrom("\n", "\r\n", "\r"), fc.constantFrom("data: ", "data:", ""), cuts, (lines, end, name, places) => {
                const bytes = Buffer.from(lines.map((text) => `: alive${end}${end}${name}${JSON.stringify({ text })}${end}${end}`).join(""));
                const read: unknown[] = [];
                const reader = new EventReader({ onValue: (value) => read.push((value as { text: string }).text), onDone: () => read.push("done") });
                for (const part of partsOf(bytes, places)) reader.read(part);
                expect(read).toEqual(lines);
            }),
        );
    });

    it("may end its lines by CRLF, have no space after `data:`, comments between, and fields that nobody knows", async () => {
        const plain = `: alive\n\n${token("a")}id: 7\nevent: message\nmood: good\n${token("b", "stop")}${usage}${done}`;
        const expected = { text: "ab", reasoning: "", end: "stop", usage: used };
        expect(await told(plain)).toEqual(expected);
        expect(await told(plain.replaceAll("\n", "\r\n"))).toEqual(expected);
        expect(await told(plain.replaceAll("data: ", "data:"))).toEqual(expected);
    });

    it("of Ark repeats the role, says usage null, and tells the usage on a chunk of its own", async () => {
        const line = (choices: object[], used: object | null) => `data: ${JSON.stringify({ choices, created: 1, id: "02", model: "m", service_tier: "default", object: "chat.completion.chunk", usage: used })}\n\n`;
        const stream =
            line([{ delta: { content: "", reasoning_content: "想", role: "assistant" }, index: 0 }], null) +
            line([{ delta: { content: "你好", role: "assistant" }, index: 0 }], null) +
            line([{ delta: { content: "", role: "assistant" }, finish_reason: "length", index: 0 }], null) +
            line([], { completion_tokens: 9, prompt_tokens: 11, completion_tokens_details: { reasoning_tokens: 4 } }) +
            done;
        expect(await told(stream)).toEqual({ text: "你好", reasoning: "想", end: "length", usage: used });
    });

    it("of DeepSeek says content null while it thinks, and tells the usage on the last choice", async () => {
        const line = (delta: object, finish: string | null, used: object | null) => `: keep-alive\n\ndata: ${JSON.stringify({ choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], usage: used })}\n\n`;
        const stream =
            line({ role: "assistant", content: "" }, null, null) +
            line({ content: null, reasoning_content: "在" }, null, null) +
            line({ content: "你", reasoning_content: null }, null, null) +
            line({ content: "" }, "stop", { prompt_tokens: 8, completion_tokens: 96, prompt_cache_hit_tokens: 0 });
        const expected = { text: "你", reasoning: "在", end: "stop", usage: { inputTokens: 8, outputTokens: 96, reasoningTokens: 0 } };
        expect(await told(stream + done)).toEqual(expected);
        expect(await told(stream)).toEqual(expected);
    });

    it("need not tell the usage", async () => {
        expect(await told(token("a", "stop") + done)).toEqual({ text: "a", reasoning: "", end: "stop", usage: undefined });
    });

    it("is an error whether it is called one by `event:` or by its body alone", async () => {
        const line = `data: ${JSON.stringify({ error: { code: "InternalServiceError", message: "", param: "", type: "" } })}\n\n`;
        const failed = { text: "a", reasoning: "", end: "upstream_failed", usage: undefined };
        expect(await told(token("a") + line)).toEqual(failed);
        expect(await told(`${token("a")}event: error\n${line}`)).toEqual(failed);
    });

    it("is no gateway's page", async () => {
        const page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n";
        expect((await told(refuses(502, page))).end).toBe("upstream_failed");
        expect((await told(page)).end).toBe("upstream_malformed");
        expect((await told(refuses(502, "x".repeat(1 << 20)))).end).toBe("upstream_failed");
    });
});
