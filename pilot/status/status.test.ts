import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { scratch } from "../test/scratch";
import { readStatus } from "./client";
import { serveStatus } from "./server";

let folder: string;
beforeEach(() => (folder = scratch()));

describe("status", () => {
    it("is told over the socket, also when a killed pilot left its own behind", async () => {
        const socket = join(folder, "pilot.sock");
        const first = await serveStatus(socket, async () => ({ region: "us" }));
        const second = await serveStatus(socket, async () => ({ region: "cn" }));
        expect(JSON.parse(await readStatus(socket))).toEqual({ region: "cn" });
        for (const server of [first, second]) await new Promise((resolve) => server.close(resolve));
    });

    it("fails when nobody answers or the answer is a fault", async () => {
        await expect(readStatus(join(folder, "none.sock"))).rejects.toThrow("ENOENT");
        const server = await serveStatus(join(folder, "bad.sock"), () => Promise.reject(new Error("no volume")));
        await expect(readStatus(join(folder, "bad.sock"))).rejects.toThrow(/500.*no volume/);
        await new Promise((resolve) => server.close(resolve));
    });
});
