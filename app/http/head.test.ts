import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { streamIdOf } from "../sse/frame";
import { Scrape } from "../test/scrape";
import { done, gate, open, says, token as piece, usage } from "../test/upstream";
import { until, World, type App, type Chat } from "../test/world";

describe("a request without a body to read", () => {
    let world: World;
    let app: App;
    let token: string;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ MAX_SSE_CONNECTIONS_PER_USER: "1", MAX_SSE_CONNECTIONS: "2", CORS_ORIGINS: "https://page.example" });
    });
    beforeEach(async () => {
        token = await app.login();
    });
    afterAll(() => world.stop());

    const ask = (method: string, path: string, headers: Record<string, string> = {}, as = token) =>
        fetch(app.url + path, { method, headers: { Authorization: `Bearer ${as}`, ...headers } });
    const pathOf = (chat: string) => `/api/chat/streams/${chat}`;

    /** A chat whose answer stops in its middle until `rest` is opened. */
    async function running(): Promise<{ chat: Promise<Chat>; streamId: string; rest: ReturnType<typeof gate> }> {
        const rest = gate();
        world.upstream.script = async (response) => {
            open(response).write(piece("first "));
            await rest.wait;
            response.end(piece("second", "stop") + usage + done);
        };
        let streamId = "";
        let begun = false;
        const chat = app.chat(token, { message: "Hi" }, ({ type, data }) => {
            streamId ||= data.streamId;
            begun ||= type === "delta";
        });
        await until(() => begun);
        return { chat, streamId, rest };
    }

    it.each(["HEAD", "OPTIONS"])("leaves the reader of a running stream alone: %s", async (method) => {
        const { chat, streamId, rest } = await running();
        for (let times = 0; times < 3; times += 1) await ask(method, pathOf(streamId));
        await ask(method, pathOf(streamId), { Origin: "https://page.example", "Access-Control-Request-Method": "GET" });
        expect(app.service.connections.activeGlobal).toBe(1);
        rest.open();
        expect((await chat).types).toEqual(["start", "delta", "delta", "done", "[DONE]"]);
    });

    it("says of a running stream what a GET would, and no more", async () => {
        const { chat, streamId, rest } = await running();
        const head = await ask("HEAD", pathOf(streamId));
        expect([head.status, head.headers.get("content-type"), head.headers.get("cache-control"), head.headers.get("x-stream-id"), head.headers.get("x-accel-buffering")]).toEqual([
            200,
            "text/event-stream; charset=utf-8",
            "no-cache, no-transform",
            streamId,
            "no",
        ]);
        expect(await head.text()).toBe("");
        expect((await ask("HEAD", pathOf(streamId), { "Last-Event-ID": `${streamId}.99` })).status).toBe(400);
        rest.open();
        await chat;
    });

    it.each(["HEAD", "GET"])("has the same status by %s", async (method) => {
        world.upstream.script = says("Hello");
        const { events } = await app.chat(token, { message: "Hi" });
        const { streamId, sessionId } = events[0]!.data;
        const last = events.at(-2)!.id!;
        const other = await app.login();
        const status = async (path: string, headers: Record<string, string> = {}, as = token) => (await ask(method, path, headers, as)).status;
        expect([
            await status(pathOf(streamId)),
            await status(pathOf(streamId), { "Last-Event-ID": last }),
            await status(pathOf(streamId), { "Last-Event-ID": "nothing" }),
            await status(pathOf(streamId), {}, other),
            await status(pathOf(streamId), {}, "no-token"),
            await status(pathOf(streamIdOf(randomUUID()))),
            await status(`/api/sessions/${sessionId}/messages`),
            await status("/api/health"),
            await status("/health"),
            await status("/"),
        ]).toEqual([200, 204, 400, 404, 401, 404, 200, 200, 200, 200]);
    });

    it("is refused where a GET would find no place, and needs none itself", async () => {
        const { chat, streamId, rest } = await running();
        const [bob, eve] = [await app.login(), await app.login()];
        world.upstream.script = async (response) => {
            open(response).write(piece("theirs"));
            await rest.wait;
            response.end(piece("", "stop") + usage + done);
        };
        let bobs = "";
        const other = app.chat(bob, { message: "Hi" }, ({ data }) => void (bobs ||= data.streamId));
        await until(() => app.service.connections.activeGlobal === 2 && bobs !== "");
        // The user's own place would be free for it; a stranger's would not.
        expect((await ask("HEAD", pathOf(streamId))).status).toBe(200);
        const full = await ask("HEAD", pathOf(bobs), {}, eve);
        expect([full.status, full.headers.get("retry-after")]).toEqual([503, "5"]);
        rest.open();
        await Promise.all([chat, other]);
    });

    it("counts as no resumption", async () => {
        world.upstream.script = says("Hello");
        const { events } = await app.chat(token, { message: "Hi" });
        const before = (await Scrape.of(app.service)).by("sse_resumes_total", "from");
        await ask("HEAD", pathOf(events[0]!.data.streamId));
        await ask("HEAD", pathOf(events[0]!.data.streamId), { "Last-Event-ID": events.at(-2)!.id! });
        expect((await Scrape.of(app.service)).by("sse_resumes_total", "from")).toEqual(before);
    });
});
