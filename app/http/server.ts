import { randomUUID } from "node:crypto";
import Fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { registerTokens } from "../auth/token";
import { registerDocument } from "../docs/document";
import { HttpError } from "../errors/errors";
import type { Service } from "../service";
import { registerAgents } from "./agents";
import { registerBodies } from "./body";
import { answerBroken } from "./broken";
import { registerChat } from "./chat";
import { registerElsewhere } from "./elsewhere";
import { answer, registerFailures } from "./failures";
import { headersOf, registerHeaders } from "./headers";
import { registerHealth } from "./health";
import { registerLimits } from "./limits";
import { logOptions } from "./log";
import { registerLogin } from "./login";
import { registerMethods } from "./methods";
import { registerPage } from "./page";
import { record, registerRecord } from "./record";
import { registerSessions } from "./sessions";
import { registerStreams } from "./streams";

/** A message of 8,000 characters, each written as a six-byte escape, and some room. */
const BODY_LIMIT = 64 * 1024;
/** Longer than nginx keeps an idle connection to an upstream (60 s), so that it is never this side that closes first. */
const KEEP_ALIVE_MS = 75_000;
/** A gateway sends a request at once; whoever takes longer holds a connection for nothing. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 30_000;

/** The HTTP surface of a service. */
export async function buildServer(service: Service, logStream?: NodeJS.WritableStream): Promise<FastifyInstance> {
    const { CORS_ORIGINS, TRUSTED_PROXIES } = service.settings;
    const app = Fastify({
        logger: logOptions(service.settings, service.version, logStream),
        bodyLimit: BODY_LIMIT,
        keepAliveTimeout: KEEP_ALIVE_MS,
        requestTimeout: REQUEST_MS,
        http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 1_000, requireHostHeader: false },
        clientErrorHandler: answerBroken,
        trustProxy: TRUSTED_PROXIES.length > 0 && TRUSTED_PROXIES,
        logController: new LogController({ disableRequestLogging: true }),
        // The gateway's id goes on into the logs and to the upstream, where it is one; anything else is replaced.
        requestIdHeader: false,
        genReqId: (raw) => {
            const given = raw.headers["x-request-id"];
            return typeof given === "string" && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
        },
        // No hook runs before these.
        frameworkErrors: (_error, request, reply) => {
            record(service.metrics, request as FastifyRequest, reply as FastifyReply);
            void answer((reply as FastifyReply).headers(headersOf(request as FastifyRequest, CORS_ORIGINS)), new HttpError("not_found"));
        },
    });
    registerRecord(app, service.metrics);
    registerHeaders(app, CORS_ORIGINS);
    registerMethods(app);
    registerElsewhere(app);
    registerFailures(app);
    registerBodies(app);
    await registerLimits(app);
    await registerDocument(app, service.version);
    registerTokens(app, service.tokens);
    registerHealth(app, service);
    registerLogin(app, service);
    registerChat(app, service);
    registerStreams(app, service);
    registerSessions(app, service);
    registerAgents(app, service);
    registerPage(app);
    return app;
}
