import { get } from "node:http";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../test/scratch";
import { askPilot, readStatus } from "./client";
import { Unanswerable } from "./refusals";
import { serveStatus } from "./server";

let folder: string;
beforeEach(() => (folder = scratch()));

const well = () => true;

describe("status", () => {
    it("is told over the socket, also when a killed pilot left its own behind", async () => {
        const socket = join(folder, "pilot.sock");
        const first = await serveStatus(socket, async () => ({ region: "us" }), well);
        const second = await serveStatus(socket, async () => ({ region: "cn" }), well);
        expect(JSON.parse(await readStatus(socket))).toEqual({ region: "cn" });
        for (const server of [first, second]) await new Promise((resolve) => server.close(resolve));
    });

    it("is healthy while the pilot does its work", async () => {
        const socketPath = join(folder, "pilot.sock");
        let works = true;
        const server = await serveStatus(socketPath, async () => ({}), () => works);
        const health = () => new Promise((resolve) => get({ socketPath, path: "/health", agent: false }, (reply) => resolve(reply.resume().statusCode)));
        expect(await health()).toBe(200);
        works = false;
        expect(await health()).toBe(503);
        await new Promise((resolve) => server.close(resolve));
    });

    it("fails when nobody answers or the answer is a fault", async () => {
        await expect(readStatus(join(folder, "none.sock"))).rejects.toThrow("ENOENT");
        const server = await serveStatus(join(folder, "bad.sock"), () => Promise.reject(new Error("no volume")), well);
        await expect(readStatus(join(folder, "bad.sock"))).rejects.toThrow(/500.*no volume/);
        await new Promise((resolve) => server.close(resolve));
    });

    it("gives an answer to a word, and a refusal in JSON with its code and particulars", async () => {
        const socket = join(folder, "pilot.sock");
        const server = await serveStatus(socket, async () => ({}), well, {
            promote: async ([who]) => ({ who }),
            rollback: async () => { throw new Unanswerable("VERSION_NOT_KEPT", { version: "9.9.9", kept: "1.1.0, 1.0.0" }); },
        });
        expect(JSON.parse(await askPilot(socket, "promote", ["ada"]))).toEqual({ who: "ada" });
        const refused = await askPilot(socket, "rollback", []).catch((error: Error) => JSON.parse(error.message) as unknown);
        expect(refused).toEqual({ error: "9.9.9 is not kept; kept are 1.1.0, 1.0.0.", code: "VERSION_NOT_KEPT", details: { version: "9.9.9", kept: "1.1.0, 1.0.0" } });
        await expect(askPilot(socket, "nonsense", [])).rejects.toThrow("the pilot answers 404");
        await new Promise((resolve) => server.close(resolve));
    });
});
