import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { HttpErrorCode } from "../errors/errors";
import type { Metrics } from "../metrics/metrics";

declare module "fastify" {
    interface FastifyReply {
        /** The code that the request was refused with. */
        refusal: HttpErrorCode | undefined;
        /** The answer is a stream of events. */
        streamed: boolean;
    }
}

/** As nginx writes it: the client left before its answer. */
const LEFT = 499;

/** One line in the log and one count for each request, when it is over. Registered before all that may answer. */
export function registerRecord(app: FastifyInstance, metrics: Metrics): void {
    app.decorateReply("refusal", undefined);
    app.decorateReply("streamed", false);
    app.addHook("onRequest", async (request, reply) => record(metrics, request, reply));
}

/**
 * Records a request when it is over. Not by Fastify's `onResponse`, which does not hear of a client that left. Route
 * patterns instead of URLs, no header, no body: what a client sends is in no log.
 */
export function record(metrics: Metrics, request: FastifyRequest, reply: FastifyReply): void {
    const { method } = request;
    const route = request.routeOptions.url ?? "unknown";
    reply.raw.once("close", () => {
        const { refusal, streamed, elapsedTime: ms } = reply;
        const status = reply.raw.headersSent ? reply.raw.statusCode : LEFT;
        const level = route.endsWith("/health") ? "debug" : "info";
        request.log[level]({ method, route, status, code: refusal, ms: Math.round(ms) }, "request");
        metrics.answered({ method, route, status, ms, refusal, streamed });
    });
}
