import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { done, gate, open, says, token as piece, usage } from "../test/upstream";
import { textOf, until, World, type App, type Chat } from "../test/world";

describe("a message that is sent again", () => {
    let world: World;
    let app: App;
    let token: string;
    let asked: number;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ MAX_SSE_CONNECTIONS_PER_USER: "10" });
    });
    beforeEach(async () => {
        world.upstream.script = says("Hello", ", world");
        token = await app.login();
        asked = world.upstream.seen.length;
    });
    afterAll(() => world.stop());

    const send = (key: string, body: object = { message: "Hi" }, of = app, as = token): Promise<Chat> => of.chat(as, body, undefined, undefined, undefined, { "Idempotency-Key": key });
    const answers = () => world.upstream.seen.length - asked;

    it("with the same key is answered once, and each time whole", async () => {
        const first = await send("key-1");
        expect((await send("key-1")).text).toBe(first.text);
        expect(answers()).toBe(1);
        expect((await app.messages(token, first.events[0]!.data.sessionId)).length).toBe(2);
    });

    it("while it is being answered joins the same stream", async () => {
        const rest = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("first "));
            await rest.wait;
            response.end(piece("second", "stop") + usage + done);
        };
        const first = send("key-1");
        await until(() => app.service.turns.active === 1);
        const second = send("key-1");
        await until(() => app.service.connections.activeGlobal === 2);
        rest.open();
        expect((await second).text).toBe((await first).text);
        expect(textOf(await first)).toBe("first second");
        expect(answers()).toBe(1);
    });

    it("many times at once is still one", async () => {
        const chats = await Promise.all(Array.from({ length: 8 }, () => send("key-1")));
        expect(new Set(chats.map(({ text }) => text)).size).toBe(1);
        expect(answers()).toBe(1);
    });

    it("in another region is given the finished message there", async () => {
        const first = await send("key-1");
        const other = await world.service({ REGION: "cn" });
        const again = await send("key-1", { message: "Hi" }, other);
        expect(again.events.map(({ data }) => data.content ?? data.type ?? data)).toEqual(["Hello, world", "done", "[DONE]"]);
        expect(again.response.headers.get("x-stream-id")).toBe(first.response.headers.get("x-stream-id"));
        expect(answers()).toBe(1);
    });

    it("in a session that there was before is found there as well", async () => {
        const { sessionId } = (await send("key-1")).events[0]!.data;
        const second = await send("key-2", { sessionId, message: "And?" });
        const other = await world.service({ REGION: "cn" });
        expect((await send("key-2", { sessionId, message: "And?" }, other)).types).toEqual(["message", "done", "[DONE]"]);
        expect((await send("key-2", { sessionId, message: "And?" })).text).toBe(second.text);
        expect(answers()).toBe(2);
        expect((await app.messages(token, sessionId)).length).toBe(4);
    });

    it("by somebody else with the same key is another message", async () => {
        const other = await app.login();
        const [mine, theirs] = [await send("key-1"), await send("key-1", { message: "Hi" }, app, other)];
        expect(mine.events[0]!.data.sessionId).not.toBe(theirs.events[0]!.data.sessionId);
        expect(answers()).toBe(2);
    });

    /** Status and code of a request, or the types of its events. */
    async function outcome(key: string, body: object, of = app): Promise<unknown> {
        const { response, text, types } = await send(key, body, of);
        return response.ok ? types : [response.status, JSON.parse(text).code];
    }
    const reused = [422, "idempotency_key_reused"];

    it("with the same key is the same in quotes, as the draft writes it", async () => {
        const first = await send("key-1");
        expect((await send('"key-1"')).text).toBe(first.text);
        expect(answers()).toBe(1);
    });

    it("with another message, or for another session, is refused while it is in memory", async () => {
        const { sessionId, messageId } = (await send("key-1")).events[0]!.data;
        const other = (await send("key-2")).events[0]!.data.sessionId;
        const before = answers();
        expect(await outcome("key-1", { message: "Hello" })).toEqual(reused);
        expect(await outcome("key-1", { message: "Hi", sessionId: other })).toEqual(reused);
        expect(await outcome("key-1", { message: "Hi " })).toEqual(reused);
        // The same in other words: the session that it made, and what the client has seen since.
        expect(textOf(await send("key-1", { message: "Hi", sessionId, after: messageId }))).toBe("Hello, world");
        expect(answers()).toBe(before);
    });

    it("with another message is refused while the first is being begun and answered, and joins nobody", async () => {
        const rest = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("first "));
            await rest.wait;
            response.end(piece("second", "stop") + usage + done);
        };
        const first = send("key-1");
        const atOnce = outcome("key-1", { message: "Hello" });
        await until(() => app.service.turns.active === 1);
        expect(await outcome("key-1", { message: "Hello" })).toEqual(reused);
        expect(await atOnce).toEqual(reused);
        expect(app.service.connections.activeGlobal).toBe(1);
        rest.open();
        expect(textOf(await first)).toBe("first second");
        expect(answers()).toBe(1);
    });

    it("with another message, or for another session, is refused in another region, and after a restart", async () => {
        const { sessionId } = (await send("key-1")).events[0]!.data;
        const other = (await send("key-2")).events[0]!.data.sessionId;
        await send("key-3", { sessionId, message: "And?" });
        const cn = await world.service({ REGION: "cn", MAX_SSE_CONNECTIONS_PER_USER: "10" });
        expect(await outcome("key-1", { message: "Hello" }, cn)).toEqual(reused);
        expect(await outcome("key-1", { message: "Hi", sessionId: other }, cn)).toEqual(reused);
        expect(await outcome("key-3", { message: "And?" }, cn)).toEqual(reused);
        expect(await outcome("key-3", { sessionId: other, message: "And?" }, cn)).toEqual(reused);
        expect(await outcome("key-3", { sessionId, message: "And" }, cn)).toEqual(reused);
        expect(await outcome("key-3", { sessionId, message: "And?" }, cn)).toEqual(["message", "done", "[DONE]"]);
        expect(answers()).toBe(3);
        // What was refused is in no session.
        const conversations = await cn.service.database.db.collection("conversations").find({ turns: { $size: 0 } }).toArray();
        expect(conversations).toEqual([]);
        const kept = await cn.service.database.db.collection<{ _id: string; turns: { message: string }[]; bytes: number }>("conversations").findOne({ _id: other });
        expect([kept!.turns.map(({ message }) => message), kept!.bytes]).toEqual([["Hi"], Buffer.byteLength("HiHello, world")]);
    });

    it("with another message is refused by another instance that knows the session", async () => {
        const { sessionId } = (await send("key-1")).events[0]!.data;
        const cn = await world.service({ REGION: "cn", MAX_SSE_CONNECTIONS_PER_USER: "10" });
        const { messageId } = (await send("key-2", { sessionId, message: "And?" }, cn)).events[0]!.data;
        // It begins without waiting for the database, which says afterwards that the key is taken.
        const late = await send("key-1", { sessionId, message: "Else", after: messageId }, cn);
        expect([late.response.status, late.types.at(-2), late.events.at(-2)!.data]).toMatchObject([200, "error", { code: "idempotency_key_reused", retryable: false }]);
        expect((await app.messages(token, sessionId)).map(({ content }) => content)).toEqual(["Hi", "Hello, world", "And?", "Hello, world"]);
    });

    it.each(["", "a b", "ä", "x".repeat(129), '"key', '""', '"a b"'])("is refused with the key %j", async (key) => {
        const response = await fetch(`${app.url}/api/chat`, {
            method: "POST",
            headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}`, "Idempotency-Key": key },
            body: JSON.stringify({ message: "Hi" }),
        });
        expect([response.status, await response.json()]).toMatchObject([400, { code: "invalid_request", message: "idempotency-key: is not 1 to 128 letters, digits, '.', '_', ':' or '-'" }]);
    });
});
