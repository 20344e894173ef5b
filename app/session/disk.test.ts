import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { says } from "../test/upstream";
import { until, World, type App } from "../test/world";

describe("a machine whose disk takes nothing more", () => {
    let world: World;
    let app: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service();
        token = await app.login();
        world.upstream.script = says("An answer");
        const { file } = app.service.journal as unknown as { file: { write(text: string): Promise<void> } };
        file.write = () => Promise.reject(Object.assign(new Error("no space left on device"), { code: "ENOSPC" }));
    });
    afterAll(() => world.stop());

    it("goes on with its database, and asks that before it answers", async () => {
        const { sessionId, messageId } = (await app.chat(token, { message: "Hi" })).events[0]!.data;
        expect((await app.chat(token, { sessionId, after: messageId, message: "Again" })).types.at(-2)).toBe("done");
        expect((await app.messages(token, sessionId)).length).toBe(4);
    });

    it("refuses without it: nothing is told as kept that is not", async () => {
        await world.mongod.kill();
        await until(() => !app.service.database.ok);
        const response = await app.post("/api/chat", { message: "Hi" }, token, undefined, { "Idempotency-Key": randomUUID() });
        expect([response.status, await response.json()]).toMatchObject([503, { code: "database_unavailable" }]);
        expect(app.service.journal.all()).toEqual([]);
        expect(world.log).toContain("ENOSPC");
    });
});
