import type { StreamErrorCode } from "../errors/errors";
import type { Settings } from "../settings/schema";
import type { ReadCoalescer } from "./coalescer";
import { deadlinesOf } from "./deadlines";
import { OpenAiUpstream } from "./openai";
import { rules, type Dialect } from "./refusal";

/**
 * DeepSeek's code is `invalid_request_error` for whatever it is, so its sentence goes before the status: a refused
 * content and a model that does not exist are both a 400.
 * Source: api-docs.deepseek.com/quick_start/error_codes; "Content Exists Risk": deepseek-ai/awesome-deepseek-integration#13.
 */
const sentences: [pattern: RegExp, code: StreamErrorCode][] = [
    [/Content Exists Risk/i, "content_refused"],
    [/Insufficient Balance/i, "upstream_quota"],
    [/Authentication Fails|supported API model names|Model Not Exist/i, "upstream_misconfigured"],
    [/Rate limit|overloaded|too busy/i, "upstream_busy"],
];

export const deepseekDialect: Dialect = ({ message }) => rules(sentences, message);

/** DeepSeek. Its `user_id` is not sent: who asks is nobody's business there. */
export function deepseekUpstream(settings: Settings, coalescer: ReadCoalescer): OpenAiUpstream {
    return new OpenAiUpstream({
        provider: "deepseek",
        url: settings.DEEPSEEK_API_URL,
        key: settings.DEEPSEEK_API_KEY!,
        model: settings.DEEPSEEK_MODEL,
        dialect: deepseekDialect,
        deadlines: deadlinesOf(settings),
        contextTokens: settings.DEEPSEEK_CONTEXT_TOKENS,
        coalescer,
    });
}
