import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { World, until, type App } from "../test/world";

describe("health", () => {
    let world: World;
    let app: App;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ MAX_SSE_CONNECTIONS: "7" });
    });
    afterAll(() => world.stop());

    it("says that the process lives", async () => {
        const response = await app.get("/health");
        expect(response.status).toBe(200);
        expect(await response.json()).toEqual({ status: "ok", message: "The service is running." });
    });

    it("says that this instance should get traffic", async () => {
        const response = await app.get("/api/health");
        expect(response.status).toBe(200);
        expect(await response.json()).toEqual({
            status: "healthy",
            region: "US",
            version: "1.0.0",
            timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
            database: "ok",
            sse: { activeGlobal: 0, maxGlobal: 7 },
        });
    });

    it("has warmed its pool by then", async () => {
        const status = await app.service.database.db.admin().command({ serverStatus: 1 });
        expect(status.connections.current).toBeGreaterThanOrEqual(20);
    });

    it("tells by 503 that the database is gone, answers at once meanwhile, and comes back", async () => {
        const token = await app.login();
        await world.mongod.kill();
        let slowest = 0;
        await until(async () => {
            const began = performance.now();
            const { status } = await app.get("/api/health");
            slowest = Math.max(slowest, performance.now() - began);
            return status === 503;
        });
        expect(slowest).toBeLessThan(500);
        expect(await (await app.get("/api/health")).json()).toMatchObject({ status: "unhealthy", database: "error" });
        expect((await app.get("/health")).status).toBe(200);

        const refused = await app.post("/api/chat", { message: "Hello" }, token);
        expect(refused.status).toBe(503);
        expect(refused.headers.get("retry-after")).toBe("2");
        expect(await refused.json()).toMatchObject({ code: "database_unavailable" });

        await world.mongod.run();
        await until(async () => (await app.get("/api/health")).status === 200);
        expect((await app.chat(token, { message: "Hello" })).types.at(-2)).toBe("done");
    });
});
