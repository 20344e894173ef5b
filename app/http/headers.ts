import type { OutgoingHttpHeaders } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** On every answer, whatever it is. A page that needs more than this policy allows sets its own. */
export const always: Readonly<Record<string, string>> = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
};

/** What a page of another origin needs beyond what the Fetch standard allows it anyway. */
const REQUEST_HEADERS = "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Request-Id, X-Antipode-Tester, X-Antipode-Visitor";
const RESPONSE_HEADERS = "X-Stream-Id, X-Request-Id, Retry-After, Link";
const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
/** How long a browser need not ask again; Chromium takes two hours at most. */
const PREFLIGHT_SECONDS = "7200";

/**
 * The CORS headers of an answer (Fetch standard). No cookies are ever taken, so a page can do no more than its user's
 * token lets it.
 * @param origin the request's header Origin
 * @param origins those that may, exactly as a browser writes them
 */
export function corsHeaders(origin: string | undefined, origins: readonly string[]): Record<string, string> {
    if (origins.length === 0) return {};
    // Also to an origin that may not: a cache must not give it what another one was given.
    if (origin === undefined || !origins.includes(origin)) return { Vary: "Origin" };
    return { Vary: "Origin", "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": RESPONSE_HEADERS };
}

/** The headers that every answer to this request has. */
export function headersOf(request: FastifyRequest, origins: readonly string[]): Record<string, string> {
    return {
        ...always,
        "X-Request-Id": request.id,
        // An answer of the interface is its user's alone, and a page or a picture is not.
        ...(request.url.startsWith("/api/") && { "Cache-Control": "no-store" }),
        ...corsHeaders(request.headers.origin, origins),
    };
}

/**
 * The same for whoever takes the connection over with `reply.hijack()`, which sends none of them. The names are in lower
 * case, and what is added has to be as well: `writeHead` would send `cache-control` and `Cache-Control`.
 */
export function hijackedHeaders(reply: FastifyReply): OutgoingHttpHeaders {
    return reply.getHeaders() as OutgoingHttpHeaders;
}

/** Sets them before anything else happens, so a refusal has them too. */
export function registerHeaders(app: FastifyInstance, origins: readonly string[]): void {
    app.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
        const headers = headersOf(request, origins);
        void reply.headers(headers);
        const asks = request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined;
        if (!asks || headers["Access-Control-Allow-Origin"] === undefined) return;
        return reply
            .headers({ "Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": REQUEST_HEADERS, "Access-Control-Max-Age": PREFLIGHT_SECONDS })
            .code(204)
            .send();
    });
}
