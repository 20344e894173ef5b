import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { HttpError, type HttpErrorCode } from "../errors/errors";

/** What Fastify finds wrong before a route is reached. */
const ofFastify: Record<string, HttpErrorCode> = {
    FST_ERR_CTP_BODY_TOO_LARGE: "body_too_large",
    FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported_media_type",
    FST_ERR_CTP_INVALID_JSON_BODY: "malformed_json",
    FST_ERR_CTP_EMPTY_JSON_BODY: "malformed_json",
    FST_ERR_BAD_URL: "not_found",
};

/** Every failure as `{code, message}`: refusals with their own sentence, anything unforeseen without a detail. */
export function registerFailures(app: FastifyInstance): void {
    app.setErrorHandler<FastifyError | HttpError>((error, request, reply) => {
        const known = asHttpError(error);
        if (known.status >= 500) request.log.warn({ err: known.cause ?? error, code: known.code }, "failure");
        return answer(reply, known);
    });
    app.setNotFoundHandler((_request, reply) => answer(reply, new HttpError("not_found")));
}

/**
 * What is given away has a status that no client sees, for a gateway reads the header beside it. Misdirected Request (RFC
 * 9110, 15.5.20) where the instance is full or goes away; Failed Dependency (RFC 4918, 11.4) where its database does not
 * answer it: the pilot holds that against its version, whoever helps the visitor out.
 */
const givenAway = ({ code }: HttpError) => (code === "database_unavailable" ? 424 : 421);

/**
 * Writes the answer of a failure. A gateway that has a peer says so, and takes what was not begun here to it: nginx by
 * itself would carry a GET there, but no POST, and after three refusals of a GET it would take all to the peer: for it a
 * 503 is an instance that fails. Without a gateway, as in WeChat's hosting, nobody is shown the way.
 */
export function answer(reply: FastifyReply, error: HttpError): FastifyReply {
    reply.refusal = error.code;
    if (error.retryAfter !== undefined) void reply.header("Retry-After", error.retryAfter);
    if (error.status === 401) void reply.header("WWW-Authenticate", "Bearer");
    const elsewhere = reply.request.elsewhere && (error.untouched || readInVain(reply.request.method, error));
    if (elsewhere) void reply.header("X-Accel-Redirect", "@elsewhere");
    return reply.code(elsewhere ? givenAway(error) : error.status).send({ code: error.code, message: error.message });
}

/** A read may be done again, whatever the database did of it. */
function readInVain(method: string, { code }: HttpError): boolean {
    return (method === "GET" || method === "HEAD") && code === "database_unavailable";
}

function asHttpError(error: FastifyError | HttpError): HttpError {
    if (error instanceof HttpError) return error;
    const code = ofFastify[error.code];
    if (code) return new HttpError(code);
    const status = error.statusCode ?? 500;
    return new HttpError(status >= 400 && status < 500 ? "invalid_request" : "internal", { cause: error });
}
