import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Program } from "../test/program";
import { says, stalls, token as piece } from "../test/upstream";
import { environment, until, World, type App, type Chat, type Event } from "../test/world";

describe("an instance that is killed", () => {
    let world: World;
    let program: Program;
    beforeAll(async () => {
        world = await World.start();
    });
    afterEach(async () => {
        program.child.kill("SIGKILL");
        await program.exit;
    });
    afterAll(() => world.stop());

    const settings = () => ({ ...environment(world), CHATS_PER_MINUTE: "0" });

    /** Kills it as a lack of memory would, and starts the next one on the same machine. */
    async function killed(): Promise<App> {
        program.child.kill("SIGKILL");
        await program.exit;
        program = await (await Program.start(settings())).healthy();
        return program.app;
    }

    const textsOf = async (app: App, token: string, chat: Chat) => (await app.messages(token, chat.events[0]!.data.sessionId)).map(({ content }) => content);

    it("loses no message of the time without a database, however often", { timeout: 120_000 }, async () => {
        program = await (await Program.start(settings())).ready();
        const people = await Promise.all(Array.from({ length: 3 }, async () => ({ token: await program.app.login(), chat: undefined as unknown as Chat, wanted: [] as string[] })));
        world.upstream.script = (response, request) => says(`re: ${world.upstream.seen.at(-1)!.body.messages.at(-1)!.content}`)(response, request);
        await world.mongod.kill();
        let app = program.app;
        for (let round = 0; round < 3; round += 1) {
            for (const [person, one] of people.entries()) {
                const message = `${person} in round ${round}`;
                const chat = await app.chat(one.token, { sessionId: one.chat?.events[0]!.data.sessionId, message });
                expect(chat.types).toEqual(["start", "delta", "done", "[DONE]"]);
                // The next instance knows of a session what the journal holds of it, which is not all that there may be.
                expect(chat.events[0]!.data).toMatchObject({ history: round === 0 ? "complete" : "partial", degraded: true });
                expect(world.upstream.seen.at(-1)!.body.messages.length).toBe(2 * round + 1);
                one.chat = chat;
                one.wanted.push(message, `re: ${message}`);
            }
            if (round < 2) app = await killed();
        }
        await world.mongod.run();
        await until(async () => ((await (await app.get("/api/health")).json()) as { degraded: boolean; journal: { turns: number } }).journal.turns === 0);
        for (const { token, chat, wanted } of people) expect(await textsOf(app, token, chat)).toEqual(wanted);
    });

    it("tells the reader of a turn that it was giving that its answer was lost, at once", async () => {
        program = await (await Program.start(settings())).ready();
        const token = await program.app.login();
        world.upstream.script = stalls(piece("so far"));
        const events: Event[] = [];
        const chat = program.app.chat(token, { message: "Hi" }, (event) => events.push(event)).catch(() => undefined);
        await until(() => events.length === 2);
        const app = await killed();
        await chat;
        const { streamId, sessionId } = events[0]!.data;
        const rest = await app.resume(token, streamId, { "Last-Event-ID": events[1]!.id! });
        expect(rest.events.map(({ data }) => data)).toEqual([{ type: "error", seq: 3, code: "turn_lost", message: expect.any(String), retryable: true }, "[DONE]"]);
        expect(await app.messages(token, sessionId)).toEqual([{ role: "user", content: "Hi" }]);
    });
});
