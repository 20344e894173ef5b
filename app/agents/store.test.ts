import { randomUUID } from "node:crypto";
import { MongoClient, type Collection, type Document } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { guarded } from "../database/guard";
import { Mongod } from "../test/mongod";
import type { AgentSession } from "./document";
import { AgentSessions, type Held } from "./store";
import { LEASE_MS, MAX_BYTES } from "./updates";

const usage = { inputTokens: 1, outputTokens: 2, reasoningTokens: 0 };
const said = (content: string) => ({ content, provider: "ark", model: "m", finishReason: "stop", usage });
const done = { end: "done", endedIn: "Critic" };
const agents = [
    { name: "Writer", instructions: "$write" },
    { name: "Critic", instructions: "Find a fault." },
];

describe("stored sessions of agents", () => {
    let mongod: Mongod;
    let client: MongoClient;
    let raw: Collection<AgentSession>;
    let store: AgentSessions;
    let sessionId: string;
    const ada = "ada";
    beforeAll(async () => {
        mongod = await Mongod.start();
        client = await MongoClient.connect(mongod.uri, { monitorCommands: true });
        raw = client.db("aiagent").collection("multi_agent_sessions");
        await AgentSessions.prepare(client.db("aiagent"));
    });
    beforeEach(async () => {
        store = new AgentSessions({ db: client.db("aiagent"), run: guarded });
        sessionId = (await store.create({ userId: ada, agents, rounds: 1, ttlSeconds: 600 })).sessionId;
    });
    afterAll(async () => {
        await client?.close();
        await mongod?.stop();
    });

    const change = (update: Document) => raw.updateOne({ sessionId }, update);
    const begin = (id: string, message = "Hi") => store.begin(ada, sessionId, id, message);
    async function hold(id: string, message?: string): Promise<Held> {
        const step = await begin(id, message);
        if (step.as !== "held") throw new Error(step.as);
        return step.held;
    }
    const crash = () => change({ $set: { "lease.until": new Date(0) } });
    const code = (promise: Promise<unknown>) => promise.then(() => "none", (error: { code: string }) => error.code);
    const steps = async () => (await store.read(ada, sessionId)).steps.map(({ id, words, end }) => [id, words.map(({ content }) => content).join(" "), end]);
    const left = async () => (await store.read(ada, sessionId)).expiresAt.getTime() - Date.now();

    it("have their indexes, and may be prepared again, also over other ones", async () => {
        const db = client.db("aiagent");
        await AgentSessions.prepare(db);
        const indexes = (await raw.listIndexes().toArray()).map(({ key, expireAfterSeconds }) => [key, expireAfterSeconds]);
        expect(indexes).toEqual([[{ _id: 1 }, undefined], [{ expiresAt: 1 }, 0], [{ sessionId: 1, userId: 1 }, undefined], [{ "steps.turns": 1 }, undefined]]);
        await raw.dropIndex("expiresAt_1");
        await raw.createIndex({ expiresAt: 1 });
        await AgentSessions.prepare(db);
        await raw.dropIndex("expiresAt_1");
        await AgentSessions.prepare(db);
    });

    it("begin with nothing said, and are found by their user alone", async () => {
        const session = await store.read(ada, sessionId);
        expect(session).toEqual({
            ...{ _id: sessionId, sessionId, userId: ada, agents, rounds: 1, steps: [], bytes: 0, lease: null, state: "{}", revision: 0, ttlSeconds: 600 },
            ...{ createdAt: expect.any(Date), updatedAt: session.createdAt, expiresAt: new Date(session.createdAt.getTime() + 600_000) },
        });
        const foreign = [store.read("bob", sessionId), store.begin("bob", sessionId, "s", "Hi"), store.save("bob", sessionId, 0, "{}"), store.end("bob", sessionId)];
        expect(await Promise.all(foreign.map(code))).toEqual(Array(4).fill("session_not_found"));
        expect(await code(store.read(ada, randomUUID()))).toBe("session_not_found");
    });

    it("keep a message, then each agent's words, then the end; twice is once", async () => {
        const held = await hold("s1", "$where is {it}?");
        expect(held.step).toEqual({ id: "s1", turns: ["s1"], message: "$where is {it}?", at: expect.any(Date), words: [] });
        expect(held.session).toMatchObject({ sessionId, agents, rounds: 1, steps: [{ id: "s1" }] });
        await store.keep(held, 0, said("$one"));
        await store.keep(held, 0, said("$one"));
        await store.keep(held, 1, said("two"), done);
        await store.keep(held, 1, said("two"), done);
        const session = await store.read(ada, sessionId);
        expect(session.steps).toEqual([
            {
                ...{ id: "s1", turns: ["s1"], message: "$where is {it}?", at: expect.any(Date), ...done, endedAt: expect.any(Date) },
                words: [{ ...said("$one"), at: expect.any(Date) }, { ...said("two"), at: expect.any(Date) }],
            },
        ]);
        expect(session.bytes).toBe("$where is {it}?".length + 4 + 3);
    });

    it("count what they keep", async () => {
        const held = await hold("s1");
        await store.keep(held, 0, said("one"));
        await store.keep(held, 1, undefined, { end: "stopped", endedIn: "Critic" });
        await store.save(ada, sessionId, 0, '{"a":1}');
        await begin("s1");
        expect(store.saves).toBe(3);
    });

    it("cost one round trip before the first token and one for each agent, the last one's with the end", async () => {
        const commands: string[] = [];
        client.on("commandStarted", ({ commandName }) => commands.push(commandName));
        const held = await hold("s1");
        await store.keep(held, 0, said("one"));
        await store.keep(held, 1, said("two"), done);
        await begin("s1");
        await code(begin("s2").then(() => begin("s3")));
        client.removeAllListeners("commandStarted");
        expect(commands).toEqual(["findAndModify", "update", "update", "findAndModify", "findAndModify", "findAndModify"]);
    });

    it("run one step at a time, whoever asks, however close", async () => {
        const outcomes = await Promise.all(Array.from({ length: 8 }, (_, step) => begin(`s${step}`).then(({ as }) => as, (error) => error.code)));
        expect(outcomes.sort()).toEqual(["held", ...Array(7).fill("session_busy")]);
        expect((await steps()).length).toBe(1);
    });

    it("know a step that is asked for again: it runs, it is over, it can be taken over", async () => {
        const held = await hold("s1");
        expect(await begin("s1")).toEqual({ as: "running", turn: "s1" });
        await store.keep(held, 0, said("one"));
        expect(await code(begin("s1", "another message"))).toBe("idempotency_key_reused");
        await crash();
        expect(await code(begin("s1", "another message"))).toBe("idempotency_key_reused");
        const taken = await hold("s1");
        expect(taken.step.words.map(({ content }) => content)).toEqual(["one"]);
        expect(taken.lease.turn).not.toBe("s1");
        expect(await begin("s1")).toEqual({ as: "running", turn: taken.lease.turn });
        await store.keep(taken, 1, said("two"), done);
        expect(await begin("s1")).toMatchObject({ as: "ended", step: { id: "s1", end: "done", words: [{ content: "one" }, { content: "two" }] } });
        expect(await code(begin("s1", "another message"))).toBe("idempotency_key_reused");
        expect(await steps()).toEqual([["s1", "one two", "done"]]);
    });

    it("find a step by each of its turns", async () => {
        const id = randomUUID();
        await hold(id);
        expect(await store.find(ada, id)).toMatchObject({ agents, step: { id, words: [] }, running: true });
        await crash();
        expect(await store.find(ada, id)).toMatchObject({ running: false });
        const taken = await hold(id);
        const { turn } = taken.lease;
        expect(taken.step.turns).toEqual([id, turn]);
        expect(await store.find(ada, turn)).toEqual(await store.find(ada, id));
        await store.keep(taken, 0, said("one"), done);
        await hold("next");
        expect(await store.find(ada, turn)).toMatchObject({ step: { id, end: "done", words: [{ content: "one" }] }, running: false });
        expect([await store.find("bob", id), await store.find(ada, randomUUID())]).toEqual([undefined, undefined]);
    });

    it("take nothing from an instance that has lost a step, and are told as lost when they are gone", async () => {
        const late = await hold("s1");
        await crash();
        const taken = await hold("s1");
        expect(await code(store.keep(late, 0, said("late")))).toBe("session_lost");
        expect(await code(store.renew(late))).toBe("session_lost");
        await store.keep(taken, 0, said("one"));
        expect(await steps()).toEqual([["s1", "one", undefined]]);
        expect(await store.end(ada, sessionId)).toBe(taken.lease.turn);
        expect(await code(store.keep(taken, 1, said("two")))).toBe("session_lost");
    });

    it("close a step that never ended when the next one begins", async () => {
        await store.keep(await hold("s1"), 0, said("one"));
        await crash();
        await store.keep(await hold("s2"), 0, said("two"), done);
        expect(await steps()).toEqual([["s1", "one", "interrupted"], ["s2", "two", "done"]]);
        expect(await begin("s1")).toMatchObject({ as: "ended", step: { id: "s1", end: "interrupted" } });
    });

    it("hold the lease while it is renewed, and free it when it is released", async () => {
        const held = await hold("s1");
        await change({ $set: { "lease.until": new Date(Date.now() + 500), expiresAt: new Date(Date.now() + 500) } });
        await store.renew(held);
        const { lease } = await store.read(ada, sessionId);
        expect(lease!.until.getTime() - Date.now()).toBeGreaterThan(LEASE_MS - 5_000);
        expect(await left()).toBeGreaterThan(LEASE_MS - 5_000);
        await store.release(held);
        const again = await hold("s1");
        await store.keep(again, 0, undefined, done);
        await store.renew(again);
        expect((await begin("s2")).as).toBe("held");
    });

    it("give the steps that came before, the newest ten", async () => {
        for (let step = 1; step <= 12; step += 1) await store.keep(await hold(`s${step}`), 0, said(`word ${step}`), done);
        expect((await hold("s13")).session.steps.map(({ id }) => id)).toEqual(["s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13"]);
    });

    it("say when they are full, but finish what they began", async () => {
        const held = await hold("s1");
        await change({ $set: { bytes: MAX_BYTES } });
        expect(await code(begin("s2"))).toBe("session_busy");
        await crash();
        expect(await code(begin("s2"))).toBe("session_full");
        expect((await begin("s1")).as).toBe("held");
        expect(await code(store.keep(held, 0, said("one")))).toBe("session_lost");
    });

    it("expire, sooner than the database removes them, and later with each step and save", async () => {
        const soon = () => change({ $set: { expiresAt: new Date(Date.now() + 5_000) } });
        await soon();
        const held = await hold("s1");
        expect(await left()).toBeGreaterThan(590_000);
        await soon();
        await store.keep(held, 0, said("one"), done);
        expect(await left()).toBeGreaterThan(590_000);
        await soon();
        const { expiresAt } = await store.save(ada, sessionId, 0, "{}");
        expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(590_000);
        const before = await store.count();
        await change({ $set: { expiresAt: new Date(Date.now() - 1) } });
        expect(await store.count()).toBe(before - 1);
        const late = [store.read(ada, sessionId), begin("s2"), store.save(ada, sessionId, 1, "{}"), store.end(ada, sessionId)];
        expect(await Promise.all(late.map(code))).toEqual(Array(4).fill("session_not_found"));
    });

    it("keep a state that nobody else has changed, whatever is in it", async () => {
        const state = '{"$set":{"a.b":[1,{"$gt":""}]}}';
        expect(await store.save(ada, sessionId, 0, state)).toEqual({ revision: 1, expiresAt: expect.any(Date) });
        expect((await store.save(ada, sessionId, 0, state)).revision).toBe(1);
        expect(await code(store.save(ada, sessionId, 0, '{"other":1}'))).toBe("revision_conflict");
        expect(await code(store.save(ada, sessionId, 2, state))).toBe("revision_conflict");
        const both = await Promise.all(['{"a":1}', '{"b":1}'].map((text) => code(store.save(ada, sessionId, 1, text))));
        expect(both.sort()).toEqual(["none", "revision_conflict"]);
        expect(await store.read(ada, sessionId)).toMatchObject({ revision: 2, steps: [] });
    });

    it("are gone when they are ended", async () => {
        expect(await store.end(ada, sessionId)).toBeUndefined();
        expect(await code(store.read(ada, sessionId))).toBe("session_not_found");
        expect(await code(store.end(ada, sessionId))).toBe("session_not_found");
    });

    it("need the database", async () => {
        await mongod.kill();
        expect(await code(store.read(ada, sessionId))).toBe("database_unavailable");
    });
});
