import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Line } from "../test/line";
import { done, gate, open, token as piece, usage } from "../test/upstream";
import { read, textOf, until, World, type App } from "../test/world";

/** Longer than the time that a stopping instance gives its sockets. */
const PAST_STOP_MS = 6_500;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const agents = ["Writer", "Critic"].map((name) => ({ name, instructions: "Write." }));

/** A request that is checked before the drain begins, and whose message the database keeps after that. */
describe("a turn that begins while its instance starts to drain", () => {
    let world: World;
    let line: Line;
    let app: App;
    let rest: ReturnType<typeof gate>;
    beforeAll(async () => {
        world = await World.start();
        line = await Line.to(world.mongod.port);
    });
    afterAll(async () => {
        await world.stop();
        line.stop();
    });

    async function drainWhile(send: (token: string, sessionId: string) => Promise<Response>): Promise<string[]> {
        app = await world.service({ MONGODB_URI: `mongodb://127.0.0.1:${line.port}/aiagent` });
        const token = await app.login();
        const { sessionId } = (await (await app.post("/api/agents/sessions", { agents }, token)).json()) as { sessionId: string };
        rest = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("first "));
            await rest.wait;
            response.end(piece("second", "stop") + usage + done);
        };
        line.cut();
        const answer = send(token, sessionId).then((response) => read(response, performance.now()));
        await until(() => app.service.connections.activeGlobal === 1);
        const stopped = app.service.stop();
        line.heal();
        await until(() => app.service.turns.active === 1);
        await pause(PAST_STOP_MS);
        rest.open();
        const chat = await answer;
        await stopped;
        return [textOf(chat), ...chat.types.slice(-2)];
    }

    it("is answered to its end: a chat", async () => {
        expect(await drainWhile((token) => app.post("/api/chat", { message: "Hi" }, token))).toEqual(["first second", "done", "[DONE]"]);
    });

    it("is answered to its end: a step of agents", async () => {
        const answer = await drainWhile((token, sessionId) => app.post(`/api/agents/sessions/${sessionId}/steps`, { message: "Hi" }, token));
        expect(answer).toEqual(["first secondfirst second", "done", "[DONE]"]);
    });
});
