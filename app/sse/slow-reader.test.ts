import { connect } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { done, open, token as piece } from "../test/upstream";
import { until, World, type App } from "../test/world";

describe("a slow reader", () => {
    let world: World;
    let app: App;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ SLOW_READER_SECONDS: "0.5" });
    });
    afterAll(() => world.stop());

    it("is cut with a code, while its turn comes to its end and is kept", async () => {
        // More than the kernel's buffers of both ends take: only thoughts may be so long, for an answer's length is limited.
        const thought = `data: ${JSON.stringify({ choices: [{ delta: { reasoning_content: "x".repeat(10_000) } }] })}\n\n`;
        world.upstream.script = async (response) => {
            open(response);
            for (let sent = 0; sent < 1_500; sent += 1) {
                if (!response.write(thought)) await once(response, "drain");
            }
            response.end(piece("The answer", "stop") + done);
        };
        const token = await app.login();
        const body = JSON.stringify({ message: "A lot" });
        const socket = connect(app.service.port, "127.0.0.1");
        socket.pause();
        socket.write(`POST /api/chat HTTP/1.1\r\nHost: app\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
        // Begun, and cut.
        await until(() => app.service.connections.activeGlobal === 1);
        await until(() => app.service.connections.activeGlobal === 0);
        let received = "";
        socket.on("data", (bytes) => (received += bytes));
        await once(socket.resume(), "end").catch(() => undefined);
        expect(received).toContain('"code":"slow_reader"');
        await until(() => world.log.includes('"msg":"turn"'));
        const [stored] = await app.service.database.db.collection("conversations").find().toArray();
        expect(stored!.turns).toMatchObject([{ reply: "The answer", end: "done" }]);
    });
});
