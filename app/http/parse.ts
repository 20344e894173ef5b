import { z } from "zod";
import { HttpError } from "../errors/errors";

/** UTF-16 units, as a text field of a client counts them. */
const MAX_MESSAGE = 8_000;

export const loginBody = z.strictObject({ code: z.string().min(1).max(256) });

/** Of a request that WeChat's own hosting says the person of. */
export const hostedLoginBody = loginBody.partial();

export const chatBody = z.strictObject({
    sessionId: z.uuid().optional(),
    message: z.string().max(MAX_MESSAGE).regex(/\S/, "is empty"),
    after: z.uuid().optional(),
});

/** A number in a query, as we write it: not 0x10, 1e1 or nothing, which `Number` would take as well. */
const whole = (max: number) => z.preprocess((text) => (/^\d{1,9}$/.test(String(text)) ? Number(text) : text), z.number("is not a whole number").int().min(1).max(max));

/** A key, or the same in quotes: draft-ietf-httpapi-idempotency-key-header makes it a string of structured fields (RFC 8941). */
const key = z
    .string()
    .regex(/^(?:[\w.:-]{1,128}|"[\w.:-]{1,128}")$/, "is not 1 to 128 letters, digits, '.', '_', ':' or '-'")
    .transform((text) => text.replace(/"/g, ""));

export const chatHeaders = z.object({ "idempotency-key": key.optional() });

/** How far a stream has been read, from a query; the number of an event. */
export const resumeQuery = z.object({ starting_after: z.string().regex(/^\d{1,9}$/, "is not the number of an event").transform(Number).optional() });

/** A page of a conversation, from a query: the newest 50 turns when it says nothing. */
export const pageQuery = z.object({
    limit: whole(100).default(50),
    before: whole(1_000_000).optional(),
});

/**
 * Checks a body or a query. Names the first wrong field, never repeats its value.
 * @throws HttpError invalid_request
 */
export function parse<T>(schema: z.ZodType<T>, body: unknown): T {
    const result = schema.safeParse(body ?? {});
    if (result.success) return result.data;
    const issue = result.error.issues[0]!;
    throw new HttpError("invalid_request", { message: `${issue.path.join(".") || "body"}: ${issue.message}` });
}
