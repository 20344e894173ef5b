import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { all, ChatServer, cutAfter, finished, frame, refusal, partly, vanish, type Told } from "../test/chat-server";
import { until } from "../test/world";
import { WxSimulator } from "../test/wx";
import type { ChatEvent } from "./events";
import { ChatError, createClient, fetchTransport, wxTransport, type Chat, type ChatListener, type Client, type ClientOptions, type ConnectionState, type Transport } from "./index";

/** Fast enough for a test, and in the same order as on a phone. */
const timing = { firstMs: 4, capMs: 20, stallMs: 2_000, askMs: 5_000, resumeMs: 5_000 };

let wx: WxSimulator;
const platforms: [string, () => Transport][] = [
    ["fetch", () => fetchTransport],
    ["wx.request", () => wxTransport((wx = new WxSimulator()))],
    ["wx.request that tells its headers late", () => wxTransport((wx = new WxSimulator({ headersFirst: false })))],
];

describe.each(platforms)("the client over %s", (_name, transport) => {
    let server: ChatServer;
    let client: Client;
    let events: ChatEvent[];
    let texts: string[];
    let states: ConnectionState[];
    beforeAll(async () => (server = await ChatServer.start()));
    beforeEach(() => {
        Object.assign(server, { says: [{ type: "delta", delta: "Hello" }, finished], tokens: undefined });
        for (const list of [server.asked, server.plans, server.stopped]) list.splice(0);
        client = make();
    });
    afterEach(() => until(() => server.open === 0));
    afterAll(() => server.stop());

    const make = (more: Partial<ClientOptions> = {}) => createClient({ baseUrl: server.url, transport: transport(), token: "ada", timing, ...more });
    const listener = (more: ChatListener = {}): ChatListener => {
        [events, texts, states] = [[], [], []];
        return { onEvent: (event) => events.push(event), onText: (text) => texts.push(text), onConnection: (state) => states.push(state), ...more };
    };
    const ask = (request: Parameters<Client["chat"]>[0] = { message: "Hi" }, more?: ChatListener): Chat => client.chat(request, listener(more));
    const seqs = () => events.flatMap((event) => ("seq" in event ? [event.seq] : []));
    const bodies = () => server.asked.filter(({ method }) => method === "POST").map(({ body }) => body);
    const resumes = () => server.asked.filter(({ method }) => method === "GET").map(({ headers }) => (headers["last-event-id"] as string | undefined)?.split(".")[1]);

    it("asks once, and tells the answer as it comes", async () => {
        server.says = [{ type: "reasoning", delta: "想" }, { type: "delta", delta: "你" }, { type: "delta", delta: "好 🌍" }, finished];
        const turn = await ask().done;
        expect(turn).toMatchObject({ state: "done", text: "你好 🌍", reasoning: "想", finishReason: "stop", usage: { outputTokens: 9 }, lastSeq: 5 });
        expect(texts).toEqual(["你", "你好 🌍"]);
        expect(events.map(({ type }) => type)).toEqual(["start", "reasoning", "delta", "delta", "done"]);
        expect(states).toEqual([{ state: "connecting" }, { state: "open" }]);
        expect(server.asked).toMatchObject([{ method: "POST", path: "/api/chat", body: { message: "Hi" } }]);
        expect(server.asked[0]!.headers).toMatchObject({ authorization: "Bearer ada", "content-type": "application/json", "idempotency-key": expect.stringMatching(/^[\w.:-]{16,128}$/) });
    });

    it("tells every event once and in order, wherever connections are cut", async () => {
        const word = fc.string({ unit: fc.constantFrom("a", "你", "🌍", "\n", '"'), minLength: 1, maxLength: 8 });
        const told = fc.array(fc.tuple(fc.constantFrom("delta" as const, "reasoning" as const), word), { minLength: 1, maxLength: 12 });
        await fc.assert(
            fc.asyncProperty(told, fc.array(fc.nat(2_000), { maxLength: 6 }), async (told, cuts) => {
                server.asked.splice(0);
                server.says = [...told.map(([type, delta]): Told => ({ type, delta })), finished];
                server.plans.splice(0, Infinity, ...cuts.map(cutAfter));
                const turns = server.turns.size;
                const turn = await ask().done;
                const joined = (kind: string) => told.map(([type, delta]) => (type === kind ? delta : "")).join("");
                expect(turn).toMatchObject({ state: "done", text: joined("delta"), reasoning: joined("reasoning") });
                expect(seqs()).toEqual(Array.from({ length: told.length + 2 }, (_, index) => index + 1));
                // One turn, however often it was asked for; it is known by its key and by its id.
                expect(server.turns.size - turns).toBe(2);
            }),
            { numRuns: 40 },
        );
    });

    it("repeats a question that got no answer with the same key, and without `after`", async () => {
        server.plans.push(vanish, vanish);
        const turns = server.turns.size;
        expect(await ask({ message: "Hi", sessionId: "one", after: "before" }).done).toMatchObject({ state: "done", text: "Hello" });
        expect(bodies()).toEqual([{ sessionId: "one", message: "Hi", after: "before" }, { sessionId: "one", message: "Hi" }, { sessionId: "one", message: "Hi" }]);
        expect(new Set(server.asked.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
        expect(server.turns.size - turns).toBe(2);
    });

    it("says which turn it saw last of a session", async () => {
        const first = await ask().done;
        const second = await ask({ message: "More", sessionId: first.sessionId }).done;
        await ask({ message: "Again", sessionId: first.sessionId }).done;
        await ask({ message: "Else" }).done;
        expect(bodies().map(({ after }) => after)).toEqual([undefined, first.messageId, second.messageId, undefined]);
    });

    it("resumes after the last event that it has, and waits longer each time", async () => {
        server.says = [{ type: "delta", delta: "one " }, { type: "delta", delta: "two " }, { type: "delta", delta: "three" }, finished];
        server.plans.push(partly(2, ""), partly(1, ""), partly(0, ""));
        expect(await ask().done).toMatchObject({ state: "done", text: "one two three" });
        expect(resumes()).toEqual(["2", "3", "3"]);
        expect(states.map(({ state }) => state)).toEqual(["connecting", "open", "waiting", "connecting", "open", "waiting", "connecting", "open", "waiting", "connecting", "open"]);
        expect(states.find(({ state }) => state === "waiting")).toMatchObject({ error: { code: "connection_lost", retryable: true } });
    });

    it("resumes when an event is missing, and does not tell the one behind the gap", async () => {
        server.says = [{ type: "delta", delta: "one " }, { type: "delta", delta: "two" }, finished];
        server.plans.push((response, rest, turn) => all(response, [rest[0]!, ...rest.slice(2)], turn));
        expect(await ask().done).toMatchObject({ state: "done", text: "one two" });
        expect([seqs(), resumes()]).toEqual([[1, 2, 3, 4], ["1"]]);
    });

    it("takes silence for a dead connection, but not while pings come", async () => {
        client = make({ timing: { ...timing, stallMs: 150 } });
        const pings = (response: Parameters<typeof all>[0]) => {
            let left = 10;
            const timer = setInterval(() => ((left -= 1) > 0 ? response.write(": ping\n\n") : clearInterval(timer)), 40);
        };
        server.plans.push((response, rest, turn) => {
            partly(2, "", true)(response, rest, turn);
            pings(response);
        });
        const began = Date.now();
        expect(await ask().done).toMatchObject({ state: "done", text: "Hello" });
        // 9 pings of 40 ms, and then the silence.
        expect(Date.now() - began).toBeGreaterThanOrEqual(500);
        expect(resumes()).toEqual(["2"]);
    });

    it("takes a question that is not even refused for lost", async () => {
        client = make({ timing: { ...timing, stallMs: 100 } });
        server.plans.push(() => {});
        expect(await ask().done).toMatchObject({ state: "done" });
        // More than twice on a machine that takes longer than that to answer.
        expect(bodies().length).toBeGreaterThanOrEqual(2);
        expect(new Set(server.asked.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    });

    it("comes back when it is told to, not before", async () => {
        server.plans.push(partly(1, frame(undefined, "reconnect", { type: "reconnect", code: "draining", message: "Bye.", afterMs: 120 })));
        const began = Date.now();
        expect(await ask().done).toMatchObject({ state: "done", text: "Hello" });
        expect(Date.now() - began).toBeGreaterThanOrEqual(118);
        expect(events.map(({ type }) => type)).toEqual(["start", "reconnect", "delta", "done"]);
    });

    it("does not come back when its place was taken", async () => {
        server.plans.push(partly(2, frame(undefined, "closed", { type: "closed", code: "taken_over", message: "Elsewhere." })));
        expect(await ask().done).toMatchObject({ state: "closed", text: "Hello" });
        expect(server.asked.length).toBe(1);
    });

    it("takes a message in place of what it had", async () => {
        server.plans.push(partly(2, ""), (response, _rest, turn) => {
            const late = [frame(`${turn.streamId}.3`, "message", { type: "message", seq: 3, content: "Hello, all" }), frame(`${turn.streamId}.4`, "done", { ...finished, seq: 4 })];
            all(response, late, turn);
        });
        expect(await ask().done).toMatchObject({ state: "done", text: "Hello, all", lastSeq: 4 });
        expect(texts).toEqual(["Hello", "Hello, all"]);
    });

    it("knows by 204 that nothing is left", async () => {
        const turn = await ask().done;
        const again = client.resume(turn.streamId!, `${turn.streamId}.3`, listener());
        expect(await again.done).toMatchObject({ state: "done", streamId: turn.streamId, lastSeq: 3 });
        expect(events).toEqual([]);
    });

    it("resumes a turn of before, from its beginning or from an event on", async () => {
        const { streamId } = await ask().done;
        expect(await client.resume(streamId!, undefined, listener()).done).toMatchObject({ state: "done", text: "Hello" });
        expect(await client.resume(streamId!, `${streamId}.1`, listener()).done).toMatchObject({ state: "done", text: "Hello", lastSeq: 3 });
        expect(seqs()).toEqual([2, 3]);
        expect(await client.resume("s_none", undefined, listener()).done).toMatchObject({ state: "failed", error: { code: "stream_not_found", status: 404, retryable: false } });
    });

    it.each([
        [503, "draining", 0],
        [502, "wechat_unavailable", undefined],
        [429, "too_many_chats", 0],
    ])("comes again after %i %s", async (status, code, retryAfter) => {
        server.plans.push(refusal(status, code, retryAfter));
        expect(await ask({ message: "Hi", sessionId: "one", after: "x" }).done).toMatchObject({ state: "done" });
        expect(states[1]).toMatchObject({ state: "waiting", error: { code, status } });
        expect(bodies()[1]).toEqual({ sessionId: "one", message: "Hi" });
    });

    it("waits as long as Retry-After says", async () => {
        server.plans.push(refusal(503, "too_many_streams", 1));
        const began = Date.now();
        expect(await ask().done).toMatchObject({ state: "done" });
        expect(Date.now() - began).toBeGreaterThanOrEqual(1_000);
    });

    it.each([
        ["a minute is too long", refusal(429, "too_many_chats", 60), { code: "too_many_chats", status: 429, retryable: true }],
        ["it is wrong", refusal(400, "invalid_request"), { code: "invalid_request", status: 400, retryable: false }],
        ["it is not there", refusal(404, "session_not_found"), { code: "session_not_found", status: 404, retryable: false }],
        ["a token is no token", refusal(401, "unauthorized"), { code: "unauthorized", status: 401, retryable: false }],
    ])("is told that %s", async (_name, plan, error) => {
        server.plans.push(plan);
        expect(await ask().done).toMatchObject({ state: "failed", error });
        expect(server.asked.length).toBe(1);
    });

    it("gives up after a while, on a question and on a stream", async () => {
        client = make({ timing: { ...timing, askMs: 60, resumeMs: 60 } });
        server.plans.push(...Array.from({ length: 50 }, () => vanish));
        expect(await ask().done).toMatchObject({ state: "failed", error: { code: "connection_lost", retryable: true } });
        server.plans.splice(0, Infinity, partly(2, ""), ...Array.from({ length: 50 }, () => vanish));
        expect(await ask().done).toMatchObject({ state: "failed", text: "Hello", error: { code: "connection_lost" } });
        server.plans.splice(0);
    });

    it("gets a new token when the old one has expired, and goes on", async () => {
        server.tokens = ["Bearer ada-2"];
        let renewals = 0;
        client = make({ onToken: async () => `ada-${(renewals += 1) + 1}` });
        expect(await ask().done).toMatchObject({ state: "done" });
        expect([renewals, client.token]).toEqual([1, "ada-2"]);
        // In the middle of a stream as well, and one new token for all that need it.
        client.token = "old";
        renewals = 0;
        expect((await Promise.all([ask().done, ask().done])).map(({ state }) => state)).toEqual(["done", "done"]);
        expect(renewals).toBe(1);
    });

    it("does not ask for tokens for ever, and without a way to get one says so", async () => {
        server.tokens = ["Bearer nobody"];
        let renewals = 0;
        client = make({ onToken: async () => `wrong-${(renewals += 1)}` });
        expect(await ask().done).toMatchObject({ state: "failed", error: { code: "token_expired", status: 401 } });
        expect(renewals).toBe(1);
        client = make();
        expect(await ask().done).toMatchObject({ state: "failed", error: { code: "token_expired", status: 401 } });
    });

    it("leaves a turn that goes on", async () => {
        const leave = new AbortController();
        server.plans.push(partly(2, "", true));
        const turn = await ask({ message: "Hi" }, { onText: () => leave.abort(), signal: leave.signal }).done;
        expect(turn).toMatchObject({ state: "left", text: "Hello", lastSeq: 2 });
        await until(() => server.open === 0);
        expect([server.asked.length, server.stopped]).toEqual([1, []]);
        const never = ask({ message: "Hi" }, { signal: leave.signal });
        expect(await never.done).toMatchObject({ state: "left", text: "" });
        expect(server.asked.length).toBe(1);
    });

    it("stops a turn, also one that was not accepted yet", async () => {
        server.plans.push(refusal(503, "draining", 0), partly(1, "", true));
        const chat = ask();
        const stopped = chat.stop();
        await until(() => server.stopped.length === 1);
        expect(await stopped).toBe(true);
        expect(server.stopped).toEqual([chat.turn.streamId]);
        chat.leave();
        expect(await chat.stop()).toBe(true);
        const over = ask();
        await over.done;
        expect(await over.stop()).toBe(false);
    });

    it("comes at once when it is woken", async () => {
        client = make({ timing: { ...timing, firstMs: 60_000, capMs: 60_000, resumeMs: 1e9 } });
        server.plans.push(partly(2, ""));
        const chat = ask();
        await until(() => states.at(-1)?.state === "waiting");
        chat.wake();
        expect(await chat.done).toMatchObject({ state: "done", text: "Hello" });
    });

    it("logs in, keeps the token, and reads a conversation page by page", async () => {
        client = make({ token: undefined });
        const answer = (body: object, headers = {}) => ((response) => void response.writeHead(200, headers).end(JSON.stringify(body))) as typeof all;
        server.plans.push(answer({ token: "new", user: { id: "u" } }));
        expect(await client.login("code")).toEqual({ token: "new", user: { id: "u" } });
        const page = { sessionId: "one", messages: [{ id: "turn-9", role: "user", content: "Hi", createdAt: "2026-11-27T00:00:00.000Z" }] };
        server.turns.set("messages", { frames: [] } as never).set("messages?limit=2&before=7", { frames: [] } as never);
        server.plans.push(answer(page, { link: '<?limit=2&before=7>; rel="prev"' }), answer({ ...page, messages: [] }));
        expect(await client.messages("one")).toEqual({ ...page, previous: { limit: 2, before: 7 } });
        expect(await client.messages("one", { limit: 2, before: 7 })).toEqual({ sessionId: "one", messages: [], previous: undefined });
        await ask({ message: "More", sessionId: "one" }).done;
        expect(server.asked.map(({ method, path, headers }) => [method, path, headers.authorization])).toEqual([
            ["POST", "/api/auth/login", undefined],
            ["GET", "/api/sessions/one/messages", "Bearer new"],
            ["GET", "/api/sessions/one/messages?limit=2&before=7", "Bearer new"],
            ["POST", "/api/chat", "Bearer new"],
        ]);
        expect(bodies().at(-1).after).toBe("turn-9");
    });

    it("says with every request which visitor it is, and what he proves himself with as a tester", async () => {
        const testerProof = "5e".repeat(16);
        client = make({ token: undefined });
        server.plans.push((response) => void response.writeHead(200).end(JSON.stringify({ token: "new", user: { id: "u" }, testerProof })), partly(2, "", false));
        expect(await client.login("code")).toEqual({ token: "new", user: { id: "u" }, testerProof });
        const chat = ask();
        await chat.done;
        await client.stop(chat.turn.streamId!);
        const [visitor] = server.asked.map(({ headers }) => headers["x-antipode-visitor"]);
        expect(visitor).toMatch(/^[0-9A-Za-z_-]{16,64}$/);
        // The question, the stream that went on after a cut, and the stop.
        expect(server.asked.map(({ method, path, headers }) => [method, path.split("/s_")[0], headers["x-antipode-visitor"], headers["x-antipode-tester"]])).toEqual([
            ["POST", "/api/auth/login", visitor, undefined],
            ["POST", "/api/chat", visitor, testerProof],
            ["GET", "/api/chat/streams", visitor, testerProof],
            ["POST", "/api/chat/streams", visitor, testerProof],
        ]);
    });

    it("tells a refusal of a single request by its code", async () => {
        server.plans.push(refusal(401, "login_code_invalid"));
        const refused = await client.login("used").catch((error: ChatError) => error);
        expect(refused).toBeInstanceOf(ChatError);
        expect(refused).toMatchObject({ code: "login_code_invalid", status: 401, retryable: false, message: "No." });
    });
});

describe("wx.request", () => {
    let server: ChatServer;
    beforeAll(async () => (server = await ChatServer.start()));
    afterAll(() => server.stop());
    const chat = (simulator: WxSimulator) => createClient({ baseUrl: server.url, transport: wxTransport(simulator), timing }).chat({ message: "Hi" });

    it("is given more than its 60 seconds", async () => {
        server.asked.splice(0);
        // A thousand times faster: 60 ms by itself, and the answer takes 200.
        server.plans.push((response, rest, turn) => {
            partly(2, "", true)(response, rest, turn);
            setTimeout(() => response.end(`${rest[2]}data: [DONE]\n\n`), 200);
        });
        expect(await chat(new WxSimulator({ scale: 1_000 })).done).toMatchObject({ state: "done", text: "Hello" });
        expect(server.asked.length).toBe(1);
    });

    it("is killed in the background, and the turn is resumed", async () => {
        const simulator = new WxSimulator();
        server.plans.push(partly(2, "", true));
        const running = chat(simulator);
        await until(() => running.turn.text === "Hello");
        simulator.background();
        expect(await running.done).toMatchObject({ state: "done", text: "Hello", lastSeq: 3 });
    });

    it("that gives no pieces, as on a PC, gives the answer at its end", async () => {
        expect(await chat(new WxSimulator({ pieces: false })).done).toMatchObject({ state: "done", text: "Hello" });
    });
});
