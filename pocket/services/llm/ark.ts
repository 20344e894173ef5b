import { randomBytes } from "node:crypto";
import type { Call, Dialect, Usage } from "./dialect";

/**
 * Volcengine Ark (`volcengine-python-sdk` volcenginesdkarkruntime; docs 82379/1494384, 82379/1449722 and, for the codes,
 * 82379/1299023). The order of fields in a chunk is that of the vendor's examples.
 */
const TYPES: Record<number, string> = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    429: "TooManyRequests",
    500: "InternalServerError",
};

/** Status and message by code; {model} and {param} are places in the message. */
const REFUSALS: Record<string, [status: number, message: string]> = {
    AuthenticationError: [401, "the API key or AK/SK in the request is missing or invalid."],
    AccountOverdueError: [403, "The request failed because your account has an overdue balance."],
    "InvalidEndpointOrModel.NotFound": [404, "The model or endpoint {model} does not exist or you do not have access to it."],
    "InvalidEndpoint.ClosedEndpoint": [400, "The endpoint {model} is closed or temporarily unavailable."],
    MissingParameter: [400, "The request failed because it is missing `{param}` parameter."],
    InvalidParameter: [400, "The parameter `{param}` specified in the request is not valid."],
    SensitiveContentDetected: [400, "The request failed because the input text may contain sensitive information."],
    "RateLimitExceeded.EndpointRPMExceeded": [429, "The requests per minute (RPM) limit of the endpoint {model} is exceeded."],
    ServerOverloaded: [429, "The service is currently unable to handle additional requests due to server overload."],
    QuotaExceeded: [429, "Your account has exhausted its free quota."],
    InternalServiceError: [500, "The service encountered an unexpected internal error."],
};

const REAL_MODEL = "doubao-seed-1-6-251015";

/** Ark as it answers an account that has the given inference endpoint. */
export function ark(endpoint: string): Dialect {
    return {
        provider: "ark",
        paths: ["/api/v3/chat/completions"],
        headers: (id) => ({ "x-request-id": id }),
        newId: (nowMs) => `02${nowMs}${randomBytes(19).toString("hex")}`,
        model: (asked) => (asked === endpoint ? REAL_MODEL : /^(doubao|deepseek)-/.test(asked) ? asked : undefined),
        thinks: false,
        opens: false,
        usagePlace: "separate",
        codes: { badKey: "AuthenticationError", noKey: "AuthenticationError", noModel: "InvalidEndpointOrModel.NotFound", badBody: "MissingParameter" },
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
            const usage = includeUsage ? { usage: "usage" in step && step.usage ? usageOf(step.usage) : null } : {};
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
        refuse(code, about) {
            const [status, message] = REFUSALS[code] ?? REFUSALS.InternalServiceError!;
            const keyless = code === "AuthenticationError";
            const text = keyless && about.key ? "The API key doesn't exist." : fill(message, about);
            const name = /^(Missing|Invalid)Parameter$/.test(code) ? `${code}.${about.param}` : code;
            return {
                status,
                ...(keyless && { headers: { "x-error-code": "AuthN_MissOrInvalidAuthorizationHeader" } }),
                body: {
                    error: {
                        code: name,
                        message: `${text} ${keyless ? "request id" : "Request id"}: ${about.id}`,
                        param: about.param ?? "",
                        type: TYPES[status],
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
