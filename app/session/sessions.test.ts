import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { says } from "../test/upstream";
import { until, World, type App } from "../test/world";
import { MAX_BYTES } from "./store";

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
                { id: expect.any(String), role: "user", content: "A question", createdAt: expect.stringMatching(/^\d{4}-.*Z$/) },
                { id: expect.any(String), role: "assistant", content: "An answer", createdAt: expect.stringMatching(/^\d{4}-.*Z$/) },
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

    it("that are long are read in pages, each of which leads to the one before", async () => {
        const token = await us.login();
        const sessionId = await begin(token);
        const at = new Date("2026-01-01T00:00:00Z");
        const turns = Array.from({ length: 7 }, (_, place) => ({ id: String(place), message: `question ${place}`, at, reply: `answer ${place}`, end: "done", endedAt: at }));
        await us.service.database.db.collection<{ _id: string }>("conversations").updateOne({ _id: sessionId }, { $set: { turns } });
        const read = async (query: string) => {
            const response = await us.get(`/api/sessions/${sessionId}/messages${query}`, token);
            const { messages } = (await response.json()) as { messages: { role: string; content: string }[] };
            return [messages.filter(({ role }) => role === "user").map(({ content }) => content.slice(-1)).join(""), messages.length, response.headers.get("link")];
        };
        expect(await read("")).toEqual(["0123456", 14, null]);
        expect(await read("?limit=3")).toEqual(["456", 6, '<?limit=3&before=4>; rel="prev"']);
        expect(await read("?limit=3&before=4")).toEqual(["123", 6, '<?limit=3&before=1>; rel="prev"']);
        expect(await read("?limit=3&before=1")).toEqual(["0", 2, null]);
        expect(await read("?limit=7")).toEqual(["0123456", 14, null]);
    });

    it.each(["limit=0", "limit=101", "limit=x", "before=0", "before=2026-01-01", "limit=1&limit=2"])("refuse %s", async (query) => {
        const response = await us.get(`/api/sessions/${randomUUID()}/messages?${query}`, await us.login());
        expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, "invalid_request"]);
    });

    it("that are full say so", async () => {
        const token = await us.login();
        const sessionId = await begin(token);
        await us.service.database.db.collection<{ _id: string }>("conversations").updateOne({ _id: sessionId }, { $set: { bytes: MAX_BYTES } });
        const response = await us.post("/api/chat", { sessionId, message: "More" }, token);
        expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([409, "session_full"]);
    });
});
