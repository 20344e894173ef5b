import { httpErrors, streamErrors, type HttpErrorCode } from "../errors/errors";
import type { JsonSchema } from "./schema";

/** Answered before it is known what is asked for: any request may meet them, and no operation lists them. */
export const beforeRoutes: readonly HttpErrorCode[] = ["malformed_http", "request_timeout", "headers_too_large", "method_not_allowed"];

/** Codes with their sentences as Markdown lines. */
const listed = (codes: readonly HttpErrorCode[]) => codes.map((code) => `- \`${code}\`: ${httpErrors[code][1]}`).join("\n");

/** The answers of an operation that refuses with these codes, by status. */
export function errorResponses(codes: Iterable<HttpErrorCode>): Record<string, JsonSchema> {
    const all = (Object.keys(httpErrors) as HttpErrorCode[]).filter((code) => new Set(codes).has(code));
    const responses: Record<string, JsonSchema> = {};
    for (const status of new Set(all.map((code) => httpErrors[code][0]))) {
        const mine = all.filter((code) => httpErrors[code][0] === status);
        responses[status] = {
            description: listed(mine),
            content: {
                "application/json": {
                    schema: {
                        type: "object",
                        properties: { code: { type: "string", enum: mine }, message: { type: "string" } },
                        required: ["code", "message"],
                        additionalProperties: false,
                    },
                    examples: Object.fromEntries(mine.map((code) => [code, { value: { code, message: httpErrors[code][1] } }])),
                },
            },
        };
    }
    return responses;
}

/** Every code of either kind, as two Markdown tables. */
export function errorTables(): string {
    const http = Object.entries(httpErrors).map(([code, [status, message]]) => `| ${status} | \`${code}\` | ${message} |`);
    const stream = Object.entries(streamErrors).map(([code, { retryable, message }]) => `| \`${code}\` | ${retryable ? "yes" : "no"} | ${message} |`);
    return [
        "### With a status, before anything has begun",
        "| status | code | |\n|---|---|---|",
        ...http,
        "",
        "### In the event `error`, after a stream has begun",
        "| code | retryable | |\n|---|---|---|",
        ...stream,
    ].join("\n");
}
