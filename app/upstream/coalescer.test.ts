import { describe, expect, it } from "vitest";
import { ask, done, open, ScriptedUpstream, service, token } from "../test/upstream";
import { ReadCoalescer } from "./coalescer";

const MS = 6;

/** A loop whose time passes only where a test says so, with a model that sends so many tokens a millisecond. */
class FakeLoop {
    readonly slept: number[] = [];
    readonly coalescer: ReadCoalescer;
    tokensPerMs = 0;
    private time = 1_000;
    private polledAt = 1_000;
    private waiting: (() => void)[] = [];

    constructor(ms = MS) {
        this.coalescer = new ReadCoalescer(ms, {
            now: () => this.time,
            sleep: (slept) => {
                this.slept.push(slept);
                this.time += slept;
            },
            afterPoll: (callback) => void this.waiting.push(callback),
        });
    }

    get pending(): number {
        return this.waiting.length;
    }

    /** Turns of the loop: each polls, works for so long, and comes to its end. Gives the sleeps between them. */
    turns(count: number, tokensPerMs: number, workMs: number): number[] {
        this.slept.length = 0;
        for (let n = 0; n < count; n += 1) {
            const tokens = Math.round(tokensPerMs * (this.time - this.polledAt));
            this.polledAt = this.time;
            for (let read = 0; read < tokens; read += 1) this.coalescer.read();
            this.time += workMs;
            for (const callback of this.waiting.splice(0)) callback();
        }
        return this.slept;
    }
}

describe("read coalescing", () => {
    it("never pauses a loop with fewer than 1,000 reads a second", () => {
        const loop = new FakeLoop();
        expect(loop.turns(1_000, 0.9, 10)).toEqual([]);
        expect(loop.pending).toBe(0);
    });

    it("never pauses for a burst that is shorter than its window", () => {
        const loop = new FakeLoop();
        loop.turns(100, 0.1, 10);
        expect(loop.turns(5, 10, 10)).toEqual([]);
    });

    it("keeps polls apart by its time, work included, once there are 1,000 reads a second", () => {
        const loop = new FakeLoop();
        loop.turns(200, 2, 1);
        expect(loop.turns(10, 2, 2)).toEqual(Array(10).fill(4));
    });

    it("does not pause a loop whose work takes longer", () => {
        const loop = new FakeLoop();
        loop.turns(200, 2, 1);
        expect(loop.turns(50, 5, 7)).toEqual([]);
    });

    it("stops with the load, and begins again with it", () => {
        const loop = new FakeLoop();
        loop.turns(200, 2, 1);
        loop.turns(200, 0, 1);
        expect(loop.pending).toBe(0);
        expect(loop.turns(100, 0, 1)).toEqual([]);
        expect(loop.turns(300, 2, 1).length).toBeGreaterThan(100);
    });

    it("is off with 0", () => {
        expect(new FakeLoop(0).turns(1_000, 10, 1)).toEqual([]);
    });

    it("counts the reads of an answer, and delivers all of its text", async () => {
        let time = 0;
        let slept = 0;
        const coalescer = new ReadCoalescer(MS, { now: () => time, sleep: () => void (slept += 1), afterPoll: (callback) => void setImmediate(callback) });
        const words: string[] = [];
        const server = await ScriptedUpstream.start(async (response) => {
            open(response);
            while (slept === 0 && words.length < 5_000) {
                words.push(`${words.length} `);
                time += 0.5;
                response.write(token(words.at(-1)!));
                await new Promise((resolve) => setImmediate(resolve));
            }
            response.end(token("", "stop") + done);
        });
        const upstream = service(server.url, { coalescer });
        const { text, end } = await ask(upstream);
        expect([text === words.join(""), end, slept > 0]).toEqual([true, "stop", true]);
        await upstream.close();
        server.stop();
    });
});
