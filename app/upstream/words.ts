import type { StreamErrorCode } from "../errors/errors";

/**
 * Words that OpenAI and services behind its protocol use as `code` or `type`. A service's own dialect goes before them, and
 * they go before the status: 429 may be a busy moment or an empty account. Sources: docs/model-services.md.
 */
const words: [pattern: RegExp, code: StreamErrorCode][] = [
    [/content_?(filter|policy|moderation|inspection)|data_?inspection|sensitive|risk_?control|prohibited_content|moderation/i, "content_refused"],
    [/insufficient_?(user_?)?(quota|balance|credits?|funds)|exceeded_current_quota|quota_?(exceeded|exhausted)|arrearage|billing|payment_required|overdue|credit_?exhausted|allocationquota/i, "upstream_quota"],
    [
        /(invalid|incorrect|expired|disabled)_?(api_?)?key|authentication|unauthori[sz]ed|permission_?(denied|error)|access_?denied|access_?terminated|unsupported_country|(model|endpoint|deployment|resource)_?not_?(found|exist|open|supported)|no_available_channel|model_price_error/i,
        "upstream_misconfigured",
    ],
    [/rate_?limit|too_?many_?requests|throttl|overload|capacity|queue_?(full|exceeded)|service_?unavailable|server_?busy|resource_?exhausted/i, "upstream_busy"],
];

/** Words for an HTTP status, where an error comes with status 200. */
const statuses: [pattern: RegExp, status: number][] = [
    [/^(bad_?request|invalid|missing|unprocessable)/i, 400],
    [/^forbidden/i, 403],
    [/^not_?found/i, 404],
];

export const statusOf = (word: string): number | undefined => statuses.find(([pattern]) => pattern.test(word))?.[1];

/** What many services say in words alone, beside a code that tells nothing. */
const EMPTY_ACCOUNT = /insufficient[ _](account )?balance|exceeded your current quota|余额不足|欠费/i;

export const ofSentence = (sentence: string): StreamErrorCode | undefined => (EMPTY_ACCOUNT.test(sentence) ? "upstream_quota" : undefined);

export const genericDialect = (word: string): StreamErrorCode | undefined => (word === "" ? undefined : words.find(([pattern]) => pattern.test(word))?.[1]);
