/**
 * Every code that a client of the service can see, in one place. A code never changes its meaning; the sentence may.
 * The first table is answered with an HTTP status, before a stream has begun; the second inside a stream.
 */
export const httpErrors = {
    invalid_request: [400, "The request is not valid."],
    malformed_json: [400, "The body is not valid JSON."],
    malformed_http: [400, "This is not valid HTTP/1.1."],
    unauthorized: [401, "A valid bearer token is needed: log in."],
    token_expired: [401, "The token has expired: log in again."],
    login_code_invalid: [401, "The login code is wrong, expired or used: call wx.login again."],
    login_refused: [403, "WeChat refuses the login of this user."],
    not_found: [404, "There is no such route."],
    session_not_found: [404, "There is no such session."],
    stream_not_found: [404, "There is no such stream."],
    method_not_allowed: [405, "This address does not have that method."],
    request_timeout: [408, "The request did not arrive in time."],
    session_busy: [409, "Another step of this session runs: try again when it is over."],
    revision_conflict: [409, "The state was saved by another client meanwhile: read it again."],
    stream_elsewhere: [409, "Another instance runs this stream: ask again there."],
    session_full: [409, "This session holds as much as it can: begin a new one."],
    body_too_large: [413, "The body is too large."],
    unsupported_media_type: [415, "The body has to be application/json."],
    idempotency_key_reused: [422, "This Idempotency-Key belongs to another message: use a new key for each message."],
    login_busy: [429, "WeChat takes no more logins at the moment: try again later."],
    too_many_logins: [429, "Too many logins from this address: try again later."],
    too_many_chats: [429, "Too many messages of this user: try again later."],
    headers_too_large: [431, "The headers are too large."],
    internal: [500, "Something went wrong on our side."],
    wechat_unavailable: [502, "WeChat does not answer as it should: try again."],
    database_unavailable: [503, "The database is away: try again."],
    too_many_streams: [503, "This region carries as many streams as it may: try again."],
    draining: [503, "This instance is going away: try again."],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** `retryable`: the same message sent again may well succeed. */
export const streamErrors = {
    upstream_unreachable: { retryable: true, message: "The model service cannot be reached." },
    upstream_unavailable: { retryable: true, message: "No model service answers at the moment." },
    upstream_timeout: { retryable: true, message: "The model service did not begin to answer in time." },
    upstream_stalled: { retryable: true, message: "The model service stopped in the middle of its answer." },
    upstream_too_long: { retryable: false, message: "The answer took longer than an answer may take." },
    upstream_cut: { retryable: true, message: "The model service broke off in the middle of its answer." },
    upstream_malformed: { retryable: true, message: "The model service sent something that is not an answer." },
    upstream_busy: { retryable: true, message: "The model service is overloaded." },
    upstream_failed: { retryable: true, message: "The model service failed." },
    upstream_quota: { retryable: false, message: "The model service's quota is used up." },
    upstream_misconfigured: { retryable: false, message: "The model service does not accept this service's account or model." },
    upstream_refused: { retryable: false, message: "The model service does not accept this request." },
    context_too_long: { retryable: false, message: "The conversation is longer than the model takes: begin a new session." },
    question_too_long: { retryable: false, message: "The message alone is longer than the model takes: shorten it." },
    content_refused: { retryable: false, message: "The model service does not answer this message." },
    step_interrupted: { retryable: true, message: "The database went away: the same request again goes on with the agent whose words were not kept." },
    session_lost: { retryable: false, message: "The session has ended, or another instance goes on with this step." },
    turn_lost: { retryable: true, message: "The instance that gave this answer was lost: ask again." },
    answered_elsewhere: { retryable: true, message: "The same message is being answered elsewhere: go on by the stream's id." },
    idempotency_key_reused: { retryable: false, message: "This Idempotency-Key belongs to another message: use a new key for each message." },
    session_gone: { retryable: false, message: "The session is full, or is no more: begin a new one." },
    reply_not_stored: { retryable: false, message: "The answer is complete, but could not be stored." },
    taken_over: { retryable: false, message: "Newer messages of the same user took this one's place." },
    stopped: { retryable: false, message: "Its user has stopped it." },
    draining: { retryable: true, message: "This instance is going away." },
    internal: { retryable: false, message: "Something went wrong on our side." },
} as const satisfies Record<string, { retryable: boolean; message: string }>;

export type HttpErrorCode = keyof typeof httpErrors;
export type StreamErrorCode = keyof typeof streamErrors;

/** How a turn ended, if that was an error of the table. */
export function asStreamErrorCode(end: string | undefined): StreamErrorCode | undefined {
    return end !== undefined && Object.hasOwn(streamErrors, end) ? (end as StreamErrorCode) : undefined;
}

/**
 * An answer with a status and the body `{code, message}`; `retryAfter` in seconds becomes the header.
 * `untouched`: refused before any effect, so the other region may be asked the same, a POST too.
 */
export class HttpError extends Error {
    readonly status: number;
    readonly retryAfter: number | undefined;
    readonly untouched: boolean;

    constructor(readonly code: HttpErrorCode, options: { message?: string; retryAfter?: number; untouched?: boolean; cause?: unknown } = {}) {
        super(options.message ?? httpErrors[code][1], { cause: options.cause });
        this.name = "HttpError";
        this.status = httpErrors[code][0];
        this.retryAfter = options.retryAfter;
        this.untouched = options.untouched ?? false;
    }
}

/** The end of a stream by anything but its last token. */
export class StreamError extends Error {
    readonly retryable: boolean;

    constructor(readonly code: StreamErrorCode, options?: ErrorOptions) {
        super(streamErrors[code].message, options);
        this.name = "StreamError";
        this.retryable = streamErrors[code].retryable;
    }

    /** Itself, or what anything else that was thrown means to the client. */
    static of(thrown: unknown, code: StreamErrorCode = "internal"): StreamError {
        return thrown instanceof StreamError ? thrown : new StreamError(code, { cause: thrown });
    }
}
