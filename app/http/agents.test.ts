import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until, World, type App } from "../test/world";

const agents = [
    { name: "Writer", instructions: "Write a line." },
    { name: "评论家", instructions: "Find a fault." },
];
const SESSIONS = "/api/agents/sessions";

describe("the routes of sessions of agents", () => {
    let world: World;
    let app: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ AGENT_SESSION_SECONDS: "120" });
        token = await app.login();
    });
    afterAll(() => world.stop());

    /** Status and body. */
    async function ask(method: string, path: string, body?: unknown, as = token): Promise<[number, any]> {
        const headers = { Authorization: `Bearer ${as}`, ...(body !== undefined && { "Content-Type": "application/json" }) };
        const response = await fetch(app.url + path, { method, headers, body: typeof body === "string" ? body : JSON.stringify(body) });
        const text = await response.text();
        return [response.status, text ? JSON.parse(text) : undefined];
    }
    const create = async (more: object = {}) => (await ask("POST", SESSIONS, { agents, ...more }))[1].sessionId as string;

    it("make one, show it and end it", async () => {
        const [status, made] = await ask("POST", SESSIONS, { agents });
        expect([status, made]).toEqual([
            201,
            {
                ...{ sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/), agents, rounds: 1, transcript: [], step: null, state: {}, revision: 0, ttlSeconds: 120 },
                ...{ createdAt: expect.any(String), updatedAt: made.createdAt, expiresAt: new Date(Date.parse(made.createdAt) + 120_000).toISOString() },
            },
        ]);
        const path = `${SESSIONS}/${made.sessionId}`;
        expect(await ask("GET", path)).toEqual([200, made]);
        expect(await ask("DELETE", path)).toEqual([204, undefined]);
        expect((await ask("GET", path))[0]).toBe(404);
    });

    it("keep a state, over the revision that the client has seen", async () => {
        const path = `${SESSIONS}/${await create({ ttlSeconds: 60 })}`;
        const state = { $where: "1", "a.b": [null, { c: 1.5 }], 名: "值" };
        expect(await ask("PUT", `${path}/state`, { revision: 0, state })).toEqual([200, { revision: 1, expiresAt: expect.any(String) }]);
        expect((await ask("PUT", `${path}/state`, { revision: 0, state: {} })).flat()).toMatchObject([409, { code: "revision_conflict" }]);
        expect(await ask("GET", path)).toMatchObject([200, { state, revision: 1, ttlSeconds: 60 }]);
    });

    it("show nothing to anybody else", async () => {
        const path = `${SESSIONS}/${await create()}`;
        const other = await app.login();
        const missing = { code: "session_not_found", message: "There is no such session." };
        expect(await ask("GET", path, undefined, other)).toEqual([404, missing]);
        expect(await ask("PUT", `${path}/state`, { revision: 0, state: {} }, other)).toEqual([404, missing]);
        expect(await ask("DELETE", path, undefined, other)).toEqual([404, missing]);
        expect(await ask("GET", `${SESSIONS}/${randomUUID()}`)).toEqual([404, missing]);
        expect((await ask("GET", path, undefined, "")).flat()).toMatchObject([401, { code: "unauthorized" }]);
        expect((await ask("GET", path))[0]).toBe(200);
    });

    const [one] = agents;
    const many = (count: number) => Array.from({ length: count }, (_, place) => ({ name: `Agent ${place}`, instructions: "Speak." }));
    it.each([
        ["no agents", {}],
        ["one agent", { agents: [one] }],
        ["nine agents", { agents: many(9) }],
        ["the same name twice", { agents: [one, { ...one, name: "WRITER" }] }],
        ["an agent called user", { agents: [one, { name: "User", instructions: "Speak." }] }],
        ["a name of two lines", { agents: [one, { name: "a\nb", instructions: "Speak." }] }],
        ["a name with an operator", { agents: [one, { name: "$gt", instructions: "Speak." }] }],
        ["a name that is an object", { agents: [one, { name: { $gt: "" }, instructions: "Speak." }] }],
        ["a name of 33 letters", { agents: [one, { name: "a".repeat(33), instructions: "Speak." }] }],
        ["blank instructions", { agents: [one, { name: "Critic", instructions: " \n" }] }],
        ["long instructions", { agents: [one, { name: "Critic", instructions: "x".repeat(4001) }] }],
        ["an agent with more", { agents: [one, { name: "Critic", instructions: "Speak.", model: "x" }] }],
        ["five rounds", { agents, rounds: 5 }],
        ["a life of a second", { agents, ttlSeconds: 1 }],
        ["a life of a year", { agents, ttlSeconds: 31_536_000 }],
        ["an unknown field", { agents, userId: "ada" }],
    ])("refuse %s", async (_name, body) => {
        expect((await ask("POST", SESSIONS, body)).flat()).toMatchObject([400, { code: "invalid_request", message: expect.any(String) }]);
    });

    const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    it.each([
        ["no revision", '{"state":{}}', 400, "invalid_request"],
        ["an operator as revision", '{"revision":{"$gt":0},"state":{}}', 400, "invalid_request"],
        ["a revision below 0", '{"revision":-1,"state":{}}', 400, "invalid_request"],
        ["half a revision", '{"revision":0.5,"state":{}}', 400, "invalid_request"],
        ["a list as state", '{"revision":0,"state":[]}', 400, "invalid_request"],
        ["a state that is too large", `{"revision":0,"state":{"a":"${"你".repeat(22_000)}"}}`, 400, "invalid_request"],
        ["a state that is too deep", `{"revision":0,"state":${nested(65)}}`, 400, "invalid_request"],
        ["a state so deep that it is dangerous", `{"revision":0,"state":${nested(40_000)}}`, 400, "invalid_request"],
        ["a body that is too large", `{"revision":0,"state":{"a":"${"x".repeat(300_000)}"}}`, 413, "body_too_large"],
        ["a polluted prototype", '{"revision":0,"state":{"__proto__":{"a":1}}}', 400, "invalid_request"],
    ])("refuse to save %s", async (_name, body, status, code) => {
        expect((await ask("PUT", `${SESSIONS}/${await create()}/state`, body)).flat()).toMatchObject([status, { code, message: expect.any(String) }]);
    });

    it("take what is just small enough", async () => {
        const long = many(8).map(({ name }) => ({ name, instructions: "你".repeat(4000) }));
        expect((await ask("POST", SESSIONS, { agents: long, rounds: 4 }))[0]).toBe(201);
        const path = `${SESSIONS}/${await create()}/state`;
        expect((await ask("PUT", path, `{"revision":0,"state":{"a":"${"x".repeat(64 * 1024 - 8)}"}}`))[0]).toBe(200);
        expect((await ask("PUT", path, `{"revision":1,"state":${nested(64)}}`))[0]).toBe(200);
    });

    it("count the sessions now and then", async () => {
        await app.service.agentsAlive.take();
        const before = app.service.agentsAlive.active!;
        await create();
        expect(app.service.agentsAlive.active).toBe(before);
        await app.service.agentsAlive.take();
        expect(app.service.agentsAlive.active).toBe(before + 1);
    });

    it("need the database", async () => {
        const path = `${SESSIONS}/${await create()}`;
        await world.mongod.kill();
        await until(() => !app.service.database.ok);
        const refused = [503, { code: "database_unavailable" }];
        expect((await ask("POST", SESSIONS, { agents })).flat()).toMatchObject(refused);
        expect((await ask("GET", path)).flat()).toMatchObject(refused);
        expect((await ask("PUT", `${path}/state`, { revision: 0, state: {} })).flat()).toMatchObject(refused);
        expect((await ask("DELETE", path)).flat()).toMatchObject(refused);
        await app.service.agentsAlive.take();
        expect(app.service.agentsAlive.active).toBeUndefined();
    });
});
