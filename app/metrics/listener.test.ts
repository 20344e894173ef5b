import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSettings } from "../settings/read";
import { Service } from "../service";
import { freePort } from "../test/mongod";
import { environment, World, type App } from "../test/world";
import { catalogue } from "./catalogue";
import { Scrape } from "../test/scrape";

describe("the metrics", () => {
    let world: World;
    let app: App;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service();
    });
    afterAll(() => world.stop());

    const ask = (path: string, method = "GET") => fetch(`http://127.0.0.1:${app.service.metricsPort}${path}`, { method });

    it("are on a port of their own, and nowhere on the app's", async () => {
        const answer = await ask("/metrics");
        expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
        expect(app.service.metricsPort).not.toBe(app.service.port);
        for (const path of ["/metrics", "/metrics/", "/%6detrics", "//metrics", "/api/metrics", "/metrics?a=b"]) {
            const refused = await app.get(path, await app.login());
            expect([path, refused.status, await refused.json()]).toEqual([path, 404, { code: "not_found", message: "There is no such route." }]);
        }
    });

    it("have nothing beside them", async () => {
        expect((await ask("/metrics?name=x")).status).toBe(200);
        expect([(await ask("/metrics", "HEAD")).status, (await ask("/metrics", "POST")).status, (await ask("/")).status, (await ask("/api/health")).status]).toEqual([200, 405, 404, 404]);
    });

    it("hold every series of the catalogue, those of the process, and no number that is none", async () => {
        const { families } = await Scrape.of(app.service);
        const types = Object.fromEntries(Object.entries(catalogue).map(([name, { kind }]) => [name, kind === "tally" ? "histogram" : kind]));
        expect(Object.fromEntries([...families].map(([name, { type }]) => [name, type]))).toMatchObject({ ...types, process_cpu_seconds_total: "counter", process_resident_memory_bytes: "gauge" });
        for (const name of Object.keys(catalogue)) for (const { value } of families.get(name)!.samples) expect(value, name).not.toBeNaN();
    });

    it("tell the disk, the database and the way to it", async () => {
        const far = await world.service({ REGION: "US", DATABASE_REGION: "CN" });
        const seen = await Scrape.of(far.service);
        expect([seen.value("mongodb_up"), seen.value("degraded"), seen.value("journal_turns"), seen.value("journal_max_bytes")]).toEqual([1, 0, 0, 64 * 1024 * 1024]);
        expect(seen.value("mongodb_ping_duration_seconds_count", { from: "us", to: "cn" })).toBeGreaterThan(0);
        expect(seen.value("journal_disk_size_bytes")!).toBeGreaterThan(seen.value("journal_disk_free_bytes")!);
        expect(seen.value("journal_disk_free_bytes")).toBeGreaterThan(0);
    });

    it("are off when a setting says so, and the start fails where their port is taken", async () => {
        const off = await world.service({ METRICS_PORT: "off" });
        expect(off.service.metricsPort).toBe(undefined);
        const port = await freePort();
        await world.service({ METRICS_PORT: String(port) });
        await expect(Service.start(readSettings({ ...environment(world), METRICS_PORT: String(port) }, "/nonexistent"))).rejects.toThrow("EADDRINUSE");
        expect(() => readSettings({ ...environment(world), METRICS_PORT: "on" }, "/nonexistent")).toThrow("METRICS_PORT is neither a port nor off");
    });
});
