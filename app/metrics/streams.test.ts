import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Scrape } from "../test/scrape";
import { cuts, done, gate, open, refuses, says, stalls, token as piece, usage } from "../test/upstream";
import { until, World, type App } from "../test/world";

const reasoning = (text: string) => `data: ${JSON.stringify({ choices: [{ delta: { reasoning_content: text } }] })}\n\n`;

describe("what is counted of streams", () => {
    let world: World;
    let app: App;
    beforeAll(async () => (world = await World.start()));
    afterAll(() => world.stop());

    const scrape = () => Scrape.of(app.service);
    const fresh = async (overrides: Record<string, string> = {}) => (app = await world.service(overrides));
    /** Begins a chat and waits for its first text; its end is awaited with `rest`. */
    async function begin(token: string, body: object = { message: "Hi" }, signal?: AbortSignal) {
        let streamId = "";
        let text = false;
        const rest = app.chat(token, body, ({ type, data }) => {
            streamId ||= data.streamId;
            text ||= type === "delta";
        }, signal);
        rest.catch(() => undefined);
        await until(() => text);
        return { streamId, rest };
    }

    it("is nothing, in series that are there", async () => {
        await fresh({ MAX_SSE_CONNECTIONS: "50" });
        const seen = await scrape();
        expect(seen.value("sse_active_connections")).toBe(0);
        expect(seen.value("sse_max_connections")).toBe(50);
        expect(seen.value("sse_utilization")).toBe(0);
        expect(seen.value("sse_connections_total", { end: "gone" })).toBe(0);
        expect(seen.value("chat_turns_total", { kind: "chat", end: "done", code: "" })).toBe(0);
        expect(seen.value("chat_token_gap_seconds_count")).toBe(0);
        expect(seen.value("app_info", { region: "us", version: app.service.version })).toBe(1);
    });

    it("is a stream while it runs, and how many of them fit", async () => {
        await fresh({ MAX_SSE_CONNECTIONS: "4" });
        const rest = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("first"));
            await rest.wait;
            response.end(piece("", "stop") + done);
        };
        const chat = await begin(await app.login());
        const during = await scrape();
        expect([during.value("sse_active_connections"), during.value("sse_utilization"), during.value("chat_active_turns")]).toEqual([1, 0.25, 1]);
        rest.open();
        await chat.rest;
        await until(() => app.service.connections.activeGlobal === 0);
        const after = await scrape();
        expect([after.value("sse_active_connections"), after.value("sse_utilization"), after.value("chat_active_turns")]).toEqual([0, 0, 0]);
    });

    it("is how each one ended, by cause, the turn and the connection told apart", async () => {
        await fresh({ SLOW_READER_SECONDS: "0.3", MAX_TURNS_PER_USER: "1", MAX_SSE_CONNECTIONS_PER_USER: "2", UPSTREAM_IDLE_SECONDS: "3" });
        const { service } = app;
        const ended = (count: number) => until(() => service.turns.active === 0 && world.log.split('"msg":"turn"').length - 1 === turnsBefore + count);
        const turnsBefore = world.log.split('"msg":"turn"').length - 1;

        // Done: two of them, one by a model that thinks.
        world.upstream.script = says("Hello", ", world");
        await app.chat(await app.login(), { message: "Hi" });
        world.upstream.script = (response) => void open(response).end(reasoning("Hm.") + piece("Well.") + piece("", "stop") + usage + done);
        await app.chat(await app.login(), { message: "Hi" });

        // Errors: refused, and cut, and silent in the middle.
        world.upstream.script = refuses(400, { error: { code: "InputTextSensitiveContentDetected", message: "No." } });
        await app.chat(await app.login(), { message: "Hi" });
        world.upstream.script = cuts(piece("a"));
        await app.chat(await app.login(), { message: "Hi" });
        world.upstream.script = stalls(piece("a"));
        await app.chat(await app.login(), { message: "Hi" });
        await ended(5);

        // The client leaves; its turn is done all the same.
        const left = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("a"));
            await left.wait;
            response.end(piece("b", "stop") + done);
        };
        const leaves = new AbortController();
        await begin(await app.login(), { message: "Hi" }, leaves.signal);
        leaves.abort();
        await until(() => service.connections.activeGlobal === 0);
        left.open();
        await ended(6);

        // Stopped by its user, and by a newer turn of the same user. Both connections read on to the end.
        world.upstream.script = async (response) => {
            open(response).write(piece("a"));
            for (let n = 0; n < 1000 && !response.destroyed; n += 1) {
                await new Promise((resolve) => setTimeout(resolve, 20));
                response.write(piece("a"));
            }
        };
        const token = await app.login();
        const older = await begin(token);
        const newer = await begin(token);
        await older.rest;
        await app.post(`/api/chat/streams/${newer.streamId}/stop`, {}, token);
        await newer.rest;
        await ended(8);

        // A reader that takes nothing.
        const thought = reasoning("x".repeat(10_000));
        world.upstream.script = async (response) => {
            open(response);
            for (let sent = 0; sent < 1_500; sent += 1) if (!response.write(thought)) await once(response, "drain");
            response.end(piece("The answer", "stop") + done);
        };
        const body = JSON.stringify({ message: "A lot" });
        const socket = connect(service.port, "127.0.0.1").pause();
        socket.write(`POST /api/chat HTTP/1.1\r\nHost: app\r\nAuthorization: Bearer ${await app.login()}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
        await ended(9);
        await until(() => service.connections.activeGlobal === 0);
        socket.destroy();
        // Only now is its request over.
        await until(async () => (await scrape()).value("http_requests_total", { method: "POST", route: "/api/chat", status: "200" }) === 9);

        const seen = await scrape();
        expect(seen.by("chat_turns_total", "kind", "end", "code")).toEqual({
            "chat done": 4,
            "chat error content_refused": 1,
            "chat cut upstream_cut": 1,
            "chat cut upstream_stalled": 1,
            "chat taken_over": 1,
            "chat stopped": 1,
        });
        // Turns that their users ended are in neither, and a refusal is the model's answer.
        expect(seen.by("chat_user_turns_total", "end")).toEqual({ finished: 5, unfinished: 2 });
        expect(seen.by("chat_user_first_token_seconds_count")).toEqual({ "": 8 });
        expect(seen.by("sse_connections_total", "end")).toEqual({ read: 7, gone: 1, slow_reader: 1 });
        expect(seen.value("chat_stream_seconds_count", { kind: "chat" })).toBe(9);
        // All but the refused one; two of them thought first.
        expect(seen.value("chat_first_token_seconds_count", { phase: "content" })).toBe(8);
        expect(seen.value("chat_first_token_seconds_count", { phase: "reasoning" })).toBe(2);
        expect(seen.by("http_requests_total", "method", "route", "status")).toEqual({
            "POST /api/auth/login 200": 8,
            "POST /api/chat 200": 9,
            "POST /api/chat/streams/:streamId/stop 200": 1,
        });
        expect(seen.value("http_request_duration_seconds_count", { route: "/api/chat" })).toBe(undefined);
        expect(seen.value("http_request_duration_seconds_count", { route: "/api/auth/login" })).toBe(8);
        expect(seen.by("logins_total", "outcome")).toEqual({ ok: 8 });
        expect(seen.by("wechat_code2session_total", "errcode")).toEqual({ 0: 8 });
    });

    it("is a connection that another one took over, and one that a drain sent away", async () => {
        await fresh({ DRAIN_SECONDS: "0.5" });
        world.upstream.script = stalls(piece("first"));
        const token = await app.login();
        const old = await begin(token);
        const resumed = app.resume(token, old.streamId);
        expect((await old.rest).types.at(-1)).toBe("closed");
        const during = await scrape();
        expect(during.by("sse_connections_total", "end")).toEqual({ taken_over: 1 });
        expect(during.by("sse_resumes_total", "from")).toEqual({ memory: 1 });
        expect(during.value("draining")).toBe(0);

        const gone = app.service.stop();
        expect((await scrape()).value("draining")).toBe(1);
        // The listener goes last.
        const { metrics } = app.service;
        expect((await resumed).types.at(-1)).toBe("reconnect");
        await gone;
        const text = await metrics.text();
        expect(text).toContain('sse_connections_total{end="draining"} 1\n');
        expect(text).toContain('chat_turns_total{kind="chat",end="draining",code=""} 1\n');
        await expect(scrape()).rejects.toThrow();
    });

    it("is the time to the first token and between tokens, as the reader gets them", async () => {
        await fresh();
        const read = [gate(), gate(), gate()];
        world.upstream.script = async (response) => {
            await new Promise((resolve) => setTimeout(resolve, 300));
            open(response).write(reasoning("Hm."));
            await read[0]!.wait;
            response.write(piece("one "));
            await read[1]!.wait;
            await new Promise((resolve) => setTimeout(resolve, 600));
            // What comes in one go is one event.
            response.write(piece("two ") + piece("three "));
            await read[2]!.wait;
            response.end(piece("", "stop") + usage + done);
        };
        let next = 0;
        await app.chat(await app.login(), { message: "Count" }, ({ type }) => {
            if (type === "delta" || type === "reasoning") read[next++]!.open();
        });
        await until(() => app.service.turns.active === 0);
        const seen = await scrape();
        const bucket = (name: string, le: string, labels = {}) => seen.value(`${name}_bucket`, { ...labels, le });
        expect(bucket("chat_first_token_seconds", "0.25", { phase: "reasoning" })).toBe(0);
        expect(seen.value("chat_first_token_seconds_count", { phase: "reasoning" })).toBe(1);
        expect(seen.value("chat_first_token_seconds_count", { phase: "content" })).toBe(1);
        expect(seen.value("chat_token_gap_seconds_count")).toBe(2);
        expect(bucket("chat_token_gap_seconds", "0.5")).toBe(1);
        expect(seen.value("chat_token_gap_seconds_sum")).toBeGreaterThan(0.6);
        expect(bucket("chat_stream_seconds", "0.5", { kind: "chat" })).toBe(0);
        const tokens = (type: string, estimated = "false") => seen.value("llm_tokens_total", { provider: "ark", model: "ep-20261121000000-abcde", type, estimated });
        expect([tokens("input"), tokens("output"), tokens("reasoning"), tokens("input", "true")]).toEqual([11, 9, 4, undefined]);
    });

    it("is where the rest of a stream was found", async () => {
        await fresh();
        world.upstream.script = says("Hello", ", world");
        const token = await app.login();
        const chat = await app.chat(token, { message: "Hi" });
        const { streamId } = chat.events[0]!.data;
        await until(() => app.service.turns.active === 0);
        await app.resume(token, streamId);
        await app.resume(token, streamId, { "Last-Event-ID": `${streamId}.3` });
        await app.resume(await app.login(), streamId);
        const seen = await scrape();
        expect(seen.by("sse_resumes_total", "from")).toEqual({ memory: 1, nothing_left: 1 });
        expect(seen.by("http_refusals_total", "code")).toEqual({ stream_not_found: 1 });

        await fresh();
        await app.resume(token, streamId);
        expect((await scrape()).by("sse_resumes_total", "from")).toEqual({ database: 1 });
    });
});
