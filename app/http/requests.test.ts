import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { World, type App } from "../test/world";

describe("bad requests", () => {
    let world: World;
    let app: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service();
        token = await app.login();
    });
    afterAll(() => world.stop());

    it.each([
        ["no message", {}, 400, "invalid_request"],
        ["an empty message", { message: "" }, 400, "invalid_request"],
        ["a blank message", { message: " \n " }, 400, "invalid_request"],
        ["a message that is too long", { message: "你".repeat(8001) }, 400, "invalid_request"],
        ["a number", { message: 7 }, 400, "invalid_request"],
        ["an operator as message", { message: { $ne: "" } }, 400, "invalid_request"],
        ["an operator as session", { sessionId: { $ne: "" }, message: "Hi" }, 400, "invalid_request"],
        ["a session that is no id", { sessionId: "mine", message: "Hi" }, 400, "invalid_request"],
        ["an unknown field", { message: "Hi", model: "gpt" }, 400, "invalid_request"],
        ["a list", [], 400, "invalid_request"],
        ["null", "null", 400, "invalid_request"],
        ["broken JSON", '{"message":', 400, "malformed_json"],
        ["nothing", "", 400, "malformed_json"],
        ["a polluted prototype", '{"message":"Hi","__proto__":{"admin":true}}', 400, "malformed_json"],
        ["a body that is too large", { message: "x".repeat(70_000) }, 413, "body_too_large"],
        ["a session that does not exist", { sessionId: "11111111-1111-4111-8111-111111111111", message: "Hi" }, 404, "session_not_found"],
    ])("%s", async (_name, body, status, code) => {
        const response = await app.post("/api/chat", body, token);
        expect([response.status, await response.json()]).toEqual([status, { code, message: expect.any(String) }]);
    });

    it("takes the longest message", async () => {
        expect((await app.chat(token, { message: "你".repeat(8000) })).types.at(-2)).toBe("done");
    });

    it("another content type", async () => {
        const headers = { "Content-Type": "text/plain", Authorization: `Bearer ${token}` };
        const response = await fetch(`${app.url}/api/chat`, { method: "POST", headers, body: "Hi" });
        expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([415, "unsupported_media_type"]);
    });

    it.each(["/", "/api", "/api/chat/", "/api/%zz", "/.env"])("the unknown route %s", async (path) => {
        const response = await app.get(path);
        expect([response.status, await response.json()]).toEqual([404, { code: "not_found", message: "There is no such route." }]);
    });

    it("keeps a request id that is one, and replaces any other", async () => {
        const ask = async (id: string) => (await fetch(`${app.url}/health`, { headers: { "X-Request-Id": id } })).headers.get("x-request-id");
        expect(await ask("4f1c0a9e5b7d")).toBe("4f1c0a9e5b7d");
        expect(await ask('"},{"')).toMatch(/^[0-9a-f-]{36}$/);
    });
});
