import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mongod, mongodProgram } from "../test/mongod";
import { until } from "../test/until";
import { connect } from "./connect";
import { DatabaseKeeper, type DatabaseStatus } from "./keeper";
import type { Passwords } from "./users";

describe.skipIf(mongodProgram === undefined)("a real database", () => {
    const first: Passwords = { root: "r00t/one", user: "aiagent", app: "app:one" };
    let server: Awaited<ReturnType<typeof mongod>>;
    beforeAll(async () => {
        server = await mongod();
    });
    afterAll(() => server.stop());

    /** Runs a pilot's keeper until it is content or not. */
    async function keep(passwords: Passwords): Promise<DatabaseStatus> {
        const stop = new AbortController();
        const keeper = new DatabaseKeeper(server.socket, passwords, () => {});
        const running = keeper.run(stop.signal);
        const status = await until(() => keeper.status().state !== "waiting" && keeper.status(), "a verdict on the database");
        stop.abort();
        await running;
        return status;
    }

    /** As the app comes: over TCP and TLS, verified. */
    async function app(password: string): Promise<MongoClient> {
        const options = { tls: true, tlsCAFile: server.ca, tlsAllowInvalidHostnames: true, serverSelectionTimeoutMS: 3000 };
        return new MongoClient(`mongodb://127.0.0.1:${server.port}/aiagent`, { ...options, auth: { username: "aiagent", password } }).connect();
    }

    it("waits for its socket", async () => {
        const keeper = new DatabaseKeeper("/nowhere/mongodb-27017.sock", first, () => {});
        const stop = new AbortController();
        const running = keeper.run(stop.signal);
        await until(() => keeper.status().fault, "the first look");
        stop.abort();
        await running;
        expect(keeper.status()).toEqual({ state: "waiting", fault: "no /nowhere/mongodb-27017.sock yet" });
    });

    it("gets its users and indexes, once and again", async () => {
        for (let time = 0; time < 2; time++) {
            expect(await keep(first)).toEqual({ state: "ready", version: expect.stringMatching(/^\d+\.\d+\.\d+/), pingMs: expect.any(Number) });
        }
        const client = await app(first.app);
        const db = client.db("aiagent");
        const shape = async (name: string) => (await db.collection(name).indexes()).slice(1).map(({ key, unique, expireAfterSeconds }) => ({ key, unique, expireAfterSeconds }));
        expect(await shape("multi_agent_sessions")).toEqual([
            { key: { expiresAt: 1 }, unique: undefined, expireAfterSeconds: 0 },
            { key: { sessionId: 1, userId: 1 }, unique: undefined, expireAfterSeconds: undefined },
        ]);
        expect(await shape("users")).toEqual([{ key: { openid: 1 }, unique: true, expireAfterSeconds: undefined }]);
        expect(await shape("conversations")).toEqual([
            { key: { userId: 1 }, unique: undefined, expireAfterSeconds: undefined },
            { key: { "turns.id": 1 }, unique: undefined, expireAfterSeconds: undefined },
        ]);
        await db.collection("multi_agent_sessions").insertOne({ expiresAt: new Date() });
        await until(async () => (await db.collection("multi_agent_sessions").countDocuments()) === 0, "mongod removes what has expired");
        await expect(client.db("other").collection("any").insertOne({})).rejects.toThrow(/not authorized/);
        await client.close();
    });

    it("is closed to whoever has no password", async () => {
        const nobody = await connect(server.socket);
        await expect(nobody.db("aiagent").collection("users").findOne()).rejects.toThrow(/requires authentication/);
        await nobody.close();
        await expect(app("wrong")).rejects.toThrow(/Authentication failed/);
    });

    it("mends what was changed behind its back", async () => {
        const admin = await connect(server.socket, { user: "root", password: first.root, source: "admin" });
        const db = admin.db("aiagent");
        await db.collection("multi_agent_sessions").dropIndex("expiresAt_1");
        await db.collection("multi_agent_sessions").createIndex({ expiresAt: 1 }, { expireAfterSeconds: 60 });
        await db.command({ updateUser: "aiagent", roles: [{ role: "read", db: "aiagent" }] });
        await keep(first);
        expect((await db.collection("multi_agent_sessions").indexes()).find(({ name }) => name === "expiresAt_1")?.expireAfterSeconds).toBe(0);
        expect((await db.command({ usersInfo: "aiagent" })).users[0].roles).toEqual([{ role: "readWrite", db: "aiagent" }]);
        await admin.close();
    });

    it("follows its secrets when they change", async () => {
        expect(await keep({ ...first, app: "app two" })).toMatchObject({ state: "ready" });
        await expect(app(first.app)).rejects.toThrow(/Authentication failed/);
        await (await app("app two")).close();

        const second = { root: "root two", user: "aiagent", app: "app two" };
        expect(await keep(second)).toEqual({ state: "failing", fault: expect.stringContaining("MONGODB_ROOT_PASSWORD_PREVIOUS") });
        expect(await keep({ ...second, rootPrevious: first.root })).toMatchObject({ state: "ready" });
        expect(await keep(second)).toMatchObject({ state: "ready" });
    });

    it("says which index could not be made, and makes the others", async () => {
        const passwords = { root: "root two", user: "aiagent", app: "app two" };
        const admin = await connect(server.socket, { user: "root", password: passwords.root, source: "admin" });
        const db = admin.db("aiagent");
        await db.collection("users").dropIndexes();
        await db.collection("conversations").dropIndexes();
        await db.collection("users").insertMany([{ openid: "same" }, { openid: "same" }]);
        expect(await keep(passwords)).toEqual({ state: "failing", fault: expect.stringMatching(/index \{"openid":1\} of users: there are duplicates$/) });
        expect((await db.collection("conversations").indexes()).length).toBe(3);
        await admin.close();
    });
});
