import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cuts, refuses, says, ScriptedUpstream, stalls, token as piece } from "../test/upstream";
import { textOf, World, type App } from "../test/world";

describe("a failing model service, as the user sees it", () => {
    let world: World;
    let app: App;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ UPSTREAM_IDLE_SECONDS: "0.2" });
    });
    afterAll(() => world.stop());

    it("endless: is stopped before the answer outgrows its session", async () => {
        const word = "x".repeat(100_000);
        world.upstream.script = stalls(piece(word), piece(word), piece(word));
        const { types, events } = await app.chat(await app.login(), { message: "Hi" });
        expect(types).toEqual(["start", "delta", "delta", "error", "[DONE]"]);
        expect(events.at(-2)!.data.code).toBe("upstream_too_long");
    });

    it.each([
        ["cut", cuts(piece("so "), piece("far")), "so far", "upstream_cut", true],
        ["stalled", stalls(piece("so far")), "so far", "upstream_stalled", true],
        ["refused", refuses(429, { error: { code: "QuotaExceeded", message: "no" } }), "", "upstream_quota", false],
    ])("%s: a last event with a code, and what had come is kept", async (_name, script, text, code, retryable) => {
        world.upstream.script = script;
        const token = await app.login();
        const { events, types } = await app.chat(token, { message: "Hi" });
        expect(types.slice(-2)).toEqual(["error", "[DONE]"]);
        const { seq, message, ...rest } = events.at(-2)!.data;
        expect(rest).toEqual({ type: "error", code, retryable });
        expect([seq, typeof message]).toEqual([types.length - 1, "string"]);
        const kept = await app.messages(token, events[0]!.data.sessionId);
        expect(kept).toEqual([{ role: "user", content: "Hi" }, ...(text ? [{ role: "assistant", content: text }] : [])]);
    });

    it("with another behind it: is not seen; the last event tells who answered, the log who did not and why", async () => {
        const deepseek = await ScriptedUpstream.start(says("from ", "DeepSeek"));
        const settings = { LLM_UPSTREAMS: "ark,deepseek", DEEPSEEK_API_URL: deepseek.url, DEEPSEEK_API_KEY: "sk-51c2" };
        const both = await world.service(settings);
        world.upstream.script = refuses(429, { error: { code: "SetLimitExceeded", message: "Your account [2100000000] …" } });
        world.log = "";
        const chat = await both.chat(await both.login(), { message: "Hi" });
        expect(textOf(chat)).toBe("from DeepSeek");
        expect(chat.events.at(-2)!.data).toMatchObject({ type: "done", provider: "deepseek", model: "deepseek-flash" });
        expect(world.log).toContain('"provider":"ark","outcome":"upstream_quota","cause":"429 SetLimitExceeded","fallbackTo":"deepseek"');
        expect(world.log).not.toMatch(/2100000000|sk-51c2/);
        deepseek.stop();
    });
});
