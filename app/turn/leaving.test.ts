import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Line } from "../test/line";
import { done, gate, open, token as piece, usage } from "../test/upstream";
import { until, World, type App } from "../test/world";

describe("a client that leaves", () => {
    let world: World;
    let line: Line;
    let app: App;
    let token: string;
    let answered: ReturnType<typeof gate>;
    let finished: ReturnType<typeof gate>;
    beforeAll(async () => {
        world = await World.start();
        line = await Line.to(world.mongod.port);
        app = await world.service({ MONGODB_URI: `mongodb://127.0.0.1:${line.port}/aiagent` });
    });
    beforeEach(async () => {
        token = await app.login();
        [answered, finished] = [gate(), gate()];
        world.upstream.script = async (response) => {
            await answered.wait;
            open(response).write(piece("first "));
            await finished.wait;
            response.end(piece("second", "stop") + usage + done);
        };
    });
    afterAll(async () => {
        await world.stop();
        line.stop();
    });

    /** A raw client, which can hang up in any way and at any time. */
    async function send(message: string, part = 1): Promise<Socket & { received: string }> {
        const body = JSON.stringify({ message });
        const text = `POST /api/chat HTTP/1.1\r\nHost: app\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
        const socket = Object.assign(connect(app.service.port, "127.0.0.1"), { received: "" });
        socket.on("data", (bytes) => (socket.received += bytes)).on("error", () => undefined);
        await once(socket, "connect");
        socket.write(text.slice(0, Math.floor(text.length * part)));
        return socket;
    }

    const leave = {
        "by a reset": (socket: Socket) => void socket.resetAndDestroy(),
        "politely": (socket: Socket) => void socket.destroy(),
    };

    /** What the database has of the turn of this message, once its end is there. */
    async function stored(message: string): Promise<unknown> {
        const find = () => app.service.database.db.collection("conversations").findOne({ "turns.message": message });
        await until(async () => (await find())?.turns[0].end !== undefined);
        const { reply, end } = (await find())!.turns[0];
        return [reply, end];
    }

    const idle = () => until(() => app.service.connections.activeGlobal === 0 && app.service.turns.active === 0);

    describe.each(Object.entries(leave))("%s", (_way, hangUp) => {
        it("before its request is whole, asks nothing", async () => {
            const asked = world.upstream.seen.length;
            const socket = await send("half of it", 0.9);
            hangUp(socket);
            await until(() => socket.destroyed);
            await idle();
            expect(world.upstream.seen.length).toBe(asked);
        });

        it("while the database takes its message, is answered there", async () => {
            const message = `taken ${_way}`;
            line.cut();
            const socket = await send(message);
            await until(() => app.service.connections.activeGlobal === 1);
            hangUp(socket);
            line.heal();
            answered.open();
            finished.open();
            expect(await stored(message)).toEqual(["first second", "done"]);
            await idle();
        });

        it("before the first token, is answered there", async () => {
            const message = `early ${_way}`;
            const socket = await send(message);
            await until(() => socket.received.includes("event: start"));
            hangUp(socket);
            await until(() => app.service.connections.activeGlobal === 0);
            expect(app.service.turns.active).toBe(1);
            answered.open();
            finished.open();
            expect(await stored(message)).toEqual(["first second", "done"]);
            await idle();
        });

        it("in the middle, is answered there", async () => {
            const message = `middle ${_way}`;
            const socket = await send(message);
            answered.open();
            await until(() => socket.received.includes("first "));
            hangUp(socket);
            await until(() => app.service.connections.activeGlobal === 0);
            finished.open();
            expect(await stored(message)).toEqual(["first second", "done"]);
            await idle();
        });

        it("while the end is being kept, is answered there", async () => {
            const message = `end ${_way}`;
            const socket = await send(message);
            answered.open();
            await until(() => socket.received.includes("first "));
            line.cut();
            finished.open();
            await until(() => socket.received.includes("second"));
            expect(socket.received).not.toContain("event: done");
            hangUp(socket);
            line.heal();
            expect(await stored(message)).toEqual(["first second", "done"]);
            await idle();
        });

        it("at the end, has had it all", async () => {
            const message = `over ${_way}`;
            const socket = await send(message);
            answered.open();
            finished.open();
            await until(() => socket.received.includes("data: [DONE]"));
            hangUp(socket);
            expect(await stored(message)).toEqual(["first second", "done"]);
            await idle();
        });
    });
});
