import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StreamError, type StreamErrorCode } from "../errors/errors";
import { ask, cuts, gate, open, refuses, says, ScriptedUpstream, service, stalls, token, type Script } from "../test/upstream";
import { until } from "../test/world";
import { Breaker } from "./breaker";
import { NoText } from "./failure";
import { Fallback } from "./fallback";

const OPEN_MS = 400;
const options = { consecutive: 3, window: 10, minimum: 6, openMs: OPEN_MS };

describe("a breaker", () => {
    const run = (breaker: Breaker, code?: StreamErrorCode) =>
        breaker.run(() => (code ? Promise.reject(new StreamError(code)) : Promise.resolve("ok"))).catch((error) => (error as StreamError).code);
    const after = async (...codes: (StreamErrorCode | undefined)[]) => {
        const breaker = new Breaker(options);
        for (const code of codes) await run(breaker, code);
        return breaker.state;
    };
    const bad = "upstream_failed";

    it("opens after failures one after another", async () => {
        expect([await after(bad, bad), await after(bad, bad, undefined, bad, bad), await after(bad, bad, bad)]).toEqual(["closed", "closed", "open"]);
    });

    it("opens when more than half of the last answers failed, not before there are enough", async () => {
        expect(await after(bad, bad, undefined, bad, undefined)).toBe("closed");
        expect(await after(bad, bad, undefined, bad, bad, undefined, bad)).toBe("open");
        expect(await after(bad, bad, undefined, undefined, bad, undefined, bad)).toBe("open");
        expect(await after(undefined, bad, undefined, bad, undefined, bad, undefined, bad)).toBe("closed");
    });

    it.each<StreamErrorCode>(["upstream_unreachable", "upstream_timeout", "upstream_stalled", "upstream_cut", "upstream_malformed", "upstream_busy", "upstream_quota", "upstream_misconfigured"])("counts %s as a failure", async (code) => {
        expect(await after(code, code, code)).toBe("open");
    });

    it.each<StreamErrorCode>(["content_refused", "upstream_refused"])("counts %s as a success: the service judged what it was asked", async (code) => {
        expect(await after(bad, bad, code, bad, bad)).toBe("closed");
    });

    it("counts an answer without text as a success: visitors may ask for one, and must not close the service for others", async () => {
        const breaker = new Breaker(options);
        for (let n = 0; n < 10; n += 1) await breaker.run(() => Promise.reject(new NoText("stop"))).catch(() => undefined);
        expect(breaker.state).toBe("closed");
    });

    it.each<StreamErrorCode>(["stopped", "draining", "upstream_too_long", "internal"])("counts %s as neither", async (code) => {
        expect(await after(code, code, code)).toBe("closed");
        expect(await after(bad, bad, code, bad)).toBe("open");
    });

    it("that is open lets nobody through", async () => {
        const breaker = new Breaker(options);
        for (let i = 0; i < 3; i++) await run(breaker, bad);
        let asked = 0;
        const refused = await breaker.run(async () => (asked += 1)).catch((error) => (error as StreamError).code);
        expect([refused, asked]).toEqual(["upstream_unavailable", 0]);
    });

    it("waits twice as long after a trial that failed, and as at first once it was closed", async () => {
        const breaker = new Breaker({ ...options, consecutive: 1 });
        const refused = async () => (await run(breaker)) === "upstream_unavailable";
        const closes = async () => {
            const began = performance.now();
            await until(async () => !(await refused()));
            return performance.now() - began;
        };
        await run(breaker, bad);
        await until(async () => (await run(breaker, bad)) === bad);
        expect(await closes()).toBeGreaterThan(1.7 * OPEN_MS);
        await run(breaker, bad);
        expect(await closes()).toBeLessThan(1.7 * OPEN_MS);
    });
});

describe("a service's breaker", () => {
    let server: ScriptedUpstream;
    let upstream: Fallback;
    let stop: AbortController;
    beforeEach(async () => {
        server = await ScriptedUpstream.start();
        upstream = new Fallback([{ service: service(server.url), breaker: new Breaker(options) }], { firstToken: 5_000, total: 10_000 });
        stop = new AbortController();
    });
    afterEach(async () => {
        await upstream.close();
        server.stop();
    });

    async function told(script: Script, onPiece?: () => void) {
        server.script = script;
        const { text, end } = await ask(upstream, { signal: stop.signal, onPiece });
        return [text, end];
    }
    const opened = async () => {
        for (let i = 0; i < 3; i++) await told(refuses(401, ""));
        expect(upstream.states).toEqual({ ark: "open" });
    };
    const waited = () => new Promise((resolve) => setTimeout(resolve, OPEN_MS + 20));

    it("saves the user the wait for a service that is away", async () => {
        await opened();
        const asked = server.seen.length;
        expect(await told(says("a"))).toEqual(["", "upstream_unavailable"]);
        expect(server.seen.length).toBe(asked);
    });

    it("closes when a trial begins to answer, not when it ends; until then one is on its way", async () => {
        await opened();
        await waited();
        const [first, rest] = [gate(), gate()];
        server.script = async (response) => {
            await first.wait;
            open(response).write(token("a"));
            await rest.wait;
            response.end(token("b", "stop"));
        };
        const trial = ask(upstream);
        await until(() => upstream.states.ark === "half-open");
        expect((await ask(upstream)).end).toBe("upstream_unavailable");
        first.open();
        await until(() => upstream.states.ark === "closed");
        rest.open();
        expect((await trial).text).toBe("ab");
    });

    it("opens again when the trial fails", async () => {
        await opened();
        await waited();
        expect(await told(refuses(401, ""))).toEqual(["", "upstream_misconfigured"]);
        expect(upstream.states).toEqual({ ark: "open" });
        expect(await told(says("a"))).toEqual(["", "upstream_unavailable"]);
    });

    it("closes when the trial is refused for what it asks", async () => {
        await opened();
        await waited();
        expect(await told(refuses(400, { error: { code: "SensitiveContentDetected" } }))).toEqual(["", "content_refused"]);
        expect(upstream.states).toEqual({ ark: "closed" });
    });

    it("knows no more than before when a trial is stopped: the next request is a trial, at once", async () => {
        await opened();
        await waited();
        server.script = () => stop.abort(new StreamError("stopped"));
        expect((await ask(upstream, { signal: stop.signal })).end).toBe("stopped");
        expect(upstream.states).toEqual({ ark: "open" });
        stop = new AbortController();
        expect(await told(says("a"))).toEqual(["a", "stop"]);
        expect(upstream.states).toEqual({ ark: "closed" });
    });

    it("counts an answer that breaks off in the middle", async () => {
        for (let i = 0; i < 3; i++) expect(await told(cuts(token("a")))).toEqual(["a", "upstream_cut"]);
        expect(upstream.states).toEqual({ ark: "open" });
    });

    it("does not count what is stopped, however often", async () => {
        for (let i = 0; i < 5; i++) {
            stop = new AbortController();
            expect(await told(stalls(token("a")), () => stop.abort(new StreamError("stopped")))).toEqual(["a", "stopped"]);
        }
        expect(upstream.states).toEqual({ ark: "closed" });
    });

    it("sends to the next service at once", async () => {
        const other = await ScriptedUpstream.start(says("from the other"));
        const events: object[] = [];
        const members = [server, other].map(({ url }, index) => ({ service: service(url, { provider: index ? "deepseek" : "ark" }), breaker: new Breaker({ ...options, consecutive: 1 }) }));
        const both = new Fallback(members as never, { firstToken: 5_000, total: 10_000 }, { onAttempt: (event) => events.push(event) });
        server.script = refuses(401, "");
        expect((await ask(both)).text).toBe("from the other");
        expect((await ask(both)).text).toBe("from the other");
        expect([server.seen.length, both.states]).toEqual([1, { ark: "open", deepseek: "closed" }]);
        expect(events.slice(2)).toEqual([
            { provider: "ark", outcome: "upstream_unavailable", fallbackTo: "deepseek" },
            { provider: "deepseek", outcome: "ok" },
        ]);
        other.script = refuses(401, "");
        await ask(both);
        expect((await ask(both)).end).toBe("upstream_unavailable");
        await both.close();
        other.stop();
    });
});
