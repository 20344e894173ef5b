import { version } from "../package.json";
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
            degraded: false,
            region: "US",
            version,
            timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
            database: "ok",
            sse: { activeGlobal: 0, maxGlobal: 7 },
            journal: { turns: 0, bytes: 0 },
        });
    });

    it("has warmed its pool by then", async () => {
        const status = await app.service.database.db.admin().command({ serverStatus: 1 });
        expect(status.connections.current).toBeGreaterThanOrEqual(20);
    });

    it("tells that the database is gone, at once, and stays healthy as long as turns can be kept here", async () => {
        await world.mongod.kill();
        let slowest = 0;
        await until(async () => {
            const began = performance.now();
            const { database } = (await (await app.get("/api/health")).json()) as { database: string };
            slowest = Math.max(slowest, performance.now() - began);
            return database === "error";
        });
        expect(slowest).toBeLessThan(500);
        const response = await app.get("/api/health");
        expect([response.status, await response.json()]).toMatchObject([200, { status: "healthy", degraded: true, database: "error" }]);
        expect((await app.get("/health")).status).toBe(200);

        await world.mongod.run();
        await until(async () => ((await (await app.get("/api/health")).json()) as { degraded: boolean }).degraded === false);
    });
});
