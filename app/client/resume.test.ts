import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CuttingProxy } from "../test/cutting-proxy";
import { done, gate, open, stalls, token as piece, usage } from "../test/upstream";
import { until, World, type App } from "../test/world";
import { WxSimulator } from "../test/wx";
import type { ChatEvent } from "./events";
import { createClient, fetchTransport, speeches, wxTransport, type Transport } from "./index";

const timing = { firstMs: 5, capMs: 40, stallMs: 5_000 };

const platforms: [string, () => Transport][] = [
    ["fetch", () => fetchTransport],
    ["wx.request", () => wxTransport(new WxSimulator())],
];

describe.each(platforms)("the client over %s and the service", (_name, transport) => {
    let world: World;
    let app: App;
    let line: CuttingProxy;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service();
        line = await CuttingProxy.start(app.service.port);
    });
    // Cuts that an answer was too short for are not for the next test.
    afterEach(() => void line.cuts.splice(0));
    afterAll(async () => {
        line.stop();
        await world.stop();
    });

    const client = async () => createClient({ baseUrl: line.url, transport: transport(), token: await app.login(), timing });
    const seqs = (events: ChatEvent[]) => events.flatMap((event) => ("seq" in event ? [event.seq] : []));

    it("have each token once, and one answer, wherever the line breaks", async () => {
        const ada = await client();
        const word = fc.string({ unit: fc.constantFrom("a", "你", "🌍", "\n"), minLength: 1, maxLength: 6 });
        // The answer's head takes some 400 bytes: cuts fall before it, in it, and at every stage of the stream.
        await fc.assert(
            fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 10 }), fc.array(fc.integer({ min: 1, max: 2_500 }), { maxLength: 5 }), async (words, cuts) => {
                const asked = world.upstream.seen.length;
                world.upstream.script = async (response) => {
                    open(response);
                    for (const text of words) {
                        response.write(piece(text));
                        await new Promise((resolve) => setTimeout(resolve, 2));
                    }
                    response.end(piece("", "stop") + usage + done);
                };
                line.cuts.splice(0, Infinity, ...cuts);
                const events: ChatEvent[] = [];
                const turn = await ada.chat({ message: "Hi" }, { onEvent: (event) => events.push(event) }).done;
                expect(turn).toMatchObject({ state: "done", text: words.join(""), finishReason: "stop" });
                expect(seqs(events)).toEqual(Array.from({ length: turn.lastSeq }, (_, index) => index + 1));
                expect(world.upstream.seen.length).toBe(asked + 1);
            }),
            { numRuns: 25 },
        );
    });

    it("go on in another instance when the first one goes away", async () => {
        const [first, second] = [await world.service({ DRAIN_SECONDS: "0.2" }), await world.service()];
        const away = await CuttingProxy.start(first.service.port);
        const ada = createClient({ baseUrl: away.url, transport: transport(), token: await first.login(), timing });
        world.upstream.script = stalls(piece("so far"));
        const events: string[] = [];
        const chat = ada.chat({ message: "Hi" }, { onEvent: ({ type }) => events.push(type) });
        await until(() => chat.turn.text === "so far");
        away.port = second.service.port;
        await first.service.stop();
        // The turn could not be finished, and says so; what came of it is there.
        expect(await chat.done).toMatchObject({ state: "failed", text: "so far", error: { code: "draining", retryable: true } });
        away.stop();
    });

    it("stop a turn, and keep what was said", async () => {
        const ada = await client();
        world.upstream.script = stalls(piece("so far"));
        const chat = ada.chat({ message: "Hi" });
        await until(() => chat.turn.text === "so far");
        expect(await chat.stop()).toBe(true);
        expect(await chat.done).toMatchObject({ state: "done", finishReason: "stopped", text: "so far" });
        expect((await ada.messages(chat.turn.sessionId!)).messages.map(({ content }) => content)).toEqual(["Hi", "so far"]);
    });

    it("give a turn to the newer connection of the same user", async () => {
        const ada = await client();
        const rest = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("one "));
            await rest.wait;
            response.end(piece("two", "stop") + usage + done);
        };
        const older = ada.chat({ message: "Hi" });
        await until(() => older.turn.text === "one ");
        const newer = ada.resume(older.turn.streamId!);
        expect(await older.done).toMatchObject({ state: "closed", text: "one " });
        rest.open();
        expect(await newer.done).toMatchObject({ state: "done", text: "one two" });
    });

    it("begin the next turn of a session from memory", async () => {
        const ada = await client();
        world.upstream.script = (response) => void open(response).end(piece("yes", "stop") + usage + done);
        const { sessionId } = await ada.chat({ message: "Hi" }).done;
        expect(await ada.chat({ message: "More", sessionId }).done).toMatchObject({ state: "done", history: "complete", sessionId });
        expect(world.upstream.seen.at(-1)!.body.messages.length).toBe(3);
    });

    it("let several agents speak, over a line that breaks", async () => {
        const ada = await client();
        let said = 0;
        world.upstream.script = (response) => void open(response).end(piece(`word ${(said += 1)}`, "stop") + usage + done);
        const agents = ["poet", "critic"].map((name) => ({ name, instructions: `You are the ${name}.` }));
        const { sessionId, revision } = await ada.agents.create({ agents });
        line.cuts.splice(0, Infinity, 900);
        const turn = await ada.agents.step(sessionId, "A line, please").done;
        expect(speeches(turn)).toEqual([{ name: "poet", text: "word 1" }, { name: "critic", text: "word 2" }]);
        expect((await ada.agents.read(sessionId)).transcript.map(({ agent, content }) => [agent, content])).toEqual([
            ["user", "A line, please"],
            ["poet", "word 1"],
            ["critic", "word 2"],
        ]);
        expect(await ada.agents.save(sessionId, revision, { draft: 1 })).toMatchObject({ revision: revision + 1 });
        await expect(ada.agents.save(sessionId, revision, {})).rejects.toMatchObject({ code: "revision_conflict", status: 409 });
        await ada.agents.end(sessionId);
        await expect(ada.agents.read(sessionId)).rejects.toMatchObject({ code: "session_not_found" });
    });

    it("say plainly what is refused", async () => {
        const nobody = createClient({ baseUrl: line.url, transport: transport(), token: "nonsense", timing });
        expect(await nobody.chat({ message: "Hi" }).done).toMatchObject({ state: "failed", error: { code: "unauthorized", status: 401 } });
        const ada = await client();
        expect(await ada.resume(`s_${"0".repeat(32)}`).done).toMatchObject({ state: "failed", error: { code: "stream_not_found" } });
        expect(await ada.chat({ message: " " }).done).toMatchObject({ state: "failed", error: { code: "invalid_request", status: 400 } });
    });
});
