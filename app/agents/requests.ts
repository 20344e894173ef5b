import { z } from "zod";
import { chatBody } from "../http/parse";
import { USER } from "./document";

/** UTF-8 bytes of a client's state as JSON text. */
export const MAX_STATE_BYTES = 64 * 1024;
/** A week. */
const MAX_TTL_SECONDS = 604_800;
export const MAX_STATE_DEPTH = 64;

const agent = z.strictObject({
    name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,31}$/u, "is not 1 to 32 letters, digits, spaces, '_', '.' or '-'"),
    instructions: z.string().max(4_000).regex(/\S/, "is empty"),
});

export const createBody = z.strictObject({
    agents: z
        .array(agent)
        .min(2)
        .max(8)
        .refine((agents) => new Set([USER, ...agents.map(({ name }) => name.toLowerCase())]).size === agents.length + 1, `names an agent twice, or "${USER}"`)
        .meta({ description: `They speak in this order. Names are told apart without case; none is "${USER}".` }),
    rounds: z.number().int().min(1).max(4).default(1).meta({ description: "How often each agent speaks in a step." }),
    ttlSeconds: z.number().int().min(60).max(MAX_TTL_SECONDS).optional().meta({ description: "How long the session lives after its last step or save." }),
});

export const stepBody = chatBody.pick({ message: true });

export const stateBody = z.strictObject({
    revision: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).meta({ description: "The newest that the client has seen." }),
    state: z
        .record(z.string(), z.unknown())
        .superRefine((state, context) => {
            const fault = faultOf(state);
            if (fault) context.addIssue(fault);
        })
        .meta({ description: `Any object, of at most ${MAX_STATE_BYTES} bytes as JSON and ${MAX_STATE_DEPTH} levels. It is given back as it is.` }),
});

/** The depth is looked at first: to write a very deep object as text overflows the stack. */
function faultOf(state: object): string | undefined {
    if (isDeep(state)) return `is deeper than ${MAX_STATE_DEPTH} levels`;
    return Buffer.byteLength(JSON.stringify(state)) > MAX_STATE_BYTES ? `is larger than ${MAX_STATE_BYTES} bytes` : undefined;
}

function isDeep(value: object): boolean {
    let level: object[] = [value];
    for (let depth = 0; level.length > 0; depth += 1) {
        if (depth === MAX_STATE_DEPTH) return true;
        level = level.flatMap((one) => Object.values(one).filter((inner): inner is object => typeof inner === "object" && inner !== null));
    }
    return false;
}
