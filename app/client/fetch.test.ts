import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ChatServer, finished, partly } from "../test/chat-server";
import { createClient } from "./index";

const timing = { firstMs: 4, capMs: 20, stallMs: 2_000, askMs: 5_000, resumeMs: 5_000 };

/** What a platform's answer is, made of a whole one. */
type Shape = (response: Response) => Partial<Response>;
const common = ({ status, headers }: Response) => ({ status, headers });

/** React Native: react/react-native#27741, and the polyfill of old WebViews: no `body` at all. */
const noBody: Shape = (response) => ({ ...common(response), text: () => response.text() });
/** Answers of node-fetch and of some polyfills have a body of their own kind. */
const otherBody: Shape = (response) => ({ ...common(response), body: { on: () => undefined } as never, text: () => response.text() });
const nullBody: Shape = (response) => ({ ...common(response), body: null, text: () => response.text() });

const platforms: [string, Shape, { responseBody: boolean }][] = [
    ["has no body", noBody, { responseBody: false }],
    ["has a body of another kind", otherBody, { responseBody: true }],
    ["has null for a body", nullBody, { responseBody: true }],
];

describe.each(platforms)("fetch whose answer %s", (_name, shape, { responseBody }) => {
    let server: ChatServer;
    beforeAll(async () => (server = await ChatServer.start()));
    beforeEach(() => {
        Object.assign(server, { says: [{ type: "delta", delta: "你好 🌍" }, finished] });
        for (const list of [server.asked, server.plans]) list.splice(0);
        const { fetch } = globalThis;
        vi.stubGlobal("fetch", async (url: string, init: RequestInit) => shape(await fetch(url, init)));
        if (!responseBody) vi.stubGlobal("Response", class {});
    });
    afterEach(() => vi.unstubAllGlobals());
    afterAll(() => server.stop());

    const make = (stallMs = timing.stallMs) => createClient({ baseUrl: server.url, token: "ada", timing: { ...timing, stallMs } });

    it("gives the text at its end, also of an answer that was cut", async () => {
        server.plans.push(partly(2, ""));
        const texts: string[] = [];
        expect(await make().chat({ message: "Hi" }, { onText: (text) => texts.push(text) }).done).toMatchObject({ state: "done", text: "你好 🌍", lastSeq: 3 });
        expect([texts, server.asked.length]).toEqual([["你好 🌍"], 2]);
    });

    it("gives refusals, and 204", async () => {
        const turn = await make().chat({ message: "Hi" }).done;
        expect(await make().resume(turn.streamId!, `${turn.streamId}.3`).done).toMatchObject({ state: "done", lastSeq: 3 });
        expect(await make().resume("s_none").done).toMatchObject({ state: "failed", error: { code: "stream_not_found" } });
    });

    it("is not taken for dead while it gives nothing", async () => {
        server.plans.push((response, rest, turn) => {
            partly(2, "", true)(response, rest, turn);
            setTimeout(() => response.end(`${rest[2]}data: [DONE]\n\n`), 1_500);
        });
        expect(await make(1_000).chat({ message: "Hi" }).done).toMatchObject({ state: "done", text: "你好 🌍" });
        expect(server.asked.length).toBe(1);
    });
});

describe("fetch that streams although the platform's own does not", () => {
    afterEach(() => vi.unstubAllGlobals());

    it("is taken for dead when nothing comes", async () => {
        const server = await ChatServer.start();
        vi.stubGlobal("Response", class {});
        server.plans.push(partly(2, "", true));
        const client = createClient({ baseUrl: server.url, token: "ada", timing: { ...timing, stallMs: 500 } });
        expect(await client.chat({ message: "Hi" }).done).toMatchObject({ state: "done", text: "Hello" });
        expect(server.asked.length).toBeGreaterThanOrEqual(2);
        server.stop();
    });
});

describe("a platform without AbortController", () => {
    afterEach(() => vi.unstubAllGlobals());

    it("reads its answers all the same", async () => {
        const given: RequestInit[] = [];
        vi.stubGlobal("AbortController", undefined);
        vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
            given.push(init);
            return new Response('{"code":"session_full","message":"Full."}', { status: 409 });
        });
        const turn = await createClient({ baseUrl: "https://x", token: "ada", timing }).chat({ message: "Hi" }).done;
        expect(turn).toMatchObject({ state: "failed", error: { code: "session_full", status: 409 } });
        expect(given.map((init) => "signal" in init)).toEqual([false]);
    });
});
