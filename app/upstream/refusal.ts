import { StreamError, type StreamErrorCode } from "../errors/errors";

/**
 * The service's own code goes before the status: Ark has been seen to answer an unknown endpoint with 404 and with 400,
 * and tells an empty quota and a busy moment both by 429.
 * Source: volcengine.com/docs/82379/1299023.
 */
const byCode: [pattern: RegExp, code: StreamErrorCode][] = [
    [/Sensitive|RiskDetection|ContentSecurity/, "content_refused"],
    [/^(QuotaExceeded|SetLimitExceeded|AccountQuotaExceeded|AccountOverdue)/, "upstream_quota"],
    [/^(InvalidEndpoint|ModelNotOpen|UnsupportedModel|AuthenticationError|InvalidAccountStatus|AccessDenied|OperationDenied)/, "upstream_misconfigured"],
    [/^(ServerOverloaded|RequestBurstTooFast|InflightBatchsizeExceeded)|RateLimitExceeded/i, "upstream_busy"],
    [/^InternalServiceError/, "upstream_failed"],
];

/**
 * What an error answer of Ark means to a client.
 * @param status of the HTTP answer; 200 for an error inside a stream
 * @param body the answer's text; need not be JSON
 */
export function readRefusal(status: number, body: string): StreamError {
    const code = errorCode(body);
    return new StreamError(byCode.find(([pattern]) => pattern.test(code))?.[1] ?? byStatus(status), { cause: `${status} ${code}`.trim() });
}

function byStatus(status: number): StreamErrorCode {
    if (status === 402) return "upstream_quota";
    if (status === 401 || status === 403 || status === 404) return "upstream_misconfigured";
    if (status === 429) return "upstream_busy";
    return status >= 400 && status < 500 ? "upstream_refused" : "upstream_failed";
}

/** Only the code, never the message, which may repeat account numbers or the user's text. */
function errorCode(body: string): string {
    try {
        const code: unknown = (JSON.parse(body) as { error?: { code?: unknown } } | null)?.error?.code;
        return typeof code === "string" ? code.slice(0, 100) : "";
    } catch {
        return "";
    }
}
