import { version } from "../package.json";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { done, gate, open, says, token as piece, usage } from "../test/upstream";
import { textOf, until, World, type App } from "../test/world";

describe("a chat", () => {
    let world: World;
    let app: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service();
    });
    beforeEach(async () => {
        world.upstream.script = says("Hello", ", world");
        token = await app.login();
    });
    afterAll(() => world.stop());

    it("is written exactly as the format says", async () => {
        const { response, text, events } = await app.chat(token, { message: "Hi" });
        const streamId = response.headers.get("x-stream-id")!;
        expect(streamId).toMatch(/^s_[0-9a-f]{32}$/);
        expect(response.status).toBe(200);
        expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
        expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
        expect(response.headers.get("x-accel-buffering")).toBe("no");
        expect(response.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
        const { sessionId, messageId } = events[0]!.data;
        const start = { type: "start", seq: 1, streamId, sessionId, messageId, provider: "ark", model: "ep-20261121000000-abcde", history: "complete" };
        expect(text).toBe(
            [
                "retry: 3000\n: connected",
                `id: ${streamId}.1\nevent: start\ndata: ${JSON.stringify(start)}`,
                // What came in one go is one event.
                `id: ${streamId}.2\nevent: delta\ndata: {"type":"delta","seq":2,"delta":"Hello, world"}`,
                `id: ${streamId}.3\nevent: done\ndata: {"type":"done","seq":3,"finishReason":"stop","usage":{"inputTokens":11,"outputTokens":9,"reasoningTokens":4},"provider":"ark","model":"ep-20261121000000-abcde"}`,
                "data: [DONE]\n\n",
            ].join("\n\n"),
        );
    });

    it("asks the model as Ark wants to be asked, with what was said before", async () => {
        const first = await app.chat(token, { message: "My name is Ada" });
        await app.chat(token, { sessionId: first.events[0]!.data.sessionId, message: "Who am I?" });
        const seen = world.upstream.seen.at(-1)!;
        expect(seen.headers.authorization).toBe("Bearer ark-key-7f3a");
        expect(seen.body).toEqual({
            model: "ep-20261121000000-abcde",
            stream: true,
            stream_options: { include_usage: true },
            messages: [
                { role: "user", content: "My name is Ada" },
                { role: "assistant", content: "Hello, world" },
                { role: "user", content: "Who am I?" },
            ],
        });
    });

    it("arrives token by token: each one before the next one is made", async () => {
        const words = ["one ", "two ", "three ", "four "];
        const read = words.map(() => gate());
        world.upstream.script = async (response) => {
            open(response);
            for (const [index, word] of words.entries()) {
                response.write(piece(word));
                await read[index]!.wait;
            }
            response.end(piece("", "stop") + done);
        };
        let next = 0;
        const chat = await app.chat(token, { message: "Count" }, (event) => {
            if (event.type === "delta") read[next++]!.open();
        });
        expect(textOf(chat)).toBe("one two three four ");
        expect(chat.types).toEqual(["start", "delta", "delta", "delta", "delta", "done", "[DONE]"]);
    });

    it("beats before the first token", async () => {
        const lively = await world.service({ HEARTBEAT_SECONDS: "0.05" });
        const first = gate();
        world.upstream.script = async (response, request) => {
            await first.wait;
            await says("late")(response, request);
        };
        let beats = 0;
        const { types } = await lively.chat(token, { message: "Hi" }, undefined, undefined, () => {
            beats += 1;
            if (beats === 3) first.open();
        });
        expect(types).toEqual(["start", "delta", "done", "[DONE]"]);
    });

    it("keeps Chinese characters whole that are cut by the border of a packet", async () => {
        world.upstream.script = async (response) => {
            open(response);
            const bytes = Buffer.from(piece("你好，世界") + piece("！", "stop") + usage + done);
            for (let at = 0; at < bytes.length; at += 7) {
                await new Promise<void>((resolve) => response.write(bytes.subarray(at, at + 7), () => setImmediate(resolve)));
            }
            response.end();
        };
        const chat = await app.chat(token, { message: "说" });
        expect(textOf(chat)).toBe("你好，世界！");
        expect(await app.messages(token, chat.events[0]!.data.sessionId)).toEqual([
            { role: "user", content: "说" },
            { role: "assistant", content: "你好，世界！" },
        ]);
    });

    it("shows what a model thinks apart from what it says, and takes the usage from either place", async () => {
        const line = (delta: object, finish: string | null, used: object | null) =>
            `data:${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }], usage: used })}\n\n`;
        world.upstream.script = (response) =>
            void open(response).end(
                ": keep-alive\n\n" +
                    line({ content: null, reasoning_content: "想" }, null, null) +
                    line({ content: "你", reasoning_content: null }, null, null) +
                    line({ content: "" }, "length", { prompt_tokens: 8, completion_tokens: 96 }) +
                    done,
            );
        const { events } = await app.chat(token, { message: "Hi" });
        expect(events.slice(1, 4).map(({ data }) => data)).toEqual([
            { type: "reasoning", seq: 2, delta: "想" },
            { type: "delta", seq: 3, delta: "你" },
            { type: "done", seq: 4, finishReason: "length", usage: { inputTokens: 8, outputTokens: 96, reasoningTokens: 0 }, provider: "ark", model: "ep-20261121000000-abcde" },
        ]);
    });

    it("keeps the user's message before the first token", async () => {
        const asked = gate();
        const answer = gate();
        world.upstream.script = async (response, request) => {
            asked.open();
            await answer.wait;
            await says("so")(response, request);
        };
        let sessionId = "";
        const chat = app.chat(token, { message: "Keep me" }, (event) => (sessionId ||= event.data.sessionId));
        await asked.wait;
        await until(() => sessionId !== "");
        expect(await app.messages(token, sessionId)).toEqual([{ role: "user", content: "Keep me" }]);
        answer.open();
        await chat;
        expect((await app.messages(token, sessionId)).length).toBe(2);
    });

    it("goes on when its client leaves, and the answer is there", async () => {
        const left = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("first "));
            await left.wait;
            response.end(piece("second", "stop") + done);
        };
        const leave = new AbortController();
        let sessionId = "";
        const chat = app.chat(token, { message: "Hi" }, ({ type, data }) => {
            sessionId ||= data.sessionId;
            if (type === "delta") leave.abort();
        }, leave.signal);
        await expect(chat).rejects.toThrow();
        await until(() => app.service.connections.activeGlobal === 0);
        left.open();
        await until(async () => (await app.messages(token, sessionId)).length === 2);
        expect((await app.messages(token, sessionId))[1]).toEqual({ role: "assistant", content: "first second" });
    });

    it("logs the turn, but no word of it", async () => {
        world.log = "";
        world.upstream.script = says("a-secret-answer");
        await app.chat(token, { message: "a-secret-question" });
        await until(() => world.log.includes('"msg":"request"'));
        const lines = world.log.trim().split("\n").map((line) => JSON.parse(line));
        expect(lines).toMatchObject([
            { region: "US", version, msg: "turn", end: "done", finishReason: "stop", usage: { outputTokens: 9 }, firstTextMs: expect.any(Number) },
            { region: "US", version, msg: "request", route: "/api/chat", status: 200 },
        ]);
        expect(world.log).not.toMatch(/a-secret|ark-key|eyJ/);
    });
});
