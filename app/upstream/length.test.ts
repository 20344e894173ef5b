import { describe, expect, it } from "vitest";
import { arkDialect } from "./ark";
import { deepseekDialect } from "./deepseek";
import { readRefusal, type Dialect } from "./refusal";

const none: Dialect = () => undefined;
const openai = (message: string, code: string | number | null = null, type = "invalid_request_error") => ({ error: { message, type, param: null, code } });

/** Sources: docs/model-services.md, "Prompts that are too long". */
const refusals: Record<string, [dialect: Dialect, status: number, body: object | string]> = {
    OpenAI: [none, 400, openai("This model's maximum context length is 8192 tokens. However, your messages resulted in 8545 tokens. Please reduce the length of the messages.", "context_length_exceeded")],
    "OpenAI, newer": [none, 400, openai("Your input exceeds the context window of this model. Please adjust your input and try again.", "context_length_exceeded")],
    "Ark, by its code": [arkDialect, 400, openai("The input is longer than the context of the model.", "OutofContextError", "BadRequest")],
    "Ark, by its words": [arkDialect, 400, openai("Total tokens of image and text exceed max message tokens. Request id: 0217", "InvalidParameter", "BadRequest")],
    DeepSeek: [deepseekDialect, 400, openai("This model's maximum context length is 131072 tokens. However, you requested 131134 tokens (122942 in the messages, 8192 in the completion). Please reduce the length of the messages or completion.", "invalid_request_error")],
    vLLM: [none, 400, { object: "error", message: "This model's maximum context length is 32768 tokens. However, you requested 33000 tokens in the messages, Please reduce the length of the messages.", type: "BadRequestError", param: null, code: 400 }],
    "vLLM, its engine": [none, 400, { error: { message: "The decoder prompt (length 40000) is longer than the maximum model length of 32768. Make sure that `max_model_len` is no smaller than the number of text tokens.", type: "BadRequestError", code: 400 } }],
    SGLang: [none, 400, { object: "error", message: "The input (40000 tokens) is longer than the model's context length (32768 tokens).", type: "BadRequest", param: null, code: 400 }],
    "llama.cpp": [none, 400, { error: { code: 400, message: "the request exceeds the available context size (4096 tokens), try increasing it", type: "exceed_context_size_error", n_ctx: 4096 } }],
    TGI: [none, 422, { error: "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens and 100 `max_new_tokens`", error_type: "validation" }],
    "LM Studio": [none, 400, { error: "The number of tokens to keep from the initial prompt is greater than the context length." }],
    "Qwen, DashScope": [none, 400, openai("<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]", "invalid_parameter_error")],
    "Qwen, inside a stream": [none, 200, { code: "InvalidParameter", message: "Range of input length should be [1, 6000]", request_id: "1" }],
    Zhipu: [none, 400, { error: { code: "1261", message: "Prompt 超长" } }],
    Moonshot: [none, 400, openai("Invalid request: Your request exceeded model token limit: 8192", null)],
    "Moonshot, older": [none, 400, openai("model max length exceeded, max length:8192", null)],
    MiniMax: [none, 400, { type: "error", error: { type: "invalid_request_error", message: "invalid params, context window exceeds limit (2013)" } }],
    SiliconFlow: [none, 400, { code: 20015, message: "length of prompt_tokens (40000) must be less than max_seq_len (32768).", data: null }],
    xAI: [none, 400, { code: "invalid-argument", error: "This model's maximum prompt length is 131072 but the request contains 537812 tokens." }],
    Anthropic: [none, 400, { type: "error", error: { type: "invalid_request_error", message: "prompt is too long: 213462 tokens > 200000 maximum" } }],
    Gemini: [none, 400, [{ error: { code: 400, message: "The input token count (1196265) exceeds the maximum number of tokens allowed (1048575).", status: "INVALID_ARGUMENT" } }]],
    Mistral: [none, 400, { object: "error", message: "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length", type: "invalid_request_prompt", code: "3051" }],
    Bedrock: [none, 400, { message: "input length and `max_tokens` exceed context limit: 149674 + 64000 > 204658, decrease input length or `max_tokens` and try again" }],
    Groq: [none, 400, openai("Please reduce the length of the messages or completion.", "context_length_exceeded")],
    "a proxy with a limit of its own": [none, 413, "<html><head><title>413 Request Entity Too Large</title></head></html>"],
};

describe("a prompt that is too long", () => {
    it.each(Object.entries(refusals))("is told as such by %s", (_service, [dialect, status, body]) => {
        expect(readRefusal(dialect, status, typeof body === "string" ? body : JSON.stringify(body)).code).toBe("context_too_long");
    });

    it.each<[string, number, object, string]>([
        ["an output limit", 400, openai("The parameter `max_tokens` specified in the request are not valid: integer above maximum value, expected a value <= 4096, but got 8192 instead.", "InvalidParameter"), "upstream_refused"],
        ["a rate limit of tokens", 429, openai("Rate limit reached for tokens per minute (TPM): Limit 6000, Requested 7000.", "rate_limit_exceeded"), "upstream_busy"],
        ["a request too large for the tokens of a minute", 413, openai("Request too large for model on tokens per minute (TPM): Limit 6000, Requested 7000", "rate_limit_exceeded"), "upstream_busy"],
        ["any other wrong parameter", 400, openai("temperature must be in [0, 2]", "invalid_parameter_error"), "upstream_refused"],
    ])("is not %s", (_what, status, body, code) => {
        expect(readRefusal(none, status, JSON.stringify(body)).code).toBe(code);
    });
});
