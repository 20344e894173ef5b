import type { FastifyInstance, FastifyRequest } from "fastify";
import { HttpError } from "../errors/errors";
import { readJson, type JsonLimits } from "./json";

declare module "fastify" {
    interface FastifyContextConfig {
        /** What the route's body may be; strict when left out. */
        json?: JsonLimits;
    }
}

/** A body is JSON in UTF-8 as it is, or it is refused: another charset or a compressed one would be read as something else. */
export function registerBodies(app: FastifyInstance): void {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("application/json", { parseAs: "buffer" }, async (request: FastifyRequest, body: Buffer) => {
        const { "content-type": type = "", "content-encoding": encoding = "identity" } = request.headers;
        const charset = /;\s*charset="?([^\s;"]*)/i.exec(type)?.[1] ?? "utf-8";
        if (!/^utf-?8$/i.test(charset) || encoding.toLowerCase() !== "identity") throw new HttpError("unsupported_media_type");
        return readJson(body, request.routeOptions.config.json);
    });
    app.addHook("onRequest", async (request) => {
        // RFC 9112, 3.2. Node would refuse it by itself, but without saying why.
        if (request.raw.httpVersion === "1.1" && request.headers.host === undefined) throw new HttpError("malformed_http");
    });
    // Of a parameter that comes twice each reader would take another one.
    app.addHook("onRequest", async (request) => {
        if (Object.values(request.query as object).some((value) => typeof value !== "string")) {
            throw new HttpError("invalid_request", { message: "query: a parameter comes more than once" });
        }
    });
}
