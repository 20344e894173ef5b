import { randomBytes } from "node:crypto";
import { arkErrors } from "./arkErrors";
import type { Call, Dialect, Usage } from "./dialect";

const REAL_MODEL = "doubao-seed-1-6-251015";
/** What the account has activated, by name; every other is not found. */
const MODELS = [REAL_MODEL, "doubao-seed-2-0-lite-260215", "deepseek-v4-flash-ga-260731", "deepseek-v4-pro-ga-260813"];

/**
 * Volcengine Ark (`volcengine-python-sdk` volcenginesdkarkruntime; docs 82379/1494384 and 82379/1449722) as it answers an
 * account that has the given inference endpoint. The order of fields in a chunk is that of the vendor's examples.
 */
export function ark(endpoint: string): Dialect {
    return {
        provider: "ark",
        paths: ["/api/v3/chat/completions"],
        headers: (id) => ({ "x-request-id": id }),
        newId: (nowMs) => `02${nowMs}${randomBytes(19).toString("hex")}`,
        model: (asked) => (asked === endpoint ? REAL_MODEL : MODELS.includes(asked) ? asked : undefined),
        thinks: false,
        opens: false,
        usagePlace: "separate",
        // The longest input of doubao-seed-1-6 (docs 82379/1330310).
        contextTokens: 229_376,
        codes: { badKey: "AuthenticationError", noKey: "AuthenticationError", noModel: "InvalidEndpointOrModel.NotFound", badBody: "MissingParameter", tooLong: "OutofContextError" },
        magic: {
            "ep-notfound": "InvalidEndpointOrModel.NotFound",
            "ep-closed": "InvalidEndpoint.ClosedEndpoint",
            "ep-ratelimit": "RateLimitExceeded.EndpointRPMExceeded",
            "ep-overloaded": "ServerOverloaded",
            "ep-sensitive": "SensitiveContentDetected",
            "ep-broken": "InternalServiceError",
            "sk-overdue": "AccountOverdueError",
            "sk-quota": "QuotaExceeded",
        },
        chunk(step, call, includeUsage) {
            const usage = includeUsage ? { usage: step.usage ? usageOf(step.usage) : null } : {};
            const choices = (delta: object, more: object = {}) => [{ delta: { ...delta, role: "assistant" }, ...more, index: 0 }];
            const shape = (list: unknown[]) => ({ choices: list, ...envelope(call, "chat.completion.chunk"), ...usage });
            switch (step.kind) {
                case "begin":
                    return shape(choices({ content: "" }));
                case "reasoning":
                    return shape(choices({ content: step.nullContent ? null : "", reasoning_content: step.text }));
                case "content":
                    return shape(choices({ content: step.text }));
                case "finish": {
                    const hit = step.reason === "content_filter" ? { moderation_hit_type: "severe_violation" } : {};
                    return shape(choices({ content: "" }, { finish_reason: step.reason, ...hit }));
                }
                case "usage":
                    return shape([]);
            }
        },
        whole(text, reasoning, reason, usage, call) {
            const message = { content: text, ...(reasoning !== undefined && { reasoning_content: reasoning }), role: "assistant" };
            const choices = [{ finish_reason: reason, index: 0, logprobs: null, message }];
            return { choices, ...envelope(call, "chat.completion"), usage: usageOf(usage) };
        },
        knows: (code) => arkErrors.has(code),
        refuse(code, about) {
            const { status, type, message } = arkErrors.get(code)!;
            const keyless = code === "AuthenticationError";
            const text = keyless && about.key ? "The API key doesn't exist." : fill(message, about);
            const name = about.param && /^(Missing|Invalid)Parameter$/.test(code) ? `${code}.${about.param}` : code;
            return {
                status,
                ...(keyless && { headers: { "x-error-code": "AuthN_MissOrInvalidAuthorizationHeader" } }),
                body: {
                    error: {
                        code: name,
                        message: `${text} ${keyless ? "request id" : "Request id"}: ${about.id}`,
                        param: about.param ?? "",
                        type,
                    },
                },
            };
        },
    };
}

function fill(message: string, places: { model?: string; param?: string }): string {
    return message.replace(/\{(model|param)\}/g, (_, place: "model" | "param") => places[place] ?? "");
}

function envelope(call: Call, object: string) {
    return { created: call.created, id: call.id, model: call.model, service_tier: "default", object };
}

function usageOf({ prompt, completion, reasoning }: Usage) {
    return {
        completion_tokens: completion,
        prompt_tokens: prompt,
        total_tokens: prompt + completion,
        prompt_tokens_details: { cached_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: reasoning },
    };
}
