import { z } from "zod";
import type * as events from "../client/events";
import { jsonSchema, type JsonSchema } from "./schema";

const seq = z.number().int().min(1).meta({ description: "Counts from 1, without a gap." });
const usage = z.strictObject({
    inputTokens: z.number().int().min(0),
    outputTokens: z.number().int().min(0),
    reasoningTokens: z.number().int().min(0),
    estimated: z.literal(true).optional().meta({ description: "The upstream did not tell: counted here." }),
});

const turnId = "5f0c1f6e-6a3f-4a53-9a39-1d0c9c4d2b11";
const streamId = `s_${turnId.replaceAll("-", "")}`;

/**
 * Every event of a chat by its name. The types of `client/events.ts` are what a program reads; these are what a person
 * reads, and what the tests hold the service to. The compiler refuses one that differs from its type.
 */
export const eventSchemas = {
    start: z
        .strictObject({
            type: z.literal("start"),
            seq,
            streamId: z.string().regex(/^s_[0-9a-f]{32}$/).meta({ description: "`s_` and the messageId without dashes: for resuming and stopping." }),
            sessionId: z.uuid(),
            messageId: z.uuid().meta({ description: "The turn's own id: `after` of the next message in this session." }),
            provider: z.string(),
            model: z.string(),
            history: z.enum(["complete", "partial", "unknown"]).meta({
                description: "The model is shown: the whole recent conversation; what this instance knows of it; nothing, for the session is not known here.",
            }),
            degraded: z.literal(true).optional().meta({ description: "The database is away; the turn is kept in this region until it is back." }),
        })
        .meta({
            description: "The first event: the turn is accepted.",
            examples: [
                {
                    type: "start",
                    seq: 1,
                    streamId,
                    sessionId: "0b9f0b61-4b0e-4c53-8f5e-0d4a8f3f8d10",
                    messageId: turnId,
                    provider: "ark",
                    model: "ep-20261121000000-abcde",
                    history: "complete",
                },
            ],
        }),
    reasoning: z
        .strictObject({ type: z.literal("reasoning"), seq, delta: z.string() })
        .meta({ description: "What the model thinks, to append and to show apart.", examples: [{ type: "reasoning", seq: 2, delta: "A greeting." }] }),
    delta: z
        .strictObject({ type: z.literal("delta"), seq, delta: z.string() })
        .meta({ description: "Text of the answer, to append.", examples: [{ type: "delta", seq: 3, delta: "你好" }] }),
    agent: z
        .strictObject({ type: z.literal("agent"), seq, name: z.string(), index: z.number().int().min(0) })
        .meta({ description: "In a session of several agents: whose words follow.", examples: [{ type: "agent", seq: 4, name: "critic", index: 1 }] }),
    message: z
        .strictObject({ type: z.literal("message"), seq, content: z.string(), reasoning: z.string().optional() })
        .meta({
            description: "The whole text. It **replaces** what came by `delta`: for a reader that comes late, or to another instance.",
            examples: [{ type: "message", seq: 4, content: "你好!" }],
        }),
    done: z
        .strictObject({ type: z.literal("done"), seq, finishReason: z.string(), usage, provider: z.string(), model: z.string() })
        .meta({
            description: "The turn is over, and kept. `finishReason`: `stop`, `length`, or `stopped` after the stop request; a model may give others.",
            examples: [
                {
                    type: "done",
                    seq: 5,
                    finishReason: "stop",
                    usage: { inputTokens: 8, outputTokens: 96, reasoningTokens: 40 },
                    provider: "ark",
                    model: "ep-20261121000000-abcde",
                },
            ],
        }),
    error: z
        .strictObject({ type: z.literal("error"), seq, code: z.string(), message: z.string(), retryable: z.boolean(), agent: z.string().optional() })
        .meta({
            description: "The turn is over, and failed. `retryable`: the same message, sent as a new request, may well succeed. `agent`: in a session of several, whose turn it was. The codes are listed at the top.",
            examples: [{ type: "error", seq: 4, code: "upstream_stalled", message: "The model service stopped in the middle of its answer.", retryable: true }],
        }),
    reconnect: z
        .strictObject({ type: z.literal("reconnect"), code: z.enum(["draining", "slow_reader"]), message: z.string(), afterMs: z.number().int().min(0) })
        .meta({
            description: "This connection ends, the turn goes on: resume it with the last id, after so many milliseconds.",
            examples: [{ type: "reconnect", code: "draining", message: "This instance is going away.", afterMs: 500 }],
        }),
    closed: z
        .strictObject({ type: z.literal("closed"), code: z.literal("taken_over"), message: z.string() })
        .meta({
            description: "This connection ends, for another one of the same user took its place. Do not come back by yourself: the two would take turns for ever.",
            examples: [{ type: "closed", code: "taken_over", message: "A newer stream of the same user took this one's place." }],
        }),
} satisfies { [Type in events.ChatEvent["type"]]: z.ZodType<Extract<events.ChatEvent, { type: Type }>> };

const nameOf = (type: string) => `${type[0]!.toUpperCase()}${type.slice(1)}Event`;
const refOf = (type: string) => `#/components/schemas/${nameOf(type)}`;

/** The events as named schemas of the document; `ChatEvent`, which is one of them; and `StreamedEvent`, as it is written into a stream. */
export function eventComponents(): Record<string, JsonSchema> {
    const types = Object.keys(eventSchemas);
    return {
        StreamedEvent: {
            description: "One event of a stream, by its fields (HTML standard, 9.2).",
            type: "object",
            properties: {
                id: { type: "string", description: "`<streamId>.<seq>`; events of the connection have none." },
                event: { type: "string", description: "The `type`; the last data has none." },
                data: {
                    anyOf: [
                        { const: "[DONE]", description: "The end of the stream." },
                        { type: "string", contentMediaType: "application/json", contentSchema: { $ref: "#/components/schemas/ChatEvent" } },
                    ],
                },
            },
            required: ["data"],
        },
        ChatEvent: {
            description: "The `data:` of one event. `type` and `seq` repeat the lines `event:` and `id:`, for small parsers drop those.",
            oneOf: types.map((type) => ({ $ref: refOf(type) })),
            discriminator: { propertyName: "type", mapping: Object.fromEntries(types.map((type) => [type, refOf(type)])) },
        },
        ...Object.fromEntries(Object.entries(eventSchemas).map(([type, schema]) => [nameOf(type), jsonSchema(schema, "output")])),
    };
}

/** An answer of events, as the content of a response: what is said is said of each of them. */
export const eventStream = { "text/event-stream": { schema: { $ref: "#/components/schemas/StreamedEvent" } } };

/** How a stream looks and how it ends: what no schema can say. */
export const eventProse = `
The answer is a stream of server-sent events. It begins with \`retry: 3000\` and a comment; a comment \`: ping\` comes every 15 seconds, also
before the first token, so a connection that is silent for 45 seconds is dead.

\`\`\`
id: ${streamId}.3
event: delta
data: {"type":"delta","seq":3,"delta":"你好"}

\`\`\`

Events of the **turn** (\`start\`, \`reasoning\`, \`delta\`, \`agent\`, \`message\`, \`done\`, \`error\`) have an id, \`<streamId>.<seq>\`. Events of the
**connection** (\`reconnect\`, \`closed\`) have none. After \`done\` or \`error\` comes \`data: [DONE]\`, which is no JSON, and the end. A stream that ends
without \`[DONE]\` is not over: the service goes on with the turn, so **resume it** by \`GET /api/chat/streams/{streamId}\` with the last id. Names of
events and fields may be added: ignore what you do not know.`.trim();
