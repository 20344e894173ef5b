import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StreamError, type StreamErrorCode } from "../errors/errors";
import { freePort } from "../test/mongod";
import { ask, cuts, inTurn, refuses, says, ScriptedUpstream, service, stalls, token, type Script } from "../test/upstream";
import { Breaker } from "./breaker";
import { NoText } from "./failure";
import { Fallback, type AttemptEvent } from "./fallback";
import { Refusal } from "./refusal";
import { afterFailure, type Attempted } from "./retry";

describe("after a failure", () => {
    const attempted: Attempted = { begun: false, retried: false, last: false, shortens: false, leftMs: 60_000, random: 0.5 };
    const step = (code: StreamErrorCode, change: Partial<Attempted> = {}) => afterFailure(new StreamError(code), { ...attempted, ...change });

    it.each<StreamErrorCode>(["upstream_unreachable", "upstream_busy", "upstream_failed", "upstream_cut"])("%s: the same service once more, then the next", (code) => {
        expect([step(code), step(code, { retried: true }), step(code, { retried: true, last: true })]).toEqual([{ again: 300 }, "next", "end"]);
    });

    it.each<StreamErrorCode>(["upstream_timeout", "upstream_stalled", "upstream_malformed", "upstream_quota", "upstream_misconfigured", "upstream_unavailable"])("%s: the next service", (code) => {
        expect([step(code), step(code, { last: true })]).toEqual(["next", "end"]);
    });

    it.each<StreamErrorCode>(["content_refused", "upstream_refused", "upstream_too_long", "internal"])("%s: no more", (code) => expect(step(code)).toBe("end"));

    it("context_too_long: the same service with less at once, then the next", () => {
        expect([step("context_too_long", { shortens: true, retried: true }), step("context_too_long"), step("context_too_long", { last: true })]).toEqual([{ again: 0 }, "next", "end"]);
    });

    it("nothing is asked once text was told, or when the time is up", () => {
        expect(step("upstream_cut", { begun: true })).toBe("end");
        expect(step("upstream_busy", { leftMs: 0 })).toBe("end");
    });

    it("an answer without text: the next service, also when its thoughts were told", () => {
        const noText = (change: Partial<Attempted>) => afterFailure(new NoText("stop"), { ...attempted, ...change });
        expect([noText({}), noText({ begun: true }), noText({ begun: true, last: true })]).toEqual(["next", "next", "end"]);
    });

    it("no service is asked again for which the time is too short", () => {
        expect([step("upstream_busy", { leftMs: 299 }), step("upstream_busy", { leftMs: 301 })]).toEqual(["next", { again: 300 }]);
    });

    it("a service is left alone as long as it wants, up to 2 seconds", () => {
        const busy = (retryAfterMs: number) => afterFailure(new Refusal("upstream_busy", "429", retryAfterMs), attempted);
        expect([busy(0), busy(1_000), busy(2_000), busy(2_001)]).toEqual([{ again: 300 }, { again: 1_000 }, { again: 2_000 }, "next"]);
    });

    it("the wait is between 200 and 400 ms", () => {
        expect([step("upstream_busy", { random: 0 }), step("upstream_busy", { random: 1 })]).toEqual([{ again: 200 }, { again: 400 }]);
    });
});

describe("one service", () => {
    let server: ScriptedUpstream;
    let events: AttemptEvent[];
    beforeEach(async () => {
        server = await ScriptedUpstream.start();
        events = [];
    });
    afterEach(() => server.stop());

    async function told(script: Script, firstToken = 5_000, url = server.url) {
        server.script = script;
        const upstream = new Fallback([{ service: service(url), breaker: new Breaker() }], { firstToken, total: 10_000 }, { onAttempt: (event) => events.push(event) });
        const began = performance.now();
        const { text, end } = await ask(upstream);
        void upstream.close();
        return { text, end, asked: server.seen.length, ms: performance.now() - began };
    }

    it("that is busy for a moment is asked again", async () => {
        expect(await told(inTurn(refuses(429, ""), says("a")))).toMatchObject({ text: "a", end: "stop", asked: 2 });
        expect(events).toEqual([
            { provider: "ark", outcome: "upstream_busy", cause: "429" },
            { provider: "ark", outcome: "ok" },
        ]);
    });

    it("that breaks off before its first text is asked again, once", async () => {
        expect(await told(inTurn(cuts(token("")), says("a")))).toMatchObject({ text: "a", asked: 2 });
        expect(await told(cuts(token("")))).toMatchObject({ text: "", end: "upstream_cut", asked: 4 });
    });

    it("that cannot be reached is tried again", async () => {
        expect(await told(says(), 5_000, `http://127.0.0.1:${await freePort()}`)).toMatchObject({ end: "upstream_unreachable" });
        expect(events.map(({ outcome, cause }) => [outcome, cause])).toEqual([
            ["upstream_unreachable", "ECONNREFUSED"],
            ["upstream_unreachable", "ECONNREFUSED"],
        ]);
    });

    it("that breaks off in the middle is not asked again", async () => {
        expect(await told(inTurn(cuts(token("so far")), says("a")))).toMatchObject({ text: "so far", end: "upstream_cut", asked: 1 });
    });

    it.each<[string, Script, string]>([
        ["the question", refuses(400, { error: { code: "SensitiveContentDetected" } }), "content_refused"],
        ["the request", refuses(400, { error: { code: "MissingParameter.messages" } }), "upstream_refused"],
        ["the account", refuses(429, { error: { code: "QuotaExceeded" } }), "upstream_quota"],
    ])("that does not accept %s is not asked again", async (_what, script, code) => {
        expect(await told(script)).toMatchObject({ end: code, asked: 1 });
    });

    const wants = (seconds: string): Script => (response) => void response.writeHead(429, { "Retry-After": seconds }).end();

    it("that wants to be left alone for a second is", async () => {
        const { ms, ...rest } = await told(inTurn(wants("1"), says("a")));
        expect(rest).toEqual({ text: "a", end: "stop", asked: 2 });
        expect(ms).toBeGreaterThan(950);
    });

    it("that wants to be left alone for longer than a user waits, or than is left, is not asked again", async () => {
        expect(await told(inTurn(wants("3"), says("a")))).toMatchObject({ end: "upstream_busy", asked: 1 });
        expect(await told(inTurn(wants("1"), says("a")), 900)).toMatchObject({ end: "upstream_busy", asked: 2 });
    });

    it("that is asked again has what is left of the time, not all of it once more", async () => {
        const slow: Script = (response, request) => void setTimeout(() => void refuses(503, "")(response, request), 600);
        const { end, ms } = await told(inTurn(slow, stalls()), 1_500);
        expect(end).toBe("upstream_timeout");
        expect(ms).toBeGreaterThan(1_450);
        expect(ms).toBeLessThan(2_000);
    });
});
