import { afterEach, describe, expect, it } from "vitest";
import { until } from "../pocket/until";
import { api, login, models, must, visitor } from "./pocket";
import { stream, textOf, valueOf } from "./stream";

interface Message { id: string; role: string; content: string }

/** A conversation as a place's visitor reads it. */
async function read(place: string, token: string, sessionId: string): Promise<Message[]> {
    const text = await must(visitor(place, "curl", "-sSf", "-H", `authorization: Bearer ${token}`, `${api}/api/sessions/${sessionId}/messages`));
    return (JSON.parse(text) as { messages: Message[] }).messages;
}

describe("a conversation", () => {
    it("begun in us goes on in cn and comes home again, and the model is shown all that was said", async () => {
        const token = await login("us", "traveller");
        const say = async (place: string, message: string, sessionId?: string) => {
            const events = await stream(place, { token, body: { message, ...(sessionId && { sessionId }) } });
            return { start: valueOf(events, "start"), text: textOf(events) };
        };
        const first = await say("us", "The word is kelp");
        const { sessionId } = first.start;
        await say("us", "And now something else", sessionId);

        const abroad = await say("cn", "What did I say first?", sessionId);
        expect(abroad.start).toMatchObject({ sessionId, history: "complete" });
        expect(abroad.text).toMatch(/^The first thing that you said in this conversation was: "The word is kelp"\. With this one you have written 3 messages/);

        // us has the session in its memory, from before the turn in cn.
        const home = await say("us", "Go on", sessionId);
        expect(home.start.history).toBe("complete");
        expect(home.text).toContain("it is message 4 of yours");
        expect((await read("us", token, sessionId)).map(({ role, content }) => [role, content])).toEqual([
            ["user", "The word is kelp"], ["assistant", first.text], ["user", "And now something else"], ["assistant", expect.any(String)],
            ["user", "What did I say first?"], ["assistant", abroad.text], ["user", "Go on"], ["assistant", home.text],
        ]);
    });
});

describe("a stream", () => {
    afterEach(() => models({ clear: "ark" }));

    it("that is cut goes on after its last event, through the gateways, without a gap or a word twice", async () => {
        const token = await login("us", "subway");
        const before = await stream("us", { token, body: { message: "Tell me about the sea" }, cutWhen: (events) => events.filter(({ event }) => event === "delta").length === 5 });
        const { streamId, sessionId } = valueOf(before, "start");
        const after = await stream("us", { url: `/api/chat/streams/${streamId}`, token, headers: { "last-event-id": before.at(-1)!.id! } });

        const numbers = [...before, ...after].filter(({ id }) => id).map(({ id }) => id);
        expect(numbers).toEqual(numbers.map((_, index) => `${streamId}.${index + 1}`));
        expect(after.at(-1)!.data).toBe("[DONE]");
        const whole = textOf(before) + textOf(after);
        expect((await read("us", token, sessionId)).at(-1)).toMatchObject({ role: "assistant", content: whole });

        const { stdout } = await visitor("us", "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", `authorization: Bearer ${token}`, `${api}/api/chat/streams/${streamId}?starting_after=${numbers.length}`);
        expect(stdout).toBe("204");
    });

    it("that ran in us is read to its end in cn", async () => {
        const token = await login("us", "flight");
        const before = await stream("us", { token, body: { message: "Tell me about the clouds" }, cutWhen: (events) => events.some(({ event }) => event === "delta") });
        const { streamId, sessionId } = valueOf(before, "start");
        const abroad = await stream("cn", { url: `/api/chat/streams/${streamId}`, token, headers: { "last-event-id": before.at(-1)!.id! } });
        expect(abroad.map(({ event }) => event)).toEqual(["message", "done", undefined]);
        expect(valueOf(abroad, "message").content).toBe((await read("cn", token, sessionId)).at(-1)!.content);
    });

    it("stops when its user says so, and keeps what was said by then", async () => {
        await models({ provider: "ark", kind: "slow", tokenMs: 400 });
        const token = await login("us", "impatient");
        const seen: { events: number; streamId?: string } = { events: 0 };
        const running = stream("us", {
            token, body: { message: "Tell me everything" },
            cutWhen: (events) => {
                seen.events = events.length;
                if (!seen.streamId) seen.streamId = valueOf(events, "start").streamId;
                return false;
            },
        });
        await until(() => seen.events >= 4, { seconds: 20, what: "some words" });
        const stop = () => visitor("us", "curl", "-s", "-w", " %{http_code}", "-X", "POST", "-H", `authorization: Bearer ${token}`, `${api}/api/chat/streams/${seen.streamId}/stop`);
        expect((await stop()).stdout).toBe(`{"streamId":"${seen.streamId}","stopped":true} 200`);
        const events = await running;
        expect(valueOf(events, "done").finishReason).toBe("stopped");
        expect((await read("us", token, valueOf(events, "start").sessionId)).at(-1)).toMatchObject({ role: "assistant", content: textOf(events) });
        expect(textOf(events)).toMatch(/^You said/);
        expect((await stop()).stdout).toBe(`{"streamId":"${seen.streamId}","stopped":false} 200`);
    });
});
