import { z } from "zod";
import { HttpError } from "../errors/errors";

/** UTF-16 units, as a text field of a client counts them. */
const MAX_MESSAGE = 8_000;

export const loginBody = z.strictObject({ code: z.string().min(1).max(256) });

export const chatBody = z.strictObject({
    sessionId: z.uuid().optional(),
    message: z.string().max(MAX_MESSAGE).refine((text) => text.trim() !== "", "is empty"),
});

/**
 * Checks a body. Names the first wrong field, never repeats its value.
 * @throws HttpError invalid_request
 */
export function parse<T>(schema: z.ZodType<T>, body: unknown): T {
    const result = schema.safeParse(body ?? {});
    if (result.success) return result.data;
    const issue = result.error.issues[0]!;
    throw new HttpError("invalid_request", { message: `${issue.path.join(".") || "body"}: ${issue.message}` });
}
