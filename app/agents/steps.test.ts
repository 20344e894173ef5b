import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventSchemas } from "../docs/events";
import { cuts, done, gate, open, says, stalls, token as piece, type Script } from "../test/upstream";
import { read as readFrom, textOf, until, World, type App, type Chat, type Event } from "../test/world";
import { MAX_BYTES } from "./updates";

const agents = [
    { name: "Writer", instructions: "Write a line." },
    { name: "Critic", instructions: "Find a fault." },
    { name: "Judge", instructions: "Decide." },
];
const model = { provider: "ark", model: "ep-20261121000000-abcde" };

/** Each agent answers by a script of its own; those without one say "… speaks". */
function cast(world: World, scripts: Record<string, Script>): Script {
    return (response, request) => {
        const told = world.upstream.seen.at(-1)!.body.messages[0]!.content;
        const { name } = agents.find((agent) => told.includes(`You are ${agent.name}.`))!;
        return (scripts[name] ?? says(`${name} speaks`))(response, request);
    };
}

/** Says these words, waits at the gate, says the others. */
function pauses(before: string, passage: { wait: Promise<void> }, after: string): Script {
    return async (response) => {
        open(response).write(piece(before));
        await passage.wait;
        response.end(piece(after, "stop") + done);
    };
}

const read = (response: Response, onEvent?: (event: Event) => void) => readFrom(response, performance.now(), onEvent);

/** Whose turn it was and what was said in it, as its user reads it: a `message` replaces what came before. */
function heard({ events }: Pick<Chat, "events">): string[] {
    let said: string[] = [];
    for (const { type, data } of events) {
        if (type === "message") said = [];
        if (type === "agent") said.push(`${data.index} ${data.name}: `);
        if (type === "delta") said.push(said.pop() + data.delta);
    }
    return said;
}

describe("a step of a session of agents", () => {
    let world: World;
    let app: App;
    let other: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ CHATS_PER_MINUTE: "0" });
        other = await world.service({ CHATS_PER_MINUTE: "0" });
    });
    beforeEach(async () => {
        world.upstream.script = cast(world, {});
        world.upstream.seen.length = 0;
        token = await app.login();
    });
    afterAll(() => world.stop());

    const path = (sessionId: string) => `/api/agents/sessions/${sessionId}`;
    const headers = (more: Record<string, string> = {}) => ({ "Content-Type": "application/json", Authorization: `Bearer ${token}`, ...more });
    async function create(more: object = {}): Promise<string> {
        const response = await app.post("/api/agents/sessions", { agents, ...more }, token);
        return ((await response.json()) as { sessionId: string }).sessionId;
    }
    function ask(sessionId: string, key?: string, at = app, message = "A poem"): Promise<Response> {
        const body = JSON.stringify({ message });
        return fetch(`${at.url}${path(sessionId)}/steps`, { method: "POST", headers: headers(key ? { "Idempotency-Key": key } : {}), body });
    }
    const step = async (sessionId: string, key?: string, at = app, onEvent?: (event: Event) => void) => read(await ask(sessionId, key, at), onEvent);
    const resume = (streamId: string, after: number, at = app) => fetch(`${at.url}/api/chat/streams/${streamId}?starting_after=${after}`, { headers: headers() });
    const show = async (sessionId: string) => (await (await app.get(path(sessionId), token)).json()) as any;
    const transcript = async (sessionId: string) => (await show(sessionId)).transcript.map(({ agent, content }: any) => `${agent}: ${content}`);
    const sessions = () => app.service.database.db.collection("multi_agent_sessions");
    const refusal = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];
    /** The answer of an instance whose lease has run out, as after a crash. */
    const crash = (sessionId: string) => sessions().updateOne({ sessionId }, { $set: { "lease.until": new Date(0) } });

    it("is told as one stream: who speaks, what they say, and what it cost", async () => {
        const sessionId = await create();
        const { response, events, types } = await step(sessionId);
        const streamId = response.headers.get("x-stream-id")!;
        expect(types).toEqual(["start", "agent", "delta", "agent", "delta", "agent", "delta", "done", "[DONE]"]);
        const [start, ...rest] = events.slice(0, -1).map(({ data }) => data);
        expect(start).toEqual({ type: "start", seq: 1, streamId, sessionId, messageId: expect.stringMatching(/^[0-9a-f-]{36}$/), ...model, history: "complete" });
        expect(streamId).toBe(`s_${start.messageId.replaceAll("-", "")}`);
        expect(rest).toEqual([
            { type: "agent", seq: 2, name: "Writer", index: 0 },
            { type: "delta", seq: 3, delta: "Writer speaks" },
            { type: "agent", seq: 4, name: "Critic", index: 1 },
            { type: "delta", seq: 5, delta: "Critic speaks" },
            { type: "agent", seq: 6, name: "Judge", index: 2 },
            { type: "delta", seq: 7, delta: "Judge speaks" },
            { type: "done", seq: 8, finishReason: "stop", usage: { inputTokens: 33, outputTokens: 27, reasoningTokens: 12 }, ...model },
        ]);
        for (const { type, data } of events.slice(0, -1)) eventSchemas[type as keyof typeof eventSchemas].parse(data);
        const session = await show(sessionId);
        expect(session.transcript).toEqual(
            ["user: A poem", "Writer: Writer speaks", "Critic: Critic speaks", "Judge: Judge speaks"].map((line) => {
                const [agent, content] = line.split(": ");
                return { id: start.messageId, agent, content, at: expect.any(String) };
            }),
        );
        expect(session.step).toEqual({ id: start.messageId, end: "done", streamId: null });
        expect(app.service.agents.saves).toBeGreaterThanOrEqual(4);
    });

    it("shows each agent what the others said, also in the step before, round after round", async () => {
        const sessionId = await create({ agents: agents.slice(0, 2), rounds: 2 });
        expect(heard(await step(sessionId))).toEqual(["0 Writer: Writer speaks", "1 Critic: Critic speaks", "0 Writer: Writer speaks", "1 Critic: Critic speaks"]);
        await step(sessionId);
        const shown = world.upstream.seen.map(({ body }) => body.messages.map(({ role, content }) => `${role} ${content}`));
        expect(shown[0]).toEqual([expect.stringMatching(/^system Write a line\./), "user user: A poem"]);
        expect(shown[1]).toEqual([expect.stringMatching(/^system Find a fault\./), "user user: A poem\n\nWriter: Writer speaks"]);
        expect(shown[2]!.slice(1)).toEqual(["user user: A poem", "assistant Writer speaks", "user Critic: Critic speaks"]);
        expect(shown[5]!.slice(-3)).toEqual(["user Writer: Writer speaks", "assistant Critic speaks", "user user: A poem\n\nWriter: Writer speaks"]);
    });

    it("keeps each agent's words before the next one speaks", async () => {
        const passage = gate();
        world.upstream.script = cast(world, { Critic: pauses("Too ", passage, "old") });
        const sessionId = await create();
        const reading = step(sessionId);
        await until(() => world.upstream.seen.length === 2);
        const { step: running, transcript: said } = await show(sessionId);
        expect(said.map(({ agent }: any) => agent)).toEqual(["user", "Writer"]);
        expect(running).toEqual({ id: said[0].id, end: null, streamId: `s_${said[0].id.replaceAll("-", "")}` });
        passage.open();
        expect(heard(await reading)).toEqual(["0 Writer: Writer speaks", "1 Critic: Too old", "2 Judge: Judge speaks"]);
    });

    it("shows thoughts, and keeps none", async () => {
        const thought = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: null, reasoning_content: "hm" }, finish_reason: null }] })}\n\n`;
        world.upstream.script = cast(world, { Critic: (response) => void open(response).end(thought + piece("Fine", "stop") + done) });
        const sessionId = await create();
        const { events } = await step(sessionId);
        expect(events.filter(({ type }) => type === "reasoning").map(({ data }) => data.delta)).toEqual(["hm"]);
        expect(JSON.stringify(await show(sessionId))).not.toContain("hm");
        expect(events.at(-2)!.data.usage).toMatchObject({ estimated: true });
    });

    it("stops in the middle: what was said is kept, nobody else speaks, and the next step may come", async () => {
        world.upstream.script = cast(world, { Critic: stalls(piece("Too ")) });
        const sessionId = await create();
        const chat = await step(sessionId, undefined, app, ({ type, data }) => {
            if (type === "delta" && data.delta === "Too ") void app.post(`/api/chat/streams/${chat_.streamId}/stop`, {}, token);
            if (type === "start") chat_.streamId = data.streamId;
        });
        expect(chat.types.slice(-2)).toEqual(["done", "[DONE]"]);
        expect(chat.events.at(-2)!.data).toMatchObject({ finishReason: "stopped", usage: { estimated: true } });
        expect(await transcript(sessionId)).toEqual(["user: A poem", "Writer: Writer speaks", "Critic: Too "]);
        expect((await show(sessionId)).step.end).toBe("stopped");
        world.upstream.script = cast(world, {});
        expect((await step(sessionId)).types.at(-2)).toBe("done");
    });
    const chat_ = { streamId: "" };

    it("names the agent that failed, and keeps what was said until then", async () => {
        world.upstream.script = cast(world, { Critic: cuts(piece("Too ")) });
        const sessionId = await create();
        const key = randomUUID();
        const { events } = await step(sessionId, key);
        const failure = events.at(-2)!.data;
        expect(failure).toEqual({ type: "error", seq: 6, code: "upstream_cut", message: expect.any(String), retryable: true, agent: "Critic" });
        expect(await transcript(sessionId)).toEqual(["user: A poem", "Writer: Writer speaks", "Critic: Too "]);
        const again = await step(sessionId, key);
        expect(again.events.map(({ data }) => data)).toEqual(events.map(({ data }) => data));
        expect((await step(sessionId, key, other)).events.at(-2)!.data).toEqual(failure);
        expect(world.upstream.seen.length).toBe(2);
    });

    it("bounds what an agent says", async () => {
        world.upstream.script = cast(world, { Writer: says("x".repeat(40_000), "x".repeat(40_000)) });
        expect((await step(await create())).events.at(-2)!.data).toMatchObject({ code: "upstream_too_long", agent: "Writer" });
    });

    it("is resumed where its reader left, without a gap or a word twice", async () => {
        const passage = gate();
        world.upstream.script = cast(world, { Critic: pauses("Too ", passage, "old") });
        const sessionId = await create();
        const leave = new AbortController();
        const first: Event[] = [];
        const response = await app.post(`${path(sessionId)}/steps`, { message: "A poem" }, token, leave.signal);
        const reading = read(response, (event) => {
            first.push(event);
            if (event.data.delta === "Too ") leave.abort();
        });
        await expect(reading).rejects.toThrow();
        const rest = read(await resume(response.headers.get("x-stream-id")!, first.length));
        passage.open();
        const all = [...first, ...(await rest).events];
        expect(heard({ events: all })).toEqual(["0 Writer: Writer speaks", "1 Critic: Too old", "2 Judge: Judge speaks"]);
        expect(all.slice(0, -1).map(({ data }) => data.seq)).toEqual(Array.from({ length: 9 }, (_, place) => place + 1));
    });

    it("keeps another step out while it runs, at either instance; the same one is joined", async () => {
        const passage = gate();
        world.upstream.script = cast(world, { Writer: pauses("Roses ", passage, "are red") });
        const sessionId = await create();
        const key = randomUUID();
        const twice = await world.service({ MAX_SSE_CONNECTIONS_PER_USER: "2" });
        const both = [step(sessionId, key, twice), step(sessionId, key, twice)];
        await until(() => world.upstream.seen.length === 1);
        const refused = await ask(sessionId, randomUUID(), twice);
        expect([...(await refusal(refused)), refused.headers.get("retry-after")]).toEqual([409, "session_busy", "2"]);
        expect(await refusal(await ask(sessionId, undefined, other))).toEqual([409, "session_busy"]);
        passage.open();
        const [one, same] = await Promise.all(both);
        expect(same!.text).toBe(one!.text);
        expect(heard(one!)[0]).toBe("0 Writer: Roses are red");
        expect(world.upstream.seen.length).toBe(3);
    });

    it("is read at another instance: when it is over there, and afterwards", async () => {
        const passage = gate();
        world.upstream.script = cast(world, { Judge: pauses("Not ", passage, "bad") });
        const sessionId = await create();
        const key = randomUUID();
        const here = step(sessionId, key);
        await until(() => world.upstream.seen.length === 3);
        const streamId = (await show(sessionId)).step.streamId as string;
        const there = read(await resume(streamId, 3, other));
        expect(await refusal(await other.post(`/api/chat/streams/${streamId}/stop`, {}, token))).toEqual([409, "stream_elsewhere"]);
        passage.open();
        const lines = heard(await here);
        expect(lines[2]).toBe("2 Judge: Not bad");
        const late = await there;
        expect(late.types).toEqual(["message", "agent", "delta", "agent", "delta", "agent", "delta", "done", "[DONE]"]);
        expect([late.events[0]!.data, late.events[7]!.data]).toMatchObject([{ seq: 4, content: "" }, { seq: 11, finishReason: "stop", ...model }]);
        expect(heard(late)).toEqual(lines);
        const repeated = await step(sessionId, key, other);
        expect([heard(repeated), textOf(repeated)]).toEqual([lines, textOf(late)]);
        expect(repeated.types[0]).toBe("start");
        expect(await (await other.post(`/api/chat/streams/${streamId}/stop`, {}, token)).json()).toEqual({ streamId, stopped: false });
        expect(world.upstream.seen.length).toBe(3);
    });

    it("goes on after a crash with the agent that had not spoken, and the crashed instance has no say any more", async () => {
        const passage = gate();
        let asked = 0;
        world.upstream.script = cast(world, { Critic: (response, request) => ((asked += 1) === 1 ? pauses("lost ", passage, "words") : says("Too old"))(response, request) });
        const sessionId = await create();
        const key = randomUUID();
        const crashed = step(sessionId, key);
        await until(() => asked === 1);
        const streamId = (await show(sessionId)).step.streamId as string;
        await crash(sessionId);
        expect((await show(sessionId)).step).toMatchObject({ end: null, streamId: null });
        const lost = await read(await resume(streamId, 2, other));
        expect(lost.events.at(-2)!.data).toMatchObject({ code: "turn_lost", retryable: true });

        const taken = await step(sessionId, key, other);
        expect(heard(taken)).toEqual(["0 Writer: Writer speaks", "1 Critic: Too old", "2 Judge: Judge speaks"]);
        expect(taken.events[0]!.data.streamId).not.toBe(streamId);
        expect(taken.events.at(-2)!.data).toMatchObject({ type: "done", usage: { inputTokens: 33, outputTokens: 27, reasoningTokens: 12 } });
        passage.open();
        expect((await crashed).events.at(-2)!.data).toMatchObject({ code: "session_lost", agent: "Critic" });
        expect(await transcript(sessionId)).toEqual(["user: A poem", "Writer: Writer speaks", "Critic: Too old", "Judge: Judge speaks"]);
        expect(heard(await read(await resume(streamId, 2, other)))).toEqual(heard(taken));
    });

    it("is refused with a key that belongs to another message: here, at another instance, and after a crash", async () => {
        const sessionId = await create();
        const key = randomUUID();
        const passage = gate();
        world.upstream.script = cast(world, { Writer: pauses("One", passage, " line") });
        const running = step(sessionId, key);
        await until(() => app.service.turns.active === 1);
        const reused = [422, "idempotency_key_reused"];
        for (const at of [app, other]) expect(await refusal(await ask(sessionId, key, at, "A song"))).toEqual(reused);
        // Its lease has run out: whoever brings the same message may go on with it, and nobody else.
        await crash(sessionId);
        expect(await refusal(await ask(sessionId, key, other, "A song"))).toEqual(reused);
        expect((await sessions().findOne({ sessionId }))!.steps[0].turns.length).toBe(1);
        passage.open();
        await running;
        for (const at of [app, other]) expect(await refusal(await ask(sessionId, key, at, "A song"))).toEqual(reused);
        expect((await step(sessionId, key)).types.at(-2)).toBe("done");
    });

    it("is left by an instance that goes away, and goes on at another", async () => {
        const leaving = await world.service({ DRAIN_SECONDS: "0.1", CHATS_PER_MINUTE: "0" });
        world.upstream.script = cast(world, { Critic: stalls(piece("lost ")) });
        const sessionId = await create();
        const key = randomUUID();
        const cut = step(sessionId, key, leaving);
        await until(() => world.upstream.seen.length === 2);
        await leaving.service.stop();
        expect((await cut).types.at(-1)).toBe("reconnect");
        world.upstream.script = cast(world, {});
        expect(heard(await step(sessionId, key, other))).toEqual(["0 Writer: Writer speaks", "1 Critic: Critic speaks", "2 Judge: Judge speaks"]);
        expect(world.upstream.seen.length).toBe(4);
    });

    it("ends when its session is ended", async () => {
        world.upstream.script = cast(world, { Critic: stalls(piece("Too ")) });
        const sessionId = await create();
        const running = step(sessionId);
        await until(() => world.upstream.seen.length === 2);
        await fetch(app.url + path(sessionId), { method: "DELETE", headers: { Authorization: `Bearer ${token}` } });
        expect((await running).events.at(-2)!.data).toMatchObject({ code: "session_lost", retryable: false, agent: "Critic" });
    });

    it("is nobody else's", async () => {
        const sessionId = await create();
        const streamId = (await step(sessionId)).events[0]!.data.streamId;
        token = await app.login();
        expect(await refusal(await ask(sessionId))).toEqual([404, "session_not_found"]);
        for (const at of [app, other]) expect(await refusal(await resume(streamId, 0, at))).toEqual([404, "stream_not_found"]);
        expect(await refusal(await app.post(`/api/chat/streams/${streamId}/stop`, {}, token))).toEqual([404, "stream_not_found"]);
    });

    it("is refused when the session is full or has expired, and when it says nothing", async () => {
        const sessionId = await create();
        await sessions().updateOne({ sessionId } as object, { $set: { bytes: MAX_BYTES } });
        expect(await refusal(await ask(sessionId))).toEqual([409, "session_full"]);
        await sessions().updateOne({ sessionId } as object, { $set: { expiresAt: new Date(Date.now() - 1) } });
        expect(await refusal(await ask(sessionId))).toEqual([404, "session_not_found"]);
        expect(await refusal(await ask(sessionId, undefined, app, " "))).toEqual([400, "invalid_request"]);
        expect(await refusal(await ask(sessionId, "a key"))).toEqual([400, "invalid_request"]);
        expect(app.service.connections.activeGlobal).toBe(0);
    });

    it("is logged once, without a word of it", async () => {
        world.log = "";
        world.upstream.script = says("a-secret-word");
        const sessionId = await create();
        await read(await ask(sessionId, undefined, app, "a-secret-question"));
        await until(() => world.log.includes('"msg":"turn"') && world.log.split('"msg":"request"').length === 3);
        const [line] = world.log.trim().split("\n").map((text) => JSON.parse(text)).filter(({ msg }) => msg === "turn");
        expect(line).toMatchObject({ sessionId, end: "done", spoken: 3, usage: { outputTokens: 27 }, firstTextMs: expect.any(Number), ms: expect.any(Number) });
        expect(world.log).not.toContain("a-secret");
    });

    it("waits with an agent's words for a database that went away", async () => {
        const passage = gate();
        world.upstream.script = cast(world, { Critic: pauses("Too ", passage, "old") });
        const sessionId = await create();
        const running = step(sessionId);
        await until(() => world.upstream.seen.length === 2);
        await world.mongod.kill();
        passage.open();
        await until(() => !app.service.database.ok);
        expect(await refusal(await ask(sessionId))).toEqual([503, "database_unavailable"]);
        await world.mongod.run();
        const chat = await running;
        expect([heard(chat).length, chat.types.at(-2)]).toEqual([3, "done"]);
        await until(() => app.service.database.ok);
        expect((await transcript(sessionId)).slice(1)).toEqual(["Writer: Writer speaks", "Critic: Too old", "Judge: Judge speaks"]);
    });

    it("is interrupted when the database stays away, and goes on by the same request", async () => {
        await until(() => app.service.database.ok && other.service.database.ok);
        app.service.steps.keepMs = 100;
        const passage = gate();
        world.upstream.script = cast(world, { Critic: pauses("Too ", passage, "old") });
        const sessionId = await create();
        const key = randomUUID();
        const running = step(sessionId, key);
        await until(() => world.upstream.seen.length === 2);
        await world.mongod.kill();
        passage.open();
        expect((await running).events.at(-2)!.data).toMatchObject({ code: "step_interrupted", retryable: true, agent: "Critic" });
        await world.mongod.run();
        await until(() => app.service.database.ok);
        await crash(sessionId);
        expect(heard(await step(sessionId, key))).toEqual(["0 Writer: Writer speaks", "1 Critic: Too old", "2 Judge: Judge speaks"]);
        expect((await transcript(sessionId)).length).toBe(4);
    });
});
