import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { done, gate, open, says, stalls, token as piece, usage } from "../test/upstream";
import { textOf, until, World, type App, type Chat, type Event } from "../test/world";

const words = ["one ", "two ", "three ", "four "];

describe("a stream that was cut", () => {
    let world: World;
    let app: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ MAX_SSE_CONNECTIONS_PER_USER: "2" });
    });
    beforeEach(async () => {
        token = await app.login();
    });
    afterAll(() => world.stop());

    /** A model that says one word each time the gate before it is opened. */
    function wordByWord(): { open: () => void }[] {
        const gates = words.map(() => gate());
        world.upstream.script = async (response) => {
            open(response).flushHeaders();
            for (const [index, word] of words.entries()) {
                await gates[index]!.wait;
                response.write(piece(word));
            }
            response.end(piece("", "stop") + usage + done);
        };
        return gates;
    }

    /** Begins a chat and leaves it as soon as it has seen so many events. */
    async function leaveAfter(count: number): Promise<Event[]> {
        const leave = new AbortController();
        const seen: Event[] = [];
        await app.chat(token, { message: "Count" }, (event) => {
            seen.push(event);
            if (seen.length === count) leave.abort();
        }, leave.signal).catch(() => undefined);
        expect(seen.length).toBe(count);
        return seen;
    }

    const streamOf = (events: Event[]): string => events[0]!.data.streamId;

    it("goes on after the last event that was read, without a gap or a duplicate", async () => {
        const gates = wordByWord();
        gates[0]!.open();
        const seen = await leaveAfter(2);
        const rest = app.resume(token, streamOf(seen), { "Last-Event-ID": seen[1]!.id! });
        for (const { open } of gates) {
            open();
            await new Promise(setImmediate);
        }
        const { response, events } = await rest;
        expect([response.status, response.headers.get("content-type"), response.headers.get("x-stream-id")]).toEqual([200, "text/event-stream; charset=utf-8", streamOf(seen)]);
        const all = [...seen, ...events].filter(({ type }) => type !== undefined && type !== "message");
        expect(all.map(({ data }) => data.seq)).toEqual(all.map((_, index) => index + 1));
        expect(textOf({ events: all } as Chat)).toBe(words.join(""));
        expect(events.at(-1)!.data).toBe("[DONE]");
    });

    it("can be read again from any event, also when it is over, by header or by query", async () => {
        world.upstream.script = says("a", "b");
        const whole = await app.chat(token, { message: "Hi" });
        const streamId = streamOf(whole.events);
        for (const event of whole.events.slice(0, -2)) {
            const { seq } = event.data;
            const rest = await app.resume(token, streamId, { "Last-Event-ID": event.id! });
            expect(rest.text).toBe(whole.text.slice(0, whole.text.indexOf("id: ")) + whole.text.slice(whole.text.indexOf(`id: ${streamId}.${seq + 1}\n`)));
            expect((await app.resume(token, streamId, {}, `?starting_after=${seq}`)).text).toBe(rest.text);
        }
        expect((await app.resume(token, streamId)).text).toBe(whole.text);
    });

    it("has nothing more for whoever has read its end", async () => {
        world.upstream.script = says("a");
        const { events } = await app.chat(token, { message: "Hi" });
        const rest = await app.resume(token, streamOf(events), { "Last-Event-ID": events.at(-2)!.id! });
        expect([rest.response.status, rest.text]).toEqual([204, ""]);
    });

    it("is nobody else's", async () => {
        world.upstream.script = says("a");
        const streamId = streamOf((await app.chat(token, { message: "Hi" })).events);
        const other = await app.login();
        for (const rest of [await app.resume(other, streamId), await app.resume(token, `s_${randomUUID().replaceAll("-", "")}`), await app.resume(token, "s_1")]) {
            expect([rest.response.status, JSON.parse(rest.text)]).toEqual([404, { code: "stream_not_found", message: "There is no such stream." }]);
        }
        expect((await app.post(`/api/chat/streams/${streamId}/stop`, {}, other)).status).toBe(404);
    });

    it("cannot be read from where it has not come to, or from another's event", async () => {
        world.upstream.script = says("a");
        const streamId = streamOf((await app.chat(token, { message: "Hi" })).events);
        for (const [headers, query] of [[{}, "?starting_after=4"], [{}, "?starting_after=-1"], [{}, "?starting_after=x"], [{ "Last-Event-ID": "s_0.1" }, ""], [{ "Last-Event-ID": `${streamId}.x` }, ""]] as const) {
            const rest = await app.resume(token, streamId, headers, query);
            expect([rest.response.status, JSON.parse(rest.text).code]).toEqual([400, "invalid_request"]);
        }
    });

    it("counts as a connection, and takes the place of its own ghost", async () => {
        const narrow = await world.service({ MAX_SSE_CONNECTIONS_PER_USER: "1" });
        world.upstream.script = stalls(piece("so far"));
        const events: Event[] = [];
        const ghost = narrow.chat(token, { message: "Hi" }, (event) => events.push(event));
        await until(() => events.length === 2);
        const rest = narrow.resume(token, streamOf(events), { "Last-Event-ID": events[1]!.id! });
        expect((await ghost).types).toEqual(["start", "delta", "closed"]);
        expect(narrow.service.connections.activeGlobal).toBe(1);
        narrow.service.turns.stopAll("taken_over");
        expect((await rest).types).toEqual(["error", "[DONE]"]);
    });

    it("is read by several connections at once, each at its own pace", async () => {
        const gates = wordByWord();
        const events: Event[] = [];
        const first = app.chat(token, { message: "Count" }, (event) => events.push(event));
        gates[0]!.open();
        await until(() => events.length === 2);
        const second = app.resume(token, streamOf(events));
        for (const { open } of gates.slice(1)) open();
        expect((await second).text).toBe((await first).text);
    });

    describe("and whose turn is not in this instance's memory", () => {
        it("is given as one message, which replaces what was read", async () => {
            world.upstream.script = says("Hello", ", world");
            const { events } = await app.chat(token, { message: "Hi" });
            const elsewhere = await world.service();
            const { response, events: late } = await elsewhere.resume(token, streamOf(events), { "Last-Event-ID": events[1]!.id! });
            expect(response.status).toBe(200);
            expect(late.map(({ id, data }) => [id, data])).toEqual([
                [`${streamOf(events)}.3`, { type: "message", seq: 3, content: "Hello, world" }],
                [
                    `${streamOf(events)}.4`,
                    { type: "done", seq: 4, finishReason: "stop", usage: { inputTokens: 11, outputTokens: 9, reasoningTokens: 4 }, provider: "ark", model: "ep-20261121000000-abcde" },
                ],
                [undefined, "[DONE]"],
            ]);
        });

        it("is awaited where it is still being answered", async () => {
            const gates = wordByWord();
            gates[0]!.open();
            const seen = await leaveAfter(2);
            const elsewhere = await world.service({ HEARTBEAT_SECONDS: "0.1" });
            const late = elsewhere.resume(token, streamOf(seen), { "Last-Event-ID": seen[1]!.id! });
            await until(() => elsewhere.service.connections.activeGlobal === 1);
            for (const { open } of gates) open();
            expect((await late).events.map(({ data }) => data.content ?? data.type ?? data)).toEqual([words.join(""), "done", "[DONE]"]);
        });

        it("is forgotten here after a while, and then given from the database", async () => {
            const forgetful = await world.service({ RESUME_SECONDS: "0.05" });
            world.upstream.script = says("a");
            const { events } = await forgetful.chat(token, { message: "Hi" });
            await until(() => forgetful.service.turns.find(events[0]!.data.messageId, (JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()) as { sub: string }).sub) === undefined);
            expect((await forgetful.resume(token, streamOf(events))).types).toEqual(["message", "done", "[DONE]"]);
        });
    });

    describe("is stopped by a request of its own", () => {
        const stop = async (of: App, streamId: string) => {
            const response = await of.post(`/api/chat/streams/${streamId}/stop`, {}, token);
            return [response.status, await response.json()];
        };

        it("which keeps what had come, with an estimate of its cost", async () => {
            world.upstream.script = stalls(piece("so far"));
            const events: Event[] = [];
            const chat = app.chat(token, { message: "Hi" }, (event) => events.push(event));
            await until(() => events.length === 2);
            const streamId = streamOf(events);
            expect(await stop(app, streamId)).toEqual([200, { streamId, stopped: true }]);
            expect((await chat).events.at(-2)!.data).toMatchObject({ type: "done", seq: 3, finishReason: "stopped", usage: { estimated: true } });
            expect(await stop(app, streamId)).toEqual([200, { streamId, stopped: false }]);
            expect(await app.messages(token, events[0]!.data.sessionId)).toEqual([{ role: "user", content: "Hi" }, { role: "assistant", content: "so far" }]);
        });

        it("also before the first token, and ends the request to the model", async () => {
            const hungUp = gate();
            world.upstream.script = (response) => void response.on("close", () => hungUp.open());
            const events: Event[] = [];
            const chat = app.chat(token, { message: "Hi" }, (event) => events.push(event));
            await until(() => events.length === 1 && world.upstream.seen.length > 0);
            await stop(app, streamOf(events));
            expect((await chat).types).toEqual(["start", "done", "[DONE]"]);
            await hungUp.wait;
        });

        it("which another instance cannot do, and says so until it is over", async () => {
            world.upstream.script = stalls(piece("so far"));
            const events: Event[] = [];
            const chat = app.chat(token, { message: "Hi" }, (event) => events.push(event));
            await until(() => events.length === 2);
            const elsewhere = await world.service();
            expect(await stop(elsewhere, streamOf(events))).toMatchObject([409, { code: "stream_elsewhere" }]);
            await stop(app, streamOf(events));
            await chat;
            expect(await stop(elsewhere, streamOf(events))).toEqual([200, { streamId: streamOf(events), stopped: false }]);
        });
    });
});
