import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { says } from "../test/upstream";
import { until, World, type App } from "../test/world";

describe("sessions", () => {
    let world: World;
    let us: App;
    let cn: App;
    beforeAll(async () => {
        world = await World.start();
        us = await world.service({ REGION: "us" });
        cn = await world.service({ REGION: "cn" });
        world.upstream.script = says("An answer");
    });
    afterAll(() => world.stop());

    const begin = async (token: string) => (await us.chat(token, { message: "A question" })).events[0]!.data.sessionId as string;

    it("are read whole in the other region by the same person, who logs in there", async () => {
        const sessionId = await begin(await us.login("user:ada"));
        world.wechat.next.push({ openid: "oPerson-ada" });
        const there = await cn.login("another");
        const response = await cn.get(`/api/sessions/${sessionId}/messages`, there);
        expect(await response.json()).toEqual({
            sessionId,
            messages: [
                { role: "user", content: "A question", createdAt: expect.stringMatching(/^\d{4}-.*Z$/) },
                { role: "assistant", content: "An answer", createdAt: expect.stringMatching(/^\d{4}-.*Z$/) },
            ],
        });
        await cn.chat(there, { sessionId, message: "And then?" });
        expect((await cn.messages(there, sessionId)).map(({ role }) => role)).toEqual(["user", "assistant", "user", "assistant"]);
    });

    it("of somebody else do not exist", async () => {
        const sessionId = await begin(await us.login());
        const stranger = await us.login();
        const unknown = await us.get(`/api/sessions/${randomUUID()}/messages`, stranger);
        const foreign = await us.get(`/api/sessions/${sessionId}/messages`, stranger);
        expect(foreign.status).toBe(404);
        expect(await foreign.json()).toEqual({ code: "session_not_found", message: "There is no such session." });
        expect([unknown.status, await unknown.json()]).toEqual([404, { code: "session_not_found", message: "There is no such session." }]);

        const chat = await us.post("/api/chat", { sessionId, message: "Let me in" }, stranger);
        expect(chat.status).toBe(404);
        expect((await us.get(`/api/sessions/${sessionId}/messages`)).status).toBe(401);
    });

    it("keep what was told as done when the database is killed at that moment", async () => {
        const token = await us.login();
        let killed: Promise<void> | undefined;
        const chat = await us.chat(token, { message: "Keep me" }, ({ type }) => {
            if (type === "done") killed = world.mongod.kill();
        });
        await killed;
        await world.mongod.run();
        await until(() => us.messages(token, chat.events[0]!.data.sessionId).then(({ length }) => length === 2, () => false));
        await until(() => cn.service.database.ok && us.service.database.ok);
    });

    it("that are full say so", async () => {
        const token = await us.login();
        const sessionId = await begin(token);
        await us.service.database.db.collection<{ _id: string }>("conversations").updateOne({ _id: sessionId }, { $set: { bytes: 12 * 1024 * 1024 } });
        const response = await us.post("/api/chat", { sessionId, message: "More" }, token);
        expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([409, "session_full"]);
    });
});
