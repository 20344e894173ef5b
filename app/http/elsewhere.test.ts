import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { says, stalls, token as piece } from "../test/upstream";
import { until, World, type App } from "../test/world";

/** What a gateway that has a peer says of itself. */
const gateway = { "X-Antipode-Gateway": "1" };

describe("a refusal without an effect", () => {
    let world: World;
    let app: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ MAX_SSE_CONNECTIONS: "1" });
        token = await app.login();
    });
    afterAll(() => world.stop());

    /** Code, status, when to come again and where the gateway is to take it. */
    async function refusal(path: string, body: object, headers: Record<string, string> = {}): Promise<unknown[]> {
        const all = { "Content-Type": "application/json", Authorization: `Bearer ${token}`, ...headers };
        const response = await fetch(app.url + path, { method: "POST", headers: all, body: JSON.stringify(body) });
        const { code } = (await response.json()) as { code: string };
        return [code, response.status, response.headers.get("retry-after"), response.headers.get("x-accel-redirect")];
    }

    it("of a full region goes elsewhere by a gateway, and is an answer without one", async () => {
        world.upstream.script = stalls(piece("so far"));
        const running = app.chat(await app.login(), { message: "Hi" });
        await until(() => app.service.connections.activeGlobal === 1);
        expect(await refusal("/api/chat", { message: "Hi" }, gateway)).toEqual(["too_many_streams", 421, "5", "@elsewhere"]);
        expect(await refusal("/api/chat", { message: "Hi" })).toEqual(["too_many_streams", 503, "5", null]);
        await until(() => world.upstream.seen.length === 1);
        app.service.turns.stopAll("draining");
        await running;
    });

    it("is none when the request itself is wrong", async () => {
        expect(await refusal("/api/chat", { message: "" }, gateway)).toEqual(["invalid_request", 400, null, null]);
        expect(await refusal("/api/chat", { sessionId: crypto.randomUUID(), message: "Hi" }, gateway)).toEqual(["session_not_found", 404, null, null]);
    });

    it("of an instance that is going away goes elsewhere", async () => {
        app.service.draining = true;
        expect(await refusal("/api/chat", { message: "Hi" }, gateway)).toEqual(["draining", 421, "1", "@elsewhere"]);
        app.service.draining = false;
    });

    it("of a region without its database goes elsewhere, also a login, for its code is not used; health stays here", async () => {
        await world.mongod.kill();
        await until(() => !app.service.database.ok);
        // Its messages are there; here the model would be shown none of them.
        expect(await refusal("/api/chat", { sessionId: crypto.randomUUID(), message: "Hi" }, gateway)).toEqual(["database_unavailable", 424, "2", "@elsewhere"]);
        expect(await refusal("/api/auth/login", { code: "user:new" }, gateway)).toEqual(["database_unavailable", 424, "2", "@elsewhere"]);
        const health = await fetch(`${app.url}/api/health`, { headers: gateway });
        expect([health.status, health.headers.get("x-accel-redirect")]).toEqual([200, null]);
    });

    it.each(["GET", "HEAD"])("is each read that the database did not answer: %s", async (method) => {
        const read = await fetch(`${app.url}/api/sessions/${crypto.randomUUID()}/messages`, { method, headers: { Authorization: `Bearer ${token}`, ...gateway } });
        expect([read.status, read.headers.get("x-accel-redirect")]).toEqual([424, "@elsewhere"]);
    });

    it("is none when the database was asked: what it did is not known", async () => {
        // As seen between the loss of the database and the next ping.
        Object.assign(app.service.database, { alive: true });
        expect(await refusal("/api/auth/login", { code: "user:late" }, gateway)).toEqual(["database_unavailable", 503, "2", null]);
    });

    it("is none for a session that is not known here, once the other region was not reached; nor are the next ones, but for reads, which nginx would take there itself", async () => {
        await until(() => !app.service.database.ok);
        world.upstream.script = says("An answer");
        const send = async (headers: Record<string, string>) => {
            const response = await app.post("/api/chat", { sessionId: crypto.randomUUID(), message: "Hi" }, token, undefined, headers);
            return [response.status, (await response.text()).includes('"history":"unknown"')];
        };
        expect(await send(gateway)).toEqual([424, false]);
        expect(await send({ ...gateway, "X-Antipode-Elsewhere": "failed" })).toEqual([200, true]);
        expect(await send(gateway)).toEqual([200, true]);
        expect(await refusal("/api/auth/login", { code: "user:new" }, gateway)).toEqual(["database_unavailable", 503, "2", null]);
        const read = await fetch(`${app.url}/api/sessions/${crypto.randomUUID()}/messages`, { headers: { Authorization: `Bearer ${token}`, ...gateway } });
        expect([read.status, read.headers.get("x-accel-redirect")]).toEqual([424, "@elsewhere"]);
    });
});
