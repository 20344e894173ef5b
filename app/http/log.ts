import type { FastifyServerOptions } from "fastify";
import { MongoServerError } from "mongodb";
import type { Settings } from "../settings/schema";

type Thrown = Error & { code?: unknown; codeName?: unknown };

/**
 * An error with its causes, and without the sentence where that may hold data: MongoDB's server repeats keys and whole
 * commands, such as the OpenID of a duplicate, and `JSON.parse` what it could not read. What the driver itself says (no
 * server, no connection) is told.
 */
export function describe(thrown: unknown): unknown {
    if (!(thrown instanceof Error)) return typeof thrown === "object" ? undefined : thrown;
    const { name, message, code, codeName, stack = "", cause } = thrown as Thrown;
    const repeats = thrown instanceof MongoServerError || thrown instanceof SyntaxError;
    // A stack begins with the message, which may itself look like a frame.
    const [, ...frames] = stack.slice(Math.max(0, stack.indexOf(message)) + message.length).split("\n    at ");
    return { type: name, message: repeats ? undefined : message, code, codeName, stack: frames.join("\n"), cause: describe(cause) };
}

/**
 * One JSON line a request and one a turn, with region and version. The requests' lines are written by a hook of our
 * own: route patterns instead of URLs, no header, no body.
 */
export function logOptions(settings: Settings, version: string, stream?: NodeJS.WritableStream): FastifyServerOptions["logger"] {
    return {
        level: settings.LOG_LEVEL,
        base: { region: settings.LOG_REGION ?? settings.REGION.toUpperCase(), version, server: settings.SERVER_NAME || undefined },
        serializers: { err: describe as never },
        ...(stream && { stream }),
    };
}
