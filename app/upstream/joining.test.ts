import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask, done, open, ScriptedUpstream, service, stalls, token, type Script } from "../test/upstream";

const JOIN_MS = 100;

describe("tokens that come fast", () => {
    let server: ScriptedUpstream;
    let wrote: number[];
    beforeEach(async () => {
        server = await ScriptedUpstream.start();
        wrote = [];
    });
    afterEach(() => server.stop());

    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const write = (response: ServerResponse, text: string) => {
        wrote.push(performance.now());
        response.write(text);
    };
    /** A word every 10 ms, the first one a while after the headers. */
    const speaks = (...words: string[]): Script => async (response) => {
        open(response).write(": alive\n\n");
        for (const word of words) {
            await pause(10);
            write(response, token(word));
        }
        response.end(token("", "stop") + done);
    };
    const words = Array.from({ length: 40 }, (_, index) => `${index} `);

    async function told(script: Script, joinMs: number) {
        server.script = script;
        const upstream = service(server.url, { joinMs });
        const { text, end, pieces } = await ask(upstream);
        await upstream.close();
        return { text, end, waits: pieces.map(({ at }, index) => at - wrote[index]!), reads: new Set(pieces.map(({ at }) => Math.round(at / 5))).size };
    }

    it("are read together, and lose nothing", async () => {
        const { text, end, reads } = await told(speaks(...words), JOIN_MS);
        expect([text, end]).toEqual([words.join(""), "stop"]);
        expect(reads).toBeLessThan(15);
    });

    it("never keep the first one waiting", async () => {
        const { waits } = await told(speaks(...words.slice(0, 10)), 600);
        expect(waits[0]).toBeLessThan(300);
        expect(waits[2]).toBeGreaterThan(400);
    });

    it("wait for twice the time at most", async () => {
        const { waits } = await told(speaks(...words, ...words), 300);
        expect(Math.max(...waits)).toBeLessThan(2 * 300 + 250);
    });

    it("are told as they come when nothing is to be joined", async () => {
        const { text, reads } = await told(speaks(...words), 0);
        expect(text).toBe(words.join(""));
        expect(reads).toBeGreaterThan(15);
    });

    it("of the next answer on the same connection are not kept waiting either", async () => {
        const upstream = service(server.url, { joinMs: 600 });
        server.script = speaks("a", "b", "c");
        await ask(upstream);
        await pause(50);
        wrote = [];
        const { pieces } = await ask(upstream);
        expect(pieces[0]!.at - wrote[0]!).toBeLessThan(300);
        expect(server.connected).toBe(1);
        await upstream.close();
    });

    it("are all told when the connection ends behind them", async () => {
        const { text, end } = await told((response) => {
            open(response).write(token("a"));
            setTimeout(() => response.write(token("b") + token("c"), () => response.socket?.destroy()), 20);
        }, JOIN_MS);
        expect([text, end]).toEqual(["abc", "upstream_cut"]);
    });

    it("still stall when they no longer come", async () => {
        server.script = stalls(token("a"), token("b"));
        const upstream = service(server.url, { joinMs: JOIN_MS, deadlines: { idle: 300 } });
        expect(await ask(upstream)).toMatchObject({ text: "ab", end: "upstream_stalled" });
        await upstream.close();
    });
});
