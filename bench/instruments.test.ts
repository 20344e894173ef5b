import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client, type Request } from "./client";
import { instruments } from "./instruments";
import { Program } from "./program";

// What measures must be right itself: the model, the client, the line and the Go relay against one another.
describe("the instruments", () => {
    let binary: string;
    let model: Program;
    let client: Client;
    beforeAll(async () => {
        binary = await instruments();
        model = await Program.start({ name: "model", words: [binary, "model"] });
        client = await Client.start(binary);
    }, 120_000);
    afterAll(() => Program.stopAll());

    const ask = (port: number, rate: number, tokens: number): Request => ({
        method: "POST", port, path: "/api/chat", body: JSON.stringify({ message: `bench:${rate}:${tokens}` }), user: "{n}", secret: "s", tokens,
    });
    const many = (request: Request, count: number) => ({ ...request, count, perSecond: 1_000 });

    it("count every token of every stream, in its order", async () => {
        await client.open("all", many(ask(model.port, 200, 50), 20));
        const counted = await client.until("all", 20_000, ({ open, answered }) => answered === 20 && open === 0);
        expect(counted).toMatchObject({ opened: 20, done: 20, lost: 0, refused: 0, misordered: 0, tokens: 1000, complaint: "" });
        expect(counted.latency.p50).toBeGreaterThan(0);
    });

    it("keep the pace that was asked for", async () => {
        const { endedMs, tokens } = await client.turn(ask(model.port, 100, 50));
        expect(tokens).toBe(50);
        expect(endedMs).toBeGreaterThanOrEqual(485);
    });

    it("tell a stream that was cut from one that ended", async () => {
        // The client was told to expect more than the model was.
        await client.open("cut", many({ ...ask(model.port, 1000, 5), tokens: 6 }, 1));
        const counted = await client.until("cut", 20_000, ({ lost }) => lost === 1);
        expect(counted).toMatchObject({ done: 0, lost: 1, tokens: 5 });
        expect(counted.complaint).toContain("a stream ended after 5 of 6 tokens");
    });

    it("hold a silent stream until the client leaves", async () => {
        await client.open("silent", many(ask(model.port, 0, 0), 3));
        expect(await client.until("silent", 20_000, ({ answered }) => answered === 3)).toMatchObject({ open: 3, tokens: 0 });
        await client.close("silent");
        expect((await client.count("silent")).complaint).toBe("there is no such group");
    });

    it("read the CPU time of another process", async () => {
        const [before, after] = [await client.count("all", process.pid), await client.count("all", process.pid)];
        expect(before.cpuNanos).toBeGreaterThan(1e6);
        expect(after.cpuNanos).toBeGreaterThan(before.cpuNanos);
    });

    it("relay in Go, and are late by a line as long as it is told", async () => {
        const line = await Program.start({ name: "line", words: [binary, "link", `127.0.0.1:${model.port}`, "40ms"] });
        const relay = await Program.start({ name: "relay", words: [binary, "relay", `http://127.0.0.1:${line.port}/api/v3`] });
        const { firstTokenMs, complaint } = await client.turn(ask(relay.port, 1000, 3));
        expect(complaint).toBe("");
        expect(firstTokenMs).toBeGreaterThanOrEqual(80);
    });
});
