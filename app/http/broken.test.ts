import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bytesOf, sendRaw } from "../test/raw";
import { done, gate, open, token as piece } from "../test/upstream";
import { until, World, type App } from "../test/world";

describe("a connection that goes wrong", () => {
    let world: World;
    let app: App;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service();
    });
    afterAll(() => world.stop());

    const nodeServer = () => (app.service as unknown as { app: { server: { headersTimeout: number; requestTimeout: number } } }).app.server;

    it("while an answer is on its way gets no word into it", async () => {
        const more = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("first "));
            await more.wait;
            response.end(piece("second", "stop") + done);
        };
        const socket = connect(app.service.port, "127.0.0.1");
        let seen = "";
        socket.on("data", (part) => (seen += part));
        socket.on("error", () => undefined);
        const closed = new Promise((resolve) => socket.on("close", resolve));
        const headers = { "Content-Type": "application/json", Authorization: `Bearer ${await app.login()}`, Connection: "keep-alive" };
        socket.write(bytesOf({ method: "POST", path: "/api/chat", headers, body: '{"message":"Hi"}' }));
        await until(() => seen.includes("first"));
        socket.write("this is no HTTP\r\n\r\n");
        await closed;
        more.open();
        expect(seen.match(/HTTP\/1\.1/g)).toHaveLength(1);
        expect(seen).not.toContain("malformed_http");
    });

    it.each([
        ["headers", () => (nodeServer().headersTimeout = 100), "GET /health HTTP/1.1\r\nHost: antipode\r\n"],
        ["a body", () => (nodeServer().requestTimeout = 200), "POST /api/auth/login HTTP/1.1\r\nHost: antipode\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"],
    ])("because %s take too long is told so", async (_name, hurry, bytes) => {
        const { headersTimeout, requestTimeout } = nodeServer();
        expect([headersTimeout, requestTimeout]).toEqual([15_000, 30_000]);
        hurry();
        const answer = await sendRaw(app.service.port, bytes);
        Object.assign(nodeServer(), { headersTimeout, requestTimeout });
        expect([answer.status, JSON.parse(answer.body)]).toEqual([408, { code: "request_timeout", message: expect.any(String) }]);
        expect(answer.headers).toMatchObject({ connection: "close", "x-content-type-options": "nosniff" });
    });

    it("is not the service's end, nor in its log", async () => {
        for (const bytes of ["\0\0\0", "GET", "GET / HTTP/9.9\r\n\r\n", "Authorization: Bearer secret-token\r\n\r\n"]) await sendRaw(app.service.port, bytes, true);
        expect((await app.get("/health")).status).toBe(200);
        expect(world.log).not.toContain("secret-token");
    });
});
