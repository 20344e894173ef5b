import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import type { Usage } from "../upstream/upstream";
import { done, type Script } from "./upstream";

/** How a service deviates from the protocol, and what the app makes of it. Each has a row in docs/model-services.md. */
export interface Deviation {
    status?: number;
    headers?: Record<string, string>;
    body: string | Buffer;
    /** The connection breaks after the body. */
    breaks?: true;
    told: {
        text?: string;
        reasoning?: string;
        /** The finish reason, or the error's code. */
        end: string;
        /** Of an error. */
        cause?: string;
        usage?: Usage;
        retryAfterMs?: number;
    };
}

export const play =
    ({ status = 200, headers = { "Content-Type": "text/event-stream" }, body, breaks }: Deviation): Script =>
    (response) => {
        response.writeHead(status, headers);
        if (breaks) response.write(body, () => response.socket?.destroy());
        else response.end(body);
    };

const json = { "Content-Type": "application/json" };
const html = { "Content-Type": "text/html" };
const line = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
/** A chunk whose only choice is this one. */
const choice = (fields: object, more: object = {}): string => line({ id: "1", object: "chat.completion.chunk", choices: [{ index: 0, ...fields }], ...more });
const delta = (fields: object, finish: unknown = null, more: object = {}): string => choice({ delta: fields, finish_reason: finish }, more);
const says = (content: unknown, finish: unknown = null): string => delta({ content }, finish);
const thinks = (reasoning_content: string): string => delta({ content: null, reasoning_content });
const stop = delta({}, "stop") + done;
const hello = says("Hel") + says("lo");
const answer = hello + stop;
const counted = { prompt_tokens: 11, completion_tokens: 9, total_tokens: 20 };
const used: Usage = { inputTokens: 11, outputTokens: 9, reasoningTokens: 0 };
const completion = (message: object, more: object = {}) => ({ id: "1", object: "chat.completion", choices: [{ index: 0, message, finish_reason: "stop" }], usage: counted, ...more });
const HELLO = { text: "Hello", end: "stop" };
const arkError = (code: string) => ({ error: { code, message: "No. Request id: 02", param: "", type: "TooManyRequests" } });

/** Bodies of a whole answer that differ in the finish reason alone. */
const finishes = (finish: unknown, end: string): Deviation => ({ body: hello + delta({}, finish) + done, told: { text: "Hello", end } });
/** An error that comes before the first text. */
const fails = (body: string, end: string, cause: string, headers?: Record<string, string>): Deviation => ({ body, headers, told: { end, cause } });
/** A whole answer that is written in another way. */
const reads = (body: string | Buffer, headers?: Record<string, string>): Deviation => ({ body, headers, told: HELLO });
const refuses = (status: number, end: string, cause: string, body: unknown = "", headers: Record<string, string> = json): Deviation => ({
    status,
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
    told: { end, cause },
});
const waits = (headers: Record<string, string>, retryAfterMs?: number): Deviation => ({ status: 429, headers, body: "", told: { end: "upstream_busy", cause: "429", retryAfterMs } });

export const deviations: Record<string, Deviation> = {
    // Finish reasons
    "finish-absent": { body: choice({ delta: { content: "Hel" } }) + choice({ delta: { content: "lo" } }) + stop, told: HELLO },
    "finish-empty": { body: says("Hel", "") + says("lo", "") + stop, told: HELLO },
    "finish-null-word": { body: says("Hel", "null") + says("lo", "null") + stop, told: HELLO },
    "finish-with-text": { body: says("Hel") + says("lo", "stop") + done, told: HELLO },
    "finish-each": { body: says("Hel", "stop") + says("lo", "stop") + done, told: HELLO },
    "finish-first": { body: delta({ role: "assistant", content: "" }, "stop") + answer, told: HELLO },
    "finish-early": { body: delta({ reasoning_content: "hm" }, "stop") + hello + stop, told: { ...HELLO, reasoning: "hm" } },
    "finish-text-after": { body: says("Hel") + delta({}, "stop") + says("lo") + done, told: HELLO },
    "finish-eos": finishes("eos", "stop"),
    "finish-eos-token": finishes("eos_token", "stop"),
    "finish-end-turn": finishes("end_turn", "stop"),
    "finish-upper-case": finishes("STOP", "stop"),
    "finish-max-tokens": finishes("MAX_TOKENS", "length"),
    "finish-model-length": finishes("model_length", "length"),
    "finish-unknown": finishes("repetition_truncation", "repetition_truncation"),
    "finish-no-word": finishes("Stopped, as you said: goodbye-7", "stop"),
    "finish-filter": finishes("content_filter", "content_filter"),
    "finish-filter-empty": fails(delta({}, "content_filter") + done, "content_refused", "content_filter"),
    "finish-sensitive": fails(delta({}, "sensitive") + done, "content_refused", "content_filter"),
    "finish-safety": fails(delta({}, "SAFETY") + done, "content_refused", "content_filter"),
    "finish-resource": fails(delta({}, "insufficient_system_resource") + done, "upstream_busy", "insufficient_system_resource"),
    "finish-resource-after": { body: hello + delta({}, "insufficient_system_resource") + done, told: { text: "Hello", end: "upstream_cut", cause: "insufficient_system_resource" } },
    "finish-network-error": fails(delta({}, "network_error") + done, "upstream_failed", "network_error"),
    "finish-abort": { body: hello + delta({}, "abort") + done, told: { text: "Hello", end: "upstream_cut", cause: "abort" } },
    "finish-missing": { body: hello + done, told: { text: "Hello", end: "upstream_cut" } },
    "finish-missing-eof": { body: hello, told: { text: "Hello", end: "upstream_cut" } },
    "finish-then-break": { body: hello + delta({}, "stop"), breaks: true, told: HELLO },

    // Ends without text
    "empty-stop": fails(delta({ role: "assistant", content: "" }) + stop, "upstream_malformed", "stop without text"),
    "empty-blank": { body: says("\n") + says("\n") + stop, told: { text: "\n\n", end: "stop" } },
    "empty-behind-thoughts": { body: says("<think>hm</think>\n\n") + stop, told: { reasoning: "hm", end: "upstream_malformed", cause: "stop without text" } },
    "empty-reasoning": { body: thinks("hm") + stop, told: { reasoning: "hm", end: "upstream_malformed", cause: "stop without text" } },
    "empty-length": { body: thinks("hm") + delta({}, "length") + done, told: { reasoning: "hm", end: "upstream_malformed", cause: "length without text" } },
    "empty-tools": fails(delta({ tool_calls: [{ index: 0, id: "a", type: "function", function: { name: "f", arguments: "{}" } }] }) + delta({}, "tool_calls") + done, "upstream_malformed", "tool_calls without text"),
    "empty-body": fails("", "upstream_cut", ""),

    // Chunks
    "choices-empty": reads(line({ id: "", object: "", choices: [], prompt_filter_results: [{ prompt_index: 0 }] }) + answer),
    "choices-null": reads(line({ id: "1", choices: null }) + answer),
    "delta-absent": reads(hello + choice({ finish_reason: null, content_filter_results: {} }) + stop),
    "delta-null": reads(choice({ delta: null, finish_reason: null }) + answer),
    "message-for-delta": reads(choice({ message: { content: "Hel" }, finish_reason: null }) + choice({ message: { content: "lo" }, finish_reason: null }) + stop),
    "text-for-delta": reads(choice({ text: "Hel", finish_reason: null }) + choice({ text: "lo", finish_reason: null }) + stop),
    "content-null": reads(delta({ role: "assistant", content: null, tool_calls: null }) + answer),
    "content-parts": reads(says([{ type: "text", text: "Hel" }]) + says([{ type: "text", text: "lo" }, { type: "reference", reference_ids: [1] }]) + stop),
    "role-each": reads(delta({ role: "assistant", content: "Hel" }) + delta({ role: "assistant", content: "lo" }) + stop),
    "id-changes": reads(says("Hel") + delta({ content: "lo" }, null, { id: "", model: "another", created: 0 }) + stop),
    "refusal": reads(delta({ content: null, refusal: "Hel" }) + delta({ content: null, refusal: "lo" }) + stop),
    "snapshot-last": { body: hello + delta({}, "stop") + line(completion({ role: "assistant", content: "Hello" })) + done, told: { ...HELLO, usage: used } },
    "chunk-empty": reads(line({}) + answer),
    "data-empty": reads(`data:\n\n${answer}data: \n\n`),
    "data-null": reads(line(null) + answer),

    // Reasoning
    "reasoning-content": { body: thinks("hm") + delta({ content: "Hello", reasoning_content: null }) + stop, told: { ...HELLO, reasoning: "hm" } },
    "reasoning-field": { body: delta({ reasoning: "hm" }) + answer, told: { ...HELLO, reasoning: "hm" } },
    "reasoning-twice": {
        body: delta({ content: "", reasoning: "hm", reasoning_content: "hm", reasoning_details: [{ type: "reasoning.text", text: "hm" }] }) + answer,
        told: { ...HELLO, reasoning: "hm" },
    },
    "reasoning-details": { body: delta({ content: "", reasoning_details: [{ type: "reasoning.text", text: "hm" }] }) + answer, told: { ...HELLO, reasoning: "hm" } },
    "reasoning-parts": { body: says([{ type: "thinking", thinking: [{ type: "text", text: "hm" }] }]) + answer, told: { ...HELLO, reasoning: "hm" } },
    "reasoning-tag": { body: says("<think>\nhm</think>\n\nHel") + says("lo") + stop, told: { ...HELLO, reasoning: "\nhm" } },
    "reasoning-tag-split": { body: [..."<think>hm</think>\n\nHello"].map((letter) => says(letter)).join("") + stop, told: { ...HELLO, reasoning: "hm" } },
    "reasoning-tag-open": { body: says("<think>hm") + stop, told: { reasoning: "hm", end: "upstream_malformed", cause: "stop without text" } },
    "reasoning-tag-later": { body: says("A <think> tag") + stop, told: { text: "A <think> tag", end: "stop" } },

    // Heartbeats
    "beat-comment": reads(`: keep-alive\n\n${says("Hel")}: keep-alive\n\n${says("lo")}${stop}`),
    "beat-words": reads(`: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n${answer}`),
    "beat-bare": reads(`:\n\n${answer}`),
    "beat-event": reads(`event: ping\ndata: {"type": "ping"}\n\n${answer}`),
    "beat-event-words": reads(`event: keepalive\ndata: waiting\n\n${answer}`),
    "beat-data": reads(`data: : OPENROUTER PROCESSING\n\ndata: ping\n\n${answer}`),
    "beat-blank-lines": reads(`\n\n\n${answer}`),

    // Errors inside an answer with status 200
    "error-data": fails(line(arkError("ServerOverloaded")), "upstream_busy", "200 ServerOverloaded"),
    "error-event": fails(`event: error\n${line(arkError("QuotaExceeded"))}`, "upstream_quota", "200 QuotaExceeded"),
    "error-event-bare": fails(`event: error\n${line({ message: "Try later", code: "rate_limit_exceeded" })}`, "upstream_busy", "200 rate_limit_exceeded"),
    "error-event-words": fails("event: error\ndata: upstream went away\n\n", "upstream_failed", "200"),
    "error-number": fails(line({ error: { code: 429, message: "Rate limited" } }), "upstream_busy", "200 429"),
    "error-number-word": fails(line({ error: { code: "402", message: "More credits needed" } }), "upstream_quota", "200 402"),
    "error-string": fails(line({ error: "failed to decode" }), "upstream_failed", "200"),
    "error-nested": fails(line({ error: { error: { code: "insufficient_quota", message: "No" } } }), "upstream_quota", "200 insufficient_quota"),
    "error-detail": fails(line({ detail: "Internal Server Error" }), "upstream_failed", "200"),
    "error-top": fails(line({ code: 429, message: "Too many requests" }), "upstream_busy", "200 429"),
    "error-vendor-code": fails(line({ code: 50508, message: "System is too busy now. Please try again later.", data: null }), "upstream_failed", "200 50508"),
    "error-worker": fails(line({ text: "Internal Server Error", error_code: 50001 }), "upstream_failed", "200 50001"),
    "error-top-word": fails(line({ code: "DataInspectionFailed", message: "…", request_id: "1" }), "content_refused", "200 DataInspectionFailed"),
    "error-object": fails(line({ object: "error", message: "…", type: "BadRequestError", param: null, code: 400 }), "upstream_refused", "200 400"),
    "error-request": fails(line({ error: { code: "MissingParameter.messages", message: "…", param: "messages", type: "BadRequest" } }), "upstream_refused", "200 MissingParameter.messages"),
    "error-choice": {
        body: hello + delta({ content: "" }, "error", { error: { code: "server_error", message: "Provider disconnected" } }),
        told: { text: "Hello", end: "upstream_failed", cause: "200 server_error" },
    },
    "error-base-resp": fails(line({ choices: null, base_resp: { status_code: 1008, status_msg: "insufficient balance" } }), "upstream_quota", "200 1008"),
    "error-http-code": fails(line({ type: "error", error: { type: "overloaded_error", message: "…", http_code: "529" } }), "upstream_busy", "200 529"),
    "error-hollow": reads(delta({ content: "Hello" }, null, { error: { message: "", type: "", param: "", code: null } }) + stop),
    "error-errors": fails(line({ success: false, errors: [{ code: 7505, message: "…" }], result: null }), "upstream_failed", "200 7505"),
    "error-array": fails(JSON.stringify([{ error: { code: 503, message: "The model is overloaded.", status: "UNAVAILABLE" } }], null, 2), "upstream_busy", "200 UNAVAILABLE", json),
    "error-field": fails('error: {"code":500,"message":"…","type":"server_error"}\n\n', "upstream_failed", "200 500"),
    "error-plain-line": { body: `${hello}{"error":{"message":"…","type":"server_error","code":503}}\n`, told: { text: "Hello", end: "upstream_busy", cause: "200 503" } },
    "error-after-text": { body: hello + line(arkError("InternalServiceError")) + done, told: { text: "Hello", end: "upstream_failed", cause: "200 InternalServiceError" } },
    "error-after-finish": { body: hello + delta({}, "stop") + line({ error: { message: "stream ended without [DONE]", type: "gateway_error" } }) + done, told: HELLO },

    // Bodies that are no stream
    "json-error": fails(JSON.stringify(arkError("AccountOverdueError")), "upstream_quota", "200 AccountOverdueError", json),
    "json-completion": { headers: json, body: JSON.stringify(completion({ role: "assistant", content: "Hello", reasoning_content: "hm" })), told: { ...HELLO, reasoning: "hm", usage: used } },
    "json-pretty": { headers: json, body: `\n\n${JSON.stringify(completion({ content: "Hello" }), null, 2)}\n`, told: { ...HELLO, usage: used } },
    "json-no-reason": { headers: json, body: JSON.stringify({ object: "chat.completion", choices: [{ message: { content: "Hello" } }] }), told: HELLO },
    "json-bare": { headers: json, body: JSON.stringify({ choices: [{ message: { content: "Hello" } }], usage: counted }), told: { ...HELLO, usage: used } },
    "json-then-stream": { headers: json, body: `${JSON.stringify(completion({ content: "Hello" }))}\n${line({ error: { message: "…", type: "gateway_error" } })}${done}`, told: { ...HELLO, usage: used } },
    "json-lines": reads(answer.replaceAll("data: ", "").replaceAll("\n\n", "\n"), { "Content-Type": "application/x-ndjson" }),
    "page": fails("<html>\r\n<head><title>Welcome</title></head>\r\n</html>\r\n", "upstream_malformed", "200 no answer", html),
    "words": fails("upstream connect error or disconnect/reset before headers", "upstream_malformed", "200 no answer", { "Content-Type": "text/plain" }),

    // Usage
    "usage-own-chunk": { body: hello + delta({}, "stop") + line({ choices: [], usage: counted }) + done, told: { ...HELLO, usage: used } },
    "usage-last-choice": { body: hello + delta({}, "stop", { usage: counted }) + done, told: { ...HELLO, usage: used } },
    "usage-zero-first": {
        body: delta({ content: "" }, null, { usage: { prompt_tokens: 0, completion_tokens: 0 } }) + hello + delta({}, "stop", { usage: { prompt_tokens: 0, completion_tokens: 0 } }) + line({ choices: [], usage: counted }) + done,
        told: { ...HELLO, usage: used },
    },
    "usage-zero-last": { body: hello + delta({}, "stop", { usage: counted }) + line({ choices: [], usage: { prompt_tokens: 0, completion_tokens: 0 } }) + done, told: { ...HELLO, usage: used } },
    "usage-zero": { body: hello + delta({}, "stop", { usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } }) + done, told: HELLO },
    "usage-running": {
        body: delta({ content: "Hel" }, null, { usage: { prompt_tokens: 11, completion_tokens: 1 } }) + delta({ content: "lo" }, "stop", { usage: { prompt_tokens: 11, completion_tokens: 2 } }) + line({ choices: [], usage: counted }) + done,
        told: { ...HELLO, usage: used },
    },
    "usage-then-text": { body: says("Hel") + delta({}, "stop", { usage: counted }) + says("lo") + done, told: { ...HELLO, usage: used } },
    "usage-halves": { body: delta({ content: "Hello" }, null, { usage: { prompt_tokens: 11, completion_tokens: 0 } }) + delta({}, "stop", { usage: { prompt_tokens: 0, completion_tokens: 9 } }) + done, told: { ...HELLO, usage: used } },
    "usage-in-choice": { body: hello + choice({ delta: {}, finish_reason: "stop", usage: counted }) + done, told: { ...HELLO, usage: used } },
    "usage-x-groq": { body: hello + delta({}, "stop", { x_groq: { id: "1", usage: counted } }) + done, told: { ...HELLO, usage: used } },
    "usage-other-names": { body: hello + delta({}, "stop", { usage: { input_tokens: 11, output_tokens: 9, output_tokens_details: null } }) + done, told: { ...HELLO, usage: used } },
    "usage-odd": { body: hello + delta({}, "stop", { usage: { prompt_tokens: "11", completion_tokens: 9.0, completion_tokens_details: { reasoning_tokens: null } } }) + done, told: { ...HELLO, usage: used } },
    "usage-null": { body: delta({ content: "Hello" }, null, { usage: null }) + delta({}, "stop", { usage: null }) + done, told: HELLO },

    // Framing and encodings
    "end-no-blank-line": reads(hello + delta({}, "stop").trimEnd()),
    "end-break": { body: hello + delta({}, "stop").trimEnd(), breaks: true, told: HELLO },
    "end-no-newline": reads(hello + says("", "stop") + done.trimEnd()),
    "one-newline": reads(answer.replaceAll("\n\n", "\n")),
    "line-crlf": reads(answer.replaceAll("\n", "\r\n")),
    "line-cr": reads(answer.replaceAll("\n", "\r")),
    "line-blank-spaces": reads(answer.replaceAll("\n\n", "\n \n")),
    "data-no-space": reads(answer.replaceAll("data: ", "data:")),
    "data-indented": reads(answer.replaceAll("data: ", "  data: ")),
    "data-twice": reads(answer.replaceAll("data: ", "data: data: ")),
    "data-many-lines": reads(answer.replaceAll(',"choices"', ',\ndata: "choices"')),
    "data-quoted": reads(line(JSON.stringify({ choices: [{ delta: { content: "Hello" } }] })) + stop),
    "fields-other": reads(`retry: 3000\nid: 7\nevent: message\nmood: good\n${answer}`),
    "bom": reads(`\uFEFF${answer}`),
    "bom-json": { headers: json, body: `\uFEFF${JSON.stringify(completion({ content: "Hello" }))}`, told: { ...HELLO, usage: used } },
    "character-split": { body: `${says("a").replace('"a"', '"a\\ud83d"')}${says("b").replace('"b"', '"\\ude00b"')}${stop}`, told: { text: "a😀b", end: "stop" } },
    "character-half": { body: `${says("a").replace('"a"', '"a\\ud83d"')}${says("b")}${says("c").replace('"c"', '"\\ude00c\\ud83d"')}${stop}`, told: { text: "abc", end: "stop" } },
    "type-json": reads(answer, json),
    "type-plain": reads(answer, { "Content-Type": "text/plain; charset=utf-8" }),
    "type-none": reads(answer, {}),
    "gzip": reads(gzipSync(answer), { "Content-Type": "text/event-stream", "Content-Encoding": "gzip" }),
    "gzip-no-header": reads(gzipSync(answer)),
    "gzip-header-alone": reads(answer, { "Content-Encoding": "gzip" }),
    "gzip-cut": { headers: { "Content-Encoding": "gzip" }, body: gzipSync(answer).subarray(0, -8), told: HELLO },
    "gzip-break": { headers: { "Content-Encoding": "gzip" }, body: gzipSync(hello + says("…").slice(0, 20), { finishFlush: constants.Z_SYNC_FLUSH }), breaks: true, told: { text: "Hello", end: "upstream_cut", cause: "UND_ERR_SOCKET" } },
    "gzip-refusal": { status: 429, headers: { "Content-Encoding": "gzip" }, body: gzipSync(JSON.stringify(arkError("QuotaExceeded"))), told: { end: "upstream_quota", cause: "429 QuotaExceeded" } },
    "deflate": reads(deflateSync(answer), { "Content-Encoding": "deflate" }),
    "deflate-raw": reads(deflateRawSync(answer), { "Content-Encoding": "deflate" }),
    "brotli": reads(brotliCompressSync(answer), { "Content-Encoding": "br" }),
    "encoding-unknown": fails(answer, "upstream_malformed", "encoding snappy", { "Content-Encoding": "snappy" }),

    // The end marker
    "done-missing": reads(hello + delta({}, "stop")),
    "done-space": reads(hello + delta({}, "stop") + "data: [DONE] \n\n"),
    "done-quoted": reads(hello + delta({}, "stop") + 'data: "[DONE]"\n\n'),
    "done-lower-case": reads(hello + delta({}, "stop") + "data: [done]\n\n"),
    "done-bare": reads(hello + delta({}, "stop") + "[DONE]\n"),
    "done-twice": reads(answer + done),
    "done-then-more": reads(answer + says("more") + line({ error: "late" })),

    // Statuses
    "status-201": { ...reads(answer), status: 201 },
    "status-redirect": { status: 301, headers: { Location: "https://elsewhere.example/v1/chat/completions?token=secret" }, body: "", told: { end: "upstream_misconfigured", cause: "301 redirect" } },
    "status-redirect-relative": { status: 307, headers: { Location: "/login" }, body: "<html>", told: { end: "upstream_misconfigured", cause: "307 redirect" } },
    "status-401": refuses(401, "upstream_misconfigured", "401 invalid_api_key", { error: { message: "Incorrect API key provided: sk-***", type: "invalid_request_error", param: null, code: "invalid_api_key" } }),
    "status-405": refuses(405, "upstream_misconfigured", "405", { detail: "Method Not Allowed" }),
    "status-408": refuses(408, "upstream_failed", "408"),
    "status-422": refuses(422, "upstream_refused", "422", { detail: [{ loc: ["body", "messages"], msg: "field required", type: "value_error.missing" }] }),
    "status-429-quota": refuses(429, "upstream_quota", "429 insufficient_quota", { error: { message: "…", type: "insufficient_quota", param: null, code: "insufficient_quota" } }),
    "status-429-arrears": refuses(400, "upstream_quota", "400 Arrearage", { error: { message: "…", type: "Arrearage", param: null, code: "Arrearage" } }),
    "status-429-break": { status: 429, headers: json, body: '{"error":', breaks: true, told: { end: "upstream_busy", cause: "429" } },
    "status-502-page": refuses(502, "upstream_failed", "502", "<html><h1>502 Bad Gateway</h1></html>", html),
    "status-503": refuses(503, "upstream_busy", "503", "no healthy upstream", { "Content-Type": "text/plain" }),
    "status-524": refuses(524, "upstream_failed", "524", "error code: 524", { "Content-Type": "text/plain" }),
    "status-529": refuses(529, "upstream_busy", "529 overloaded_error", { type: "error", error: { type: "overloaded_error", code: "overloaded_error", message: "…" } }),
    "retry-fraction": waits({ "Retry-After": "1.5" }, 1_500),
    "retry-ms": waits({ "Retry-After-Ms": "250", "Retry-After": "1" }, 250),
    "retry-unit": waits({ "Retry-After": "2s" }, 2_000),
    "retry-past": waits({ "Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT" }, 0),
    "retry-absurd": waits({ "Retry-After": "99999999999999999999" }, 86_400_000),
    "retry-words": waits({ "Retry-After": "-1" }),
};
