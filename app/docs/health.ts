import { z } from "zod";
import type { Operation } from "./operation";

/** Of this instance, by itself: what it can tell at once. Fields may be added. */
const state = z.looseObject({
    status: z.enum(["healthy", "unhealthy"]),
    degraded: z.boolean().meta({ description: "The database is away; turns are kept on this machine meanwhile." }),
    region: z.string(),
    version: z.string(),
    timestamp: z.iso.datetime(),
    database: z.enum(["ok", "error"]),
    sse: z.looseObject({ activeGlobal: z.number().int(), maxGlobal: z.number().int() }),
    journal: z.looseObject({ turns: z.number().int(), bytes: z.number().int() }).meta({ description: "What waits for the database." }),
});

export const aliveOperation: Operation = {
    id: "alive",
    tag: "health",
    summary: "Does the process live?",
    answers: { 200: { description: "It does.", schema: z.strictObject({ status: z.literal("ok"), message: z.string() }) } },
    errors: [],
};

export const healthOperation: Operation = {
    id: "health",
    tag: "health",
    summary: "Should this instance get traffic?",
    answers: {
        200: { description: "It should.", schema: state },
        503: { description: "It should not: it is going away, or cannot do its work.", schema: state },
    },
    errors: [],
};
