import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cuts, inTurn, open, refuses, says, stalls, token as piece, type Script } from "../test/upstream";
import { until, World, type App } from "../test/world";

describe("the messages that a model is shown", () => {
    let world: World;
    let app: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service();
    });
    beforeEach(async () => (token = await app.login()));
    afterAll(() => world.stop());

    const shown = () => world.upstream.seen.at(-1)!.body.messages;
    const user = (content: string) => ({ role: "user", content });

    async function asked(script: Script, message: string, sessionId?: string): Promise<string> {
        world.upstream.script = script;
        const { events } = await app.chat(token, { message, sessionId });
        return events[0]!.data.sessionId as string;
    }

    it("have one question of two when an answer was stopped before its first word", async () => {
        world.upstream.script = stalls(piece(""));
        let sessionId = "";
        await app.chat(token, { message: "One" }, ({ type, data }) => {
            if (type !== "start") return;
            sessionId = data.sessionId;
            void app.post(`/api/chat/streams/${data.streamId}/stop`, {}, token);
        });
        await until(() => app.service.turns.active === 0);
        await asked(says("An answer"), "Two", sessionId);
        expect(shown()).toEqual([user("One\n\nTwo")]);
        await asked(says("Another"), "Three", sessionId);
        expect(shown()).toEqual([user("One\n\nTwo"), { role: "assistant", content: "An answer" }, user("Three")]);
    });

    it.each<[string, Script]>([
        ["failed", refuses(500, "")],
        ["broke off before its first word", cuts()],
        ["ended without a word", (response) => void open(response).end(piece("", "stop"))],
    ])("have one question of two when a turn %s", async (_what, script) => {
        const sessionId = await asked(inTurn(script, script), "One");
        await asked(says("An answer"), "Two", sessionId);
        expect(shown()).toEqual([user("One\n\nTwo")]);
    });

    it.each<[string, Script]>([
        ["its content", refuses(400, { error: { code: "SensitiveContentDetected", message: "" } })],
        ["its length", refuses(400, { error: { code: "OutofContextError", message: "" } })],
    ])("have no message that a service refused for %s", async (_what, script) => {
        const sessionId = await asked(script, "One");
        await asked(says("An answer"), "Two", sessionId);
        expect(shown()).toEqual([user("Two")]);
    });
});
