import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { says, stalls, token as piece } from "../test/upstream";
import { until, World, type App, type Chat } from "../test/world";

describe("the limits", () => {
    let world: World;
    let app: App;
    let running: Promise<Chat>[] = [];
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ MAX_SSE_CONNECTIONS: "2" });
    });
    afterEach(async () => {
        for (const { turns } of world.services) turns.stopAll("taken_over");
        await Promise.allSettled(running);
        running = [];
        for (const { turns } of world.services) await turns.idle();
        await until(() => world.services.every(({ connections }) => connections.activeGlobal === 0));
    });
    afterAll(() => world.stop());

    /** A chat that has shown one token and stays open. */
    async function openChat(token: string, body: object = { message: "Hi" }, of = app): Promise<{ chat: Promise<Chat>; sessionId: string }> {
        world.upstream.script = stalls(piece("so far"));
        let sessionId = "";
        let begun = false;
        const chat = of.chat(token, body, ({ type, data }) => {
            sessionId ||= data.sessionId;
            begun ||= type === "delta";
        });
        running.push(chat);
        await until(() => begun);
        return { chat, sessionId };
    }

    it("of the region refuse the newest, with the time to come again", async () => {
        await openChat(await app.login());
        await openChat(await app.login());
        expect(((await (await app.get("/api/health")).json()) as any).sse).toEqual({ activeGlobal: 2, maxGlobal: 2 });
        const response = await app.post("/api/chat", { message: "Hi" }, await app.login());
        expect(response.status).toBe(503);
        expect(response.headers.get("retry-after")).toBe("5");
        expect(await response.json()).toMatchObject({ code: "too_many_streams" });
    });

    it("of a user let the newest connection take the oldest over, which is told so; its turn goes on", async () => {
        const token = await app.login();
        const first = await openChat(token);
        world.upstream.script = says("second");
        const second = await app.chat(token, { message: "Another thing" });
        expect(second.types.at(-2)).toBe("done");
        const old = await first.chat;
        expect(old.types).toEqual(["start", "delta", "closed"]);
        expect(old.events.at(-1)).toMatchObject({ id: undefined, data: { type: "closed", code: "taken_over", message: expect.any(String) } });
        expect(app.service.turns.active).toBe(1);
    });

    it("of a user free a place in a full region for that user, and for no other", async () => {
        const [ada, bob] = [await app.login(), await app.login()];
        const first = await openChat(ada);
        await openChat(bob);
        await openChat(ada);
        expect((await first.chat).types.at(-1)).toBe("closed");
        expect((await app.post("/api/chat", { message: "Hi" }, await app.login())).status).toBe(503);
    });

    it("of a user take only the oldest", async () => {
        const roomy = await world.service({ MAX_SSE_CONNECTIONS_PER_USER: "2" });
        const token = await roomy.login();
        const first = await openChat(token, undefined, roomy);
        await openChat(token, undefined, roomy);
        await openChat(token, undefined, roomy);
        expect((await first.chat).types.at(-1)).toBe("closed");
        expect(roomy.service.connections.activeGlobal).toBe(2);
    });

    it("of a user leave the running stream alone when the new request is refused", async () => {
        const token = await app.login();
        const { chat } = await openChat(token);
        expect((await app.post("/api/chat", { sessionId: crypto.randomUUID(), message: "Hi" }, token)).status).toBe(404);
        expect(app.service.connections.activeGlobal).toBe(1);
        app.service.turns.stopAll("taken_over");
        expect((await chat).events.at(-2)!.data.code).toBe("taken_over");
    });

    it("do not count a request that was refused", async () => {
        const token = await app.login();
        for (const sessionId of Array.from({ length: 5 }, () => crypto.randomUUID())) {
            expect((await app.post("/api/chat", { sessionId, message: "Hi" }, token)).status).toBe(404);
        }
        expect(app.service.connections.activeGlobal).toBe(0);
    });

    it("of a user's running turns let the newest stop the oldest, whose words are kept", async () => {
        const token = await app.login();
        const first = await openChat(token);
        for (let more = 0; more < 3; more += 1) await openChat(token);
        await until(() => app.service.turns.active === 3);
        await until(async () => (await app.messages(token, first.sessionId)).length === 2);
        expect(await app.messages(token, first.sessionId)).toEqual([{ role: "user", content: "Hi" }, { role: "assistant", content: "so far" }]);
    });
});
