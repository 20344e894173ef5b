import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { done, gate, open, says, token as piece, usage } from "../test/upstream";
import { textOf, until, World, type App, type Chat } from "../test/world";
import type { Conversation } from "./document";

describe("a region whose database is away", () => {
    let world: World;
    let app: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service();
    });
    beforeEach(async () => {
        await back();
        token = await app.login();
        world.upstream.script = says("An answer");
    });
    afterAll(() => world.stop());

    /** As a power cut, and noticed. */
    async function lost(): Promise<void> {
        await world.mongod.kill();
        await until(() => world.services.every(({ database }) => !database.ok));
    }

    /** There again, and with everything. */
    async function back(): Promise<void> {
        if (!app.service.database.ok) await world.mongod.run();
        await until(() => world.services.every(({ database, journal }) => database.ok && journal.stats.turns === 0));
    }

    const started = (chat: Chat) => chat.events[0]!.data as { sessionId: string; messageId: string; history: string; degraded?: true };
    const texts = async (sessionId: string) => (await app.messages(token, sessionId)).map(({ content }) => content);
    const shown = () => world.upstream.seen.at(-1)!.body.messages.map(({ content }) => content);

    it("goes on with a session that it knows, says that it may not know all, and brings the turns home once and in order", async () => {
        const { sessionId } = started(await app.chat(token, { message: "before" }));
        await lost();
        for (const message of ["first", "second"]) {
            const chat = await app.chat(token, { sessionId, message });
            expect(chat.types).toEqual(["start", "delta", "done", "[DONE]"]);
            expect(started(chat)).toMatchObject({ history: "partial", degraded: true });
        }
        expect(shown()).toEqual(["before", "An answer", "first", "An answer", "second"]);
        expect(app.service.journal.stats.turns).toBe(2);
        await back();
        expect(await texts(sessionId)).toEqual(["before", "An answer", "first", "An answer", "second", "An answer"]);
        expect(started(await app.chat(token, { sessionId, message: "after" }))).toMatchObject({ history: "complete" });
        expect(shown()).toEqual(["before", "An answer", "first", "An answer", "second", "An answer", "after"]);
    });

    it("refuses a key that belongs to another message, which waits in the journal, also after a restart", async () => {
        await lost();
        const send = async (key: string, body: object, at = app) => {
            const { response, text, types } = await at.chat(token, body, undefined, undefined, undefined, { "Idempotency-Key": key });
            return response.ok ? types.at(-2) : [response.status, JSON.parse(text).code];
        };
        expect(await send("key", { message: "first" })).toBe("done");
        app.service.turns.find = () => undefined;
        expect(await send("key", { message: "second" })).toEqual([422, "idempotency_key_reused"]);
        expect(await send("key", { message: "first", sessionId: randomUUID() })).toEqual([422, "idempotency_key_reused"]);
        expect(await send("key", { message: "first" })).toBe("done");
        delete (app.service.turns as { find?: unknown }).find;
    });

    it("begins a new session, which is complete", async () => {
        await lost();
        const chat = await app.chat(token, { message: "new" });
        expect(started(chat)).toMatchObject({ history: "complete", degraded: true });
        await back();
        expect(await texts(started(chat).sessionId)).toEqual(["new", "An answer"]);
    });

    it("says plainly that it does not know a session, and its turns find their place there", async () => {
        const elsewhere = await world.service({ REGION: "cn" });
        const { sessionId } = started(await elsewhere.chat(token, { message: "there" }));
        await lost();
        expect(started(await app.chat(token, { sessionId, message: "here" }))).toMatchObject({ history: "unknown", degraded: true });
        expect(shown()).toEqual(["here"]);
        expect(started(await app.chat(token, { sessionId, message: "and again" }))).toMatchObject({ history: "partial" });
        await back();
        expect(await texts(sessionId)).toEqual(["there", "An answer", "here", "An answer", "and again", "An answer"]);
    });

    it("keeps a turn apart whose session turns out to be somebody else's", async () => {
        const stranger = await app.login();
        const elsewhere = await world.service({ REGION: "cn" });
        const { sessionId } = started(await elsewhere.chat(token, { message: "mine" }));
        await lost();
        const { messageId } = started(await app.chat(stranger, { sessionId, message: "theirs" }));
        await back();
        expect(await texts(sessionId)).toEqual(["mine", "An answer"]);
        const kept = await app.service.database.db.collection<Conversation>("conversations").findOne({ "turns.id": messageId });
        expect(kept!._id).not.toBe(sessionId);
        expect(kept!.turns.map(({ message, reply }) => [message, reply])).toEqual([["theirs", "An answer"]]);
    });

    it("knows whose a session is that it knows", async () => {
        const { sessionId } = started(await app.chat(token, { message: "mine" }));
        const stranger = await app.login();
        await lost();
        expect((await app.post("/api/chat", { sessionId, message: "theirs" }, stranger)).status).toBe(404);
    });

    it("answers a repeated message once, before and after", async () => {
        const asked = world.upstream.seen.length;
        await lost();
        const key = { "Idempotency-Key": randomUUID() };
        const send = (of = app) => of.chat(token, { message: "once" }, undefined, undefined, undefined, key);
        const first = await send();
        expect((await send()).text).toBe(first.text);
        await back();
        const again = await send(await world.service({ REGION: "cn" }));
        expect(again.types).toEqual(["message", "done", "[DONE]"]);
        expect(world.upstream.seen.length - asked).toBe(1);
        expect(await texts(started(first).sessionId)).toEqual(["once", "An answer"]);
    });

    it("finishes the stream that was running when it was lost, and keeps its end until it is back", async () => {
        const rest = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("first "));
            await rest.wait;
            response.end(piece("second", "stop") + usage + done);
        };
        let begun = false;
        const running = app.chat(token, { message: "Hi" }, ({ type }) => (begun ||= type === "delta"));
        await until(() => begun);
        await world.mongod.kill();
        rest.open();
        const chat = await running;
        expect([textOf(chat), chat.types.at(-2)]).toEqual(["first second", "done"]);
        await until(() => !app.service.database.ok);
        const resumed = await app.resume(token, chat.response.headers.get("x-stream-id")!);
        expect(resumed.text).toBe(chat.text);
        await back();
        expect(await texts(started(chat).sessionId)).toEqual(["Hi", "first second"]);
    });

    it("takes the message that is on its way when it is lost", async () => {
        const { sessionId } = started(await app.chat(token, { message: "before" }));
        // Killed, and not noticed yet: the operation fails or hangs.
        await world.mongod.kill();
        const chat = await app.chat(token, { sessionId, message: "in the middle" });
        expect(chat.types.at(-2)).toBe("done");
        await until(() => !app.service.database.ok);
        await back();
        expect(await texts(sessionId)).toEqual(["before", "An answer", "in the middle", "An answer"]);
    });

    it("stays healthy, tells that it is degraded and what waits; what needs the database is refused at once", async () => {
        await lost();
        await app.chat(token, { message: "kept" });
        const health = (await (await app.get("/api/health")).json()) as object;
        expect(health).toMatchObject({ status: "healthy", degraded: true, database: "error", journal: { turns: 1, bytes: expect.any(Number) } });
        for (const response of [await app.get(`/api/sessions/${randomUUID()}/messages`, token), await app.post("/api/auth/login", { code: "user:late" })]) {
            expect([response.status, response.headers.get("retry-after"), await response.json()]).toMatchObject([503, "2", { code: "database_unavailable" }]);
        }
    });

    it("gives a stream of before from what it holds, and tells that it cannot look for another", async () => {
        await lost();
        const chat = await app.chat(token, { message: "kept" });
        const forgetful = await app.resume(token, `s_${randomUUID().replaceAll("-", "")}`);
        expect([forgetful.response.status, JSON.parse(forgetful.text).code]).toEqual([503, "database_unavailable"]);
        expect((await app.resume(token, chat.response.headers.get("x-stream-id")!)).text).toBe(chat.text);
    });

    it("refuses when its journal is full, and is not healthy then", async () => {
        Object.assign(app.service.journal, { maxBytes: 1 });
        await lost();
        await app.chat(token, { message: "the last one" });
        const refused = await app.post("/api/chat", { message: "one too many" }, token);
        expect([refused.status, await refused.json()]).toMatchObject([503, { code: "database_unavailable" }]);
        expect((await app.get("/api/health")).status).toBe(503);
        Object.assign(app.service.journal, { maxBytes: 1 << 20 });
    });
});
