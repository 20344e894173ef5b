import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StreamError } from "../errors/errors";
import { ask, done, open, refuses, says, ScriptedUpstream, service, stalls, token, usage, type Script } from "../test/upstream";
import { until } from "../test/world";
import { Breaker } from "./breaker";
import { Fallback } from "./fallback";

const DEADLINES = { firstToken: 5_000, total: 10_000 };

describe("an answer that is given up", () => {
    let server: ScriptedUpstream;
    let upstream: Fallback;
    let stop: AbortController;
    const giveUp = () => stop.abort(new StreamError("stopped"));

    beforeEach(async () => {
        server = await ScriptedUpstream.start();
        upstream = new Fallback([{ service: service(server.url), breaker: new Breaker() }], DEADLINES);
        stop = new AbortController();
    });
    afterEach(async () => {
        await upstream.close();
        server.stop();
    });

    const given = (script: Script, onPiece?: () => void) => {
        server.script = script;
        return ask(upstream, { signal: stop.signal, onPiece });
    };

    it("before it is asked for, is not", async () => {
        giveUp();
        expect((await given(says("a"))).end).toBe("stopped");
        expect(server.connected).toBe(0);
    });

    it("while the connection is made, does not wait for it", async () => {
        const answer = given(says("a"));
        giveUp();
        expect((await answer).end).toBe("stopped");
        await until(() => server.connected === 1);
        expect((await given(says("b"))).end).toBe("stopped");
        expect(server.seen).toEqual([]);
    });

    it.each<[string, Script]>([
        ["before the headers", () => giveUp()],
        ["after the headers", (response) => void open(response).write(": alive\n\n", giveUp)],
        ["in the middle of a line", (response) => void open(response).write("data: {", giveUp)],
        ["in the middle of a refusal", (response) => void response.writeHead(400).write('{"error":', giveUp)],
    ])("%s leaves no connection", async (_stage, script) => {
        expect(await given(script)).toMatchObject({ text: "", end: "stopped" });
        await until(() => server.sockets === 0);
    });

    it("at its first text, or later, or between texts that are read together, leaves no connection", async () => {
        expect(await given(stalls(token("a"), token("b")), giveUp)).toMatchObject({ text: "a", end: "stopped" });
        await until(() => server.sockets === 0);

        for (const last of [2, 3]) {
            stop = new AbortController();
            let told = 0;
            const { pieces, end } = await given(stalls(...Array<string>(20).fill(token("a"))), () => (told += 1) === last && giveUp());
            expect([pieces.length, end]).toEqual([last, "stopped"]);
            await until(() => server.sockets === 0);
        }
    });

    it("by whoever is told of its text, ends with what he threw", async () => {
        const error = new StreamError("upstream_too_long");
        const told = await given(stalls(token("a"), token("b")), () => {
            throw error;
        });
        expect([told.text, told.error]).toEqual(["a", error]);
        await until(() => server.sockets === 0);
    });

    it("while a retry is waited for, is not asked for again", async () => {
        const answer = given((response, request) => {
            response.on("finish", () => setTimeout(giveUp, 20));
            return refuses(503, "")(response, request);
        });
        expect((await answer).end).toBe("stopped");
        expect(server.seen.length).toBe(1);
    });

    it("after its last text, while its usage is waited for, leaves no connection", async () => {
        server.script = (response) => void open(response).write(token("a", "stop"), () => setTimeout(giveUp, 20));
        expect((await ask(upstream, { signal: stop.signal })).end).toBe("stopped");
        await until(() => server.sockets === 0);
    });

    it("after its end, is an answer; a body that does not end does not keep the connection", async () => {
        const { end, answer } = await given(stalls(token("a", "stop"), usage, done));
        giveUp();
        expect([end, answer?.usage?.inputTokens]).toEqual(["stop", 11]);
        await until(() => server.sockets === 0);
    });

    it("leaves nothing behind that listens to its signal", async () => {
        let listening = 0;
        const { signal } = stop;
        const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
        signal.addEventListener = (...args: Parameters<typeof add>) => ((listening += 1), add(...args));
        signal.removeEventListener = (...args: Parameters<typeof remove>) => ((listening -= 1), remove(...args));
        await given(says("a"));
        expect(listening).toBe(0);
    });
});

describe("a connection", () => {
    it("is used again when an answer has come to its end", async () => {
        const server = await ScriptedUpstream.start(says("a", "b"));
        const upstream = service(server.url);
        for (let i = 0; i < 3; i++) {
            expect((await ask(upstream)).text).toBe("ab");
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        expect([server.connected, server.sockets]).toEqual([1, 1]);
        await upstream.close();
        await until(() => server.sockets === 0);
        server.stop();
    });
});
