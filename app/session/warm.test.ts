import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Line } from "../test/line";
import { says, stalls, token as piece, type Seen } from "../test/upstream";
import { until, World, type App, type Chat, type Event } from "../test/world";

describe("a session that this instance holds warm", () => {
    let world: World;
    let line: Line;
    let app: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        line = await Line.to(world.mongod.port);
        app = await world.service({ MONGODB_URI: `mongodb://127.0.0.1:${line.port}/aiagent` });
    });
    beforeEach(async () => {
        token = await app.login();
        world.upstream.script = says("An answer");
    });
    afterEach(() => line.heal());
    afterAll(async () => {
        await world.stop();
        line.stop();
    });

    /** A first turn, from which on the session is known here. */
    async function begun(): Promise<{ sessionId: string; after: string }> {
        const { sessionId, messageId } = (await app.chat(token, { message: "Hi" })).events[0]!.data;
        return { sessionId, after: messageId };
    }

    it("begins to answer without waiting for the database, and is done when that has it all", async () => {
        const { sessionId, after } = await begun();
        line.cut();
        const events: Event[] = [];
        const chat = app.chat(token, { sessionId, after, message: "Quickly" }, (event) => events.push(event));
        await until(() => events.at(-1)?.type === "delta");
        expect(events[0]!.data).toMatchObject({ history: "complete" });
        expect(events[0]!.data).not.toHaveProperty("degraded");
        line.heal();
        expect((await chat).types).toEqual(["start", "delta", "done", "[DONE]"]);
        expect((await app.messages(token, sessionId)).map(({ content }) => content)).toEqual(["Hi", "An answer", "Quickly", "An answer"]);
        expect(world.upstream.seen.at(-1)!.body.messages.map(({ content }) => content)).toEqual(["Hi", "An answer", "Quickly"]);
        await until(() => app.service.journal.all().length === 0);
    });

    it("waits for the database when the client does not say what it has seen", async () => {
        const { sessionId } = await begun();
        const asked = world.upstream.seen.length;
        line.cut();
        const chat = app.chat(token, { sessionId, message: "Not so quickly" });
        await new Promise((resolve) => setTimeout(resolve, 200));
        expect(world.upstream.seen.length).toBe(asked);
        line.heal();
        expect((await chat).types.at(-2)).toBe("done");
    });

    it("waits when the client has seen more than is known here, and shows the model all of it", async () => {
        const { sessionId, after } = await begun();
        const cn = await world.service({ REGION: "cn" });
        const there = (await cn.chat(token, { sessionId, after, message: "In between" })).events[0]!.data.messageId as string;
        await app.chat(token, { sessionId, after: there, message: "Back again" });
        expect(world.upstream.seen.at(-1)!.body.messages.map(({ content }) => content)).toEqual(["Hi", "An answer", "In between", "An answer", "Back again"]);
    });

    it("waits when its newest turn is not over yet", async () => {
        world.upstream.script = stalls(piece("so far"));
        const roomy = await world.service({ MONGODB_URI: `mongodb://127.0.0.1:${line.port}/aiagent`, MAX_SSE_CONNECTIONS_PER_USER: "2" });
        const events: Event[] = [];
        const running = roomy.chat(token, { message: "Hi" }, (event) => events.push(event));
        await until(() => events.length === 2);
        world.upstream.script = says("An answer");
        const { sessionId, messageId } = events[0]!.data;
        await roomy.chat(token, { sessionId, after: messageId, message: "Meanwhile" });
        expect(world.upstream.seen.at(-1)!.body.messages.map(({ content }) => content)).toEqual(["Hi\n\nMeanwhile"]);
        roomy.service.turns.stopAll("stopped");
        await running;
    });

    it("that another user names is not his", async () => {
        const { sessionId, after } = await begun();
        const response = await app.post("/api/chat", { sessionId, after, message: "Let me in" }, await app.login());
        expect(response.status).toBe(404);
    });

    it("that is full ends the turn with a code, and does not keep it", async () => {
        const { sessionId, after } = await begun();
        await app.service.database.db.collection<{ _id: string }>("conversations").updateOne({ _id: sessionId }, { $set: { bytes: 1 << 30 } });
        const chat = await app.chat(token, { sessionId, after, message: "Too much" });
        expect(chat.events.at(-2)!.data).toMatchObject({ type: "error", code: "session_gone" });
        expect((await app.messages(token, sessionId)).length).toBe(2);
        expect(app.service.journal.all()).toEqual([]);
    });

    it("used in two regions at once keeps every message once, in order, and shows the model all that its client had seen", async () => {
        const cn = await world.service({ REGION: "cn", CHATS_PER_MINUTE: "0", MAX_TURNS_PER_USER: "100", MAX_SSE_CONNECTIONS_PER_USER: "100" });
        const us = await world.service({ CHATS_PER_MINUTE: "0", MAX_TURNS_PER_USER: "100", MAX_SSE_CONNECTIONS_PER_USER: "100" });
        // Questions that run at once come as one message; the newest is its last line.
        const questionOf = ({ body }: Seen) => body.messages.at(-1)!.content.split("\n\n").at(-1)!;
        // The model repeats what it was asked last, so that each reply tells whose it is.
        world.upstream.script = (response, request) => says(`re: ${questionOf(world.upstream.seen.at(-1)!)}`)(response, request);
        const first = (await us.chat(token, { message: "start" })).events[0]!.data;
        const { sessionId } = first;

        /** A device that writes one message after another, now here and now there, and remembers the last it has seen. */
        const device = async (name: string, places: App[]): Promise<string[][]> => {
            let after: string = first.messageId;
            const seen: string[] = ["start"];
            const wanted: string[][] = [];
            for (let count = 0; count < 12; count += 1) {
                const message = `${name}-${count}`;
                wanted.push([message, ...seen]);
                const chat: Chat = await places[count % places.length]!.chat(token, { sessionId, after, message });
                expect(chat.types.at(-2)).toBe("done");
                after = chat.events[0]!.data.messageId;
                seen.push(message);
            }
            return wanted;
        };
        const wanted = (await Promise.all([device("phone", [us, cn, cn]), device("laptop", [cn, us]), device("tablet", [us])])).flat();

        const page = (await (await us.get(`/api/sessions/${sessionId}/messages?limit=100`, token)).json()) as { messages: { role: string; content: string }[] };
        const questions = page.messages.filter(({ role }) => role === "user").map(({ content }) => content);
        expect([...questions].sort()).toEqual(["start", ...wanted.map(([message]) => message!)].sort());
        for (const name of ["phone", "laptop", "tablet"]) {
            expect(questions.filter((text) => text.startsWith(name))).toEqual(Array.from({ length: 12 }, (_, count) => `${name}-${count}`));
        }
        for (const [place, { role, content }] of page.messages.entries()) {
            if (role === "assistant") expect(content).toBe(`re: ${page.messages[place - 1]!.content}`);
        }
        // A model is shown ten turns before the new one, so of what was seen only those are looked for.
        for (const [message, ...all] of wanted) {
            const seen = all.filter((earlier) => questions.indexOf(earlier) >= questions.indexOf(message!) - 10);
            expect(seen).toContain(all.at(-1));
            const shown = world.upstream.seen.find((seen) => questionOf(seen) === message)!.body.messages.map(({ content }) => content);
            for (const earlier of seen) expect(shown).toContain(`re: ${earlier}`);
        }
    });
});
