import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { World, type App } from "../test/world";

describe("requests", () => {
    let world: World;
    let app: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service();
        token = await app.login();
    });
    afterAll(() => world.stop());

    it("may hold the longest message, however it is written", async () => {
        for (const message of ["你".repeat(8_000), "😀".repeat(4_000), "\t\r\n".repeat(2_000) + "."]) {
            expect((await app.chat(token, { message })).types.at(-2)).toBe("done");
            expect(world.upstream.seen.at(-1)!.body.messages).toEqual([{ role: "user", content: message }]);
        }
        const escaped = `{"message":"${"\\u4f60".repeat(8_000)}"}`;
        expect((await app.post("/api/chat", escaped, token)).status).toBe(200);
    });

    it("may begin with a byte order mark, and name UTF-8 in their own way", async () => {
        const headers = { "Content-Type": 'application/json; charset="UTF8"', Authorization: `Bearer ${token}`, "Content-Encoding": "identity" };
        const response = await fetch(`${app.url}/api/chat`, { method: "POST", headers, body: '\ufeff{"message":"Hi"}' });
        expect([response.status, (await response.text()).endsWith("[DONE]\n\n")]).toEqual([200, true]);
    });

    it("keep their id if it is one, and get another one if not", async () => {
        const ask = async (id: string) => (await fetch(`${app.url}/health`, { headers: { "X-Request-Id": id } })).headers.get("x-request-id");
        expect(await ask("4f1c0a9e5b7d")).toBe("4f1c0a9e5b7d");
        expect(await ask('"},{"')).toMatch(/^[0-9a-f-]{36}$/);
    });
});
