import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { done, open, token as piece, usage } from "../test/upstream";
import { World, type App, type Event } from "../test/world";

/** What a client does after it has read so many more events: cut and come back, or ask to stop. */
interface Step {
    events: number;
    act: "cut" | "stop" | "another tab";
    by: "header" | "query";
}

const words = fc.array(fc.stringMatching(/^[a-z你好世界😀 ]{1,6}$/u).filter((text) => text.trim() !== ""), { minLength: 1, maxLength: 25 });
const steps = fc.array(
    fc.record({ events: fc.integer({ min: 1, max: 6 }), act: fc.constantFrom("cut", "cut", "cut", "another tab", "stop"), by: fc.constantFrom("header", "query") }),
    { maxLength: 6 },
) as fc.Arbitrary<Step[]>;

/** The client hangs up: what it throws while it reads closes its connection. */
class Left extends Error {}

function unlessLeft(error: unknown): void {
    if (!(error instanceof Left)) throw error;
}

describe("a client whose line is cut at random", () => {
    let world: World;
    let app: App;
    beforeAll(async () => {
        world = await World.start();
        app = await world.service({ CHATS_PER_MINUTE: "0", LOGINS_PER_MINUTE: "0", MAX_SSE_CONNECTIONS: "1000" });
    });
    afterAll(() => world.stop());

    it("reads what the model said, each word once, and what is kept is the same", { timeout: 180_000 }, async () => {
        const plans = new Map<string, string[]>();
        world.upstream.script = async (response) => {
            const asked = world.upstream.seen.at(-1)!.body.messages.at(-1)!.content;
            open(response).flushHeaders();
            for (const word of plans.get(asked)!) {
                // Some go together and some alone, as packets do.
                await new Promise((resolve) => setTimeout(resolve, word.length % 3));
                if (response.destroyed) return;
                response.write(piece(word));
            }
            response.end(piece("", "stop") + usage + done);
        };
        let count = 0;
        await fc.assert(
            fc.asyncProperty(fc.array(fc.tuple(words, steps), { minLength: 1, maxLength: 6 }), async (users) => {
                await Promise.all(users.map(async ([said, plan]) => {
                    const message = `question ${(count += 1)}`;
                    plans.set(message, said);
                    const { text, kept, seqs, stopped, end } = await read(message, plan);
                    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
                    expect(kept).toBe(text);
                    if (stopped) expect(said.join("").startsWith(text)).toBe(true);
                    else expect([text, end]).toEqual([said.join(""), "stop"]);
                }));
            }),
            { numRuns: 60, endOnFailure: true },
        );
    });

    /** Reads an answer to its end through all that happens to it. */
    async function read(message: string, plan: Step[]): Promise<{ text: string; kept: string; seqs: number[]; stopped: boolean; end: string }> {
        const token = await app.login();
        const events: Event[] = [];
        let stopped = false;
        const take = (step: Step | undefined) => {
            let left = step?.events ?? Infinity;
            return (event: Event) => {
                if (event.data === "[DONE]" || event.type === "closed") return;
                events.push(event);
                if ((left -= 1) === 0) throw new Left();
            };
        };
        await app.chat(token, { message }, take(plan[0])).catch(unlessLeft);
        const { streamId, sessionId } = events[0]!.data;
        for (const [place, step] of plan.entries()) {
            if (isOver(events)) break;
            if (step.act === "stop") {
                const answer = (await (await app.post(`/api/chat/streams/${streamId}/stop`, {}, token)).json()) as { stopped: boolean };
                stopped ||= answer.stopped;
            }
            // A ghost of the same user reads as well, until the next connection takes its place.
            const ghost = step.act === "another tab" ? app.resume(token, streamId) : undefined;
            const last = events.at(-1)!;
            const [headers, query] = step.by === "header" ? [{ "Last-Event-ID": last.id! }, ""] : [{}, `?starting_after=${last.data.seq}`];
            await app.resume(token, streamId, headers, query, take(plan[place + 1])).catch(unlessLeft);
            await ghost;
        }
        while (!isOver(events)) await app.resume(token, streamId, { "Last-Event-ID": events.at(-1)!.id! }, "", take(undefined));
        const messages = await app.messages(token, sessionId);
        return {
            text: events.filter(({ type }) => type === "delta").map(({ data }) => data.delta).join(""),
            kept: messages[1]?.content ?? "",
            seqs: events.map(({ data }) => data.seq),
            stopped,
            end: events.at(-1)!.data.finishReason,
        };
    }

    const isOver = (events: Event[]) => ["done", "error"].includes(events.at(-1)!.type ?? "");
});
