import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance, RouteOptions } from "fastify";
import type { z } from "zod";
import { authenticate } from "../auth/token";
import type { HttpErrorCode } from "../errors/errors";
import { errorResponses, errorTables } from "./errors";
import { eventComponents, eventStream } from "./events";
import { tags, type Answer, type Operation } from "./operation";
import { jsonSchema, type JsonSchema } from "./schema";

/** The page of the document needs its own scripts and styles, and images of its style sheet; it asks for nothing else. */
const CSP = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
].join("; ");

const INTRODUCTION = `
A streaming chat service. Log in, send a message, read its answer as server-sent events; the answer goes on when the connection does not, and is
there when you come back.

Every refusal is JSON, \`{"code": "…", "message": "…"}\`. Programs go by the code, which never changes its meaning; the sentence may. Where a
\`Retry-After\` comes with it, wait so many seconds.

## Errors
${errorTables()}`.trim();

/**
 * `GET /docs` (for people), `/docs/json` and `/docs/yaml` (OpenAPI 3.1). Registered before the routes, for it sees those
 * that come after it.
 */
export async function registerDocument(app: FastifyInstance, version: string): Promise<void> {
    await app.register(swagger, {
        openapi: {
            openapi: "3.1.0",
            info: { title: "Antipode", version, description: INTRODUCTION },
            servers: [{ url: "/", description: "The service that serves this document." }],
            tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
            components: {
                securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "The token of `POST /api/auth/login`." } },
                schemas: eventComponents() as never,
            },
        },
        convertConstToEnum: false,
        transform: ({ url, route }) => ({ url, schema: describe(route) as never }),
    });
    // The base layout has no bar at the top: there is one document, and the bar's picture has a style inside that the policy refuses.
    const uiConfig = { layout: "BaseLayout" };
    await app.register(swaggerUi, { routePrefix: "/docs", staticCSP: CSP, theme: { title: "Antipode: the API" }, logo: null as never, uiConfig });
}

/** One route in the words of @fastify/swagger. A route that says nothing of itself stays visible, and a test finds it. */
export function describe(route: RouteOptions): JsonSchema {
    const { operation } = route.config ?? {};
    // Files of the page and of this document say so, or are hidden by the plugin that serves them.
    if (operation === "hidden" || !operation) return { hide: operation === "hidden" || route.schema?.hide === true || route.url.startsWith("/docs") };
    const user = [route.onRequest].flat().includes(authenticate as never);
    return {
        operationId: operation.id,
        tags: [operation.tag],
        summary: operation.summary,
        ...(operation.description && { description: operation.description }),
        ...(operation.params && { params: jsonSchema(operation.params, "input") }),
        ...(operation.query && { querystring: jsonSchema(operation.query, "input") }),
        ...(operation.headers && { headers: jsonSchema(operation.headers, "input") }),
        ...(operation.body && { body: jsonSchema(operation.body, "input") }),
        ...(user && { security: [{ bearer: [] }] }),
        response: { ...successes(operation), ...errorResponses(errorsOf(operation, user)) },
    };
}

function successes(operation: Operation): Record<string, JsonSchema> {
    const json = ({ schema }: Answer) => schema && { "application/json": { schema: jsonSchema(schema as z.ZodType, "output") } };
    const answers = Object.entries(operation.answers).map(([status, answer]) => [status, response(answer, json(answer))]);
    if (operation.events) answers.unshift(["200", response(operation.events, eventStream)]);
    return Object.fromEntries(answers);
}

function response({ description, headers }: Answer, content: object | undefined): JsonSchema {
    const named = headers && Object.fromEntries(Object.entries(headers).map(([name, description]) => [name, { type: "string", description }]));
    return { description, ...(content ? { content } : { type: "null" }), ...(named && { headers: named }) };
}

/** Its own errors, and those that follow from what the route is. */
function errorsOf(operation: Operation, user: boolean): Set<HttpErrorCode> {
    const { params, query, headers, body } = operation;
    const errors = new Set<HttpErrorCode>([...operation.errors, "internal"]);
    const add = (...codes: HttpErrorCode[]) => codes.forEach((code) => errors.add(code));
    if (user) add("unauthorized", "token_expired");
    if (body) add("malformed_json", "body_too_large", "unsupported_media_type");
    if (body || query || headers) add("invalid_request");
    // A path that is no URL: "%zz".
    if (params) add("not_found");
    return errors;
}
