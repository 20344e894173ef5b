import { randomUUID } from "node:crypto";
import type { Call, Dialect, Usage } from "./dialect";

/** What the service answers with, api-docs.deepseek.com/quick_start/error_codes; 429 and above: the page's own words. */
type Say = (about: { key?: string; model?: string; id: string; tokens?: number }) => string;
/** As its own refusal says it. */
const CONTEXT_TOKENS = 131_072;
const REFUSALS: Record<string, { status: number; type: string; message: Say }> = {
    invalid_model: {
        status: 400,
        type: "invalid_request_error",
        message: ({ model }) => `The supported API model names are deepseek-flash, deepseek-v4-pro, but you passed ${model}.`,
    },
    context: {
        status: 400,
        type: "invalid_request_error",
        message: ({ tokens = CONTEXT_TOKENS + 1 }) =>
            `This model's maximum context length is ${CONTEXT_TOKENS} tokens. However, you requested ${tokens} tokens (${tokens} in the messages, 0 in the completion). Please reduce the length of the messages or completion.`,
    },
    authentication: {
        status: 401,
        type: "authentication_error",
        message: ({ key = "", id }) => `Authentication Fails, Your api key: ****${key.slice(-4)} is invalid (request_id: ${id})`,
    },
    insufficient_balance: { status: 402, type: "unknown_error", message: () => "Insufficient Balance" },
    invalid_parameters: {
        status: 422,
        type: "invalid_request_error",
        message: () => "Failed to deserialize the JSON body into the target type: messages: missing field `messages`",
    },
    rate_limit: { status: 429, type: "rate_limit_error", message: () => "Rate Limit Reached" },
    server_error: { status: 500, type: "internal_error", message: () => "Server Error" },
    overloaded: { status: 503, type: "service_unavailable_error", message: () => "Server Overloaded" },
};

const FINGERPRINT = "fp_8802369eaa_prod0623_fp8_kvcache";
/** Old names that are still served, by what answers them (api-docs.deepseek.com/quick_start/pricing). */
const MODELS: Record<string, string> = {
    "deepseek-flash": "deepseek-flash",
    "deepseek-v4-pro": "deepseek-v4-pro",
    "deepseek-v4-flash": "deepseek-flash",
    "deepseek-v4-flash-vision-exp": "deepseek-flash",
};

/** DeepSeek: thinking is on by default, and usage stands on the last chunk before `[DONE]` that has a choice. */
export const deepseek: Dialect = {
    provider: "deepseek",
    paths: ["/chat/completions", "/v1/chat/completions"],
    headers: () => ({}),
    newId: () => randomUUID(),
    model: (asked) => MODELS[asked],
    thinks: true,
    opens: true,
    usagePlace: "last",
    contextTokens: CONTEXT_TOKENS,
    codes: { badKey: "authentication", noKey: "authentication", noModel: "invalid_model", badBody: "invalid_parameters", tooLong: "context" },
    magic: { "sk-nobalance": "insufficient_balance", "sk-ratelimit": "rate_limit", "sk-overloaded": "overloaded" },
    chunk(step, call, includeUsage) {
        // Whether the client asked for it or not, the last chunk has it; the others say null only if it did.
        const told = step.usage ? { usage: usageOf(step.usage) } : includeUsage ? { usage: null } : {};
        const shape = (choices: unknown[]) => ({ ...envelope(call, "chat.completion.chunk"), choices, ...told });
        const choice = (delta: object, finish: string | null = null) => [{ index: 0, delta, logprobs: null, finish_reason: finish }];
        switch (step.kind) {
            case "begin":
                return shape(choice({ role: "assistant", content: "" }));
            case "reasoning":
                return shape(choice({ content: null, reasoning_content: step.text }));
            case "content":
                return shape(choice({ content: step.text, reasoning_content: null }));
            case "finish":
                return shape(choice({ content: "" }, step.reason));
            case "usage":
                return shape([]);
        }
    },
    whole(text, reasoning, reason, usage, call) {
        const message = { role: "assistant", content: text, ...(reasoning !== undefined && { reasoning_content: reasoning }) };
        const { system_fingerprint, ...head } = envelope(call, "chat.completion");
        return { ...head, choices: [{ index: 0, message, logprobs: null, finish_reason: reason }], usage: usageOf(usage), system_fingerprint };
    },
    knows: (code) => code in REFUSALS,
    refuse(code, about) {
        const { status, type, message } = REFUSALS[code]!;
        return { status, body: { error: { message: message(about), type, param: null, code: "invalid_request_error" } } };
    },
};

function envelope(call: Call, object: string) {
    return { id: call.id, object, created: call.created, model: call.model, system_fingerprint: FINGERPRINT };
}

function usageOf({ prompt, completion, reasoning }: Usage) {
    return {
        prompt_tokens: prompt,
        completion_tokens: completion,
        total_tokens: prompt + completion,
        prompt_tokens_details: { cached_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: reasoning },
        prompt_cache_hit_tokens: 0,
        prompt_cache_miss_tokens: prompt,
    };
}
