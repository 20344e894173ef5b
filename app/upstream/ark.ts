import type { StreamErrorCode } from "../errors/errors";
import type { Settings } from "../settings/schema";
import type { ReadCoalescer } from "./coalescer";
import { deadlinesOf } from "./deadlines";
import { OpenAiUpstream } from "./openai";
import { rules, type Dialect } from "./refusal";

/**
 * Ark's code goes before the status: it has been seen to answer an unknown endpoint with 404 and with 400, and tells an
 * empty quota and a busy moment both by 429.
 * Source: volcengine.com/docs/82379/1299023.
 */
const codes: [pattern: RegExp, code: StreamErrorCode][] = [
    [/Sensitive|RiskDetection|ContentSecurity/, "content_refused"],
    [/^(QuotaExceeded|SetLimitExceeded|AccountQuotaExceeded|AccountOverdue)/, "upstream_quota"],
    [/^(InvalidEndpoint|ModelNotOpen|UnsupportedModel|AuthenticationError|InvalidAccountStatus|AccessDenied|OperationDenied)/, "upstream_misconfigured"],
    [/^(ServerOverloaded|RequestBurstTooFast|InflightBatchsizeExceeded)|RateLimitExceeded/i, "upstream_busy"],
    [/^InternalServiceError/, "upstream_failed"],
];

export const arkDialect: Dialect = ({ code }) => rules(codes, code);

/** Volcengine Ark. The model is the endpoint's id (`ep-…`). */
export function arkUpstream(settings: Settings, coalescer: ReadCoalescer): OpenAiUpstream {
    return new OpenAiUpstream({
        provider: "ark",
        url: settings.VOLCENGINE_API_URL,
        key: settings.VOLCENGINE_API_KEY!,
        model: settings.VOLCENGINE_ENDPOINT_ID!,
        dialect: arkDialect,
        deadlines: deadlinesOf(settings),
        contextTokens: settings.VOLCENGINE_CONTEXT_TOKENS,
        coalescer,
    });
}
