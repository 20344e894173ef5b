import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Program } from "./program";
import { environment, until, World } from "./world";
import { done, gate, open, says, stalls, token as piece } from "./upstream";

describe("the end of an instance", () => {
    let world: World;
    let program: Program | undefined;
    beforeAll(async () => (world = await World.start()));
    afterEach(() => void program?.child.kill("SIGKILL"));
    afterAll(() => world.stop());

    it("lets the running stream finish, takes no new one, tells that it is not ready, and exits 0", async () => {
        program = await (await Program.start(environment(world))).healthy();
        const { app, child, exit } = program;
        const rest = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("first "));
            await rest.wait;
            response.end(piece("second", "stop") + done);
        };
        const [token, other] = [await app.login(), await app.login()];
        let begun = false;
        const chat = app.chat(token, { message: "Hi" }, ({ type }) => (begun ||= type === "delta"));
        await until(() => begun);
        child.kill("SIGTERM");
        await until(async () => (await app.get("/api/health")).status === 503);
        expect(await (await app.get("/api/health")).json()).toMatchObject({ status: "unhealthy", database: "ok", sse: { activeGlobal: 1 } });
        const refused = await app.post("/api/chat", { message: "Hi" }, other);
        expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([503, "draining"]);
        rest.open();
        expect((await chat).types).toEqual(["start", "delta", "delta", "done", "[DONE]"]);
        expect(await exit).toEqual([0, null]);
    });

    it("tells the reader of what runs longer than the drain deadline to come back, and another instance gives him what had come", async () => {
        program = await (await Program.start({ ...environment(world), DRAIN_SECONDS: "0.3" })).healthy();
        const { app, child, exit } = program;
        world.upstream.script = stalls(piece("so far"));
        let sessionId = "";
        let begun = false;
        const token = await app.login();
        const chat = app.chat(token, { message: "Hi" }, ({ type, data }) => {
            sessionId ||= data.sessionId;
            begun ||= type === "delta";
        });
        await until(() => begun);
        child.kill("SIGTERM");
        const { events } = await chat;
        expect(events.at(-1)!.data).toEqual({ type: "reconnect", code: "draining", message: expect.any(String), afterMs: 1_000 });
        expect(await exit).toEqual([0, null]);

        world.upstream.script = says("after");
        const later = await world.service();
        const kept = await later.service.database.db.collection<{ _id: string; turns: object[] }>("conversations").findOne({ _id: sessionId });
        expect(kept!.turns).toMatchObject([{ message: "Hi", reply: "so far", end: "draining" }]);
        const rest = await later.resume(token, events[0]!.data.streamId, { "Last-Event-ID": events.at(-2)!.id! });
        expect(rest.events.map(({ data }) => data)).toEqual([
            { type: "message", seq: 3, content: "so far" },
            { type: "error", seq: 4, code: "draining", message: expect.any(String), retryable: true },
            "[DONE]",
        ]);
    });

    it("is at once when nothing runs", async () => {
        program = await (await Program.start(environment(world))).healthy();
        const began = performance.now();
        program.child.kill("SIGTERM");
        expect(await program.exit).toEqual([0, null]);
        expect(performance.now() - began).toBeLessThan(3_000);
        expect(program.output).not.toMatch(/ark-key|wechat-secret|jwt-secret/);
    });

    it("comes before its beginning when the settings are wrong", async () => {
        program = await Program.start({ ...environment(world), REGION: "", JWT_SECRET: "too-short" });
        expect(await program.exit).toEqual([1, null]);
        expect(program.output).toBe("The settings are wrong:\n  REGION is missing\n  JWT_SECRET is shorter than 32 characters\n");
    });
});
