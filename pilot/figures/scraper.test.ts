import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { usualMetrics } from "../apps/contract";
import { Scraper } from "./scraper";

/** An address of this machine that nobody else's metrics are at. */
const host = "127.45.67.89";
const address = `${host}:80`;

describe("an instance's metrics", () => {
    let turns: number;
    let status: number;
    let server: Server;
    beforeEach(async () => {
        [turns, status] = [3, 200];
        server = createServer((request, response) => void response.writeHead(request.url === "/metrics" ? status : 404).end(`chat_user_turns_total{cohort="7",end="finished"} ${turns}\n`));
        await new Promise<void>((resolve) => server.listen(9464, host, resolve));
    });
    afterEach(() => new Promise((resolve) => server.close(resolve)));

    it("tell what was counted since the last look, and nothing at the first", async () => {
        const scraper = new Scraper();
        const look = async () => (await scraper.look(address, usualMetrics)).get("7")?.turns ?? 0;
        const seen = [await look()];
        turns = 5;
        seen.push(await look(), await look());
        scraper.keep(new Set());
        seen.push(await look());
        expect(seen).toEqual([0, 2, 0, 0]);
    });

    it("are where the version has them", async () => {
        await expect(new Scraper().look(address, { port: 9464, path: "/m" })).rejects.toThrow("its metrics answer 404");
    });

    it("that are not there are an error", async () => {
        status = 503;
        await expect(new Scraper().look(address, usualMetrics)).rejects.toThrow("its metrics answer 503");
        await expect(new Scraper().look("127.45.67.90:80", usualMetrics)).rejects.toThrow("ECONNREFUSED");
    });
});
