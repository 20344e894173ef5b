import type { FastifyServerOptions } from "fastify";
import type { Settings } from "../settings/schema";

/**
 * An error without its sentence where that may hold data: the driver repeats the OpenID in a duplicate key error.
 */
export function describeError(error: Error & { code?: unknown }): object {
    const [, ...frames] = (error.stack ?? "").split("\n    at ");
    const message = error.name.startsWith("Mongo") ? undefined : error.message;
    return { type: error.name, message, code: error.code, stack: frames.join("\n") };
}

/**
 * One JSON line a request and one a turn, with region and version. The requests' lines are written by a hook of our
 * own: route patterns instead of URLs, no header, no body.
 */
export function logOptions(settings: Settings, version: string, stream?: NodeJS.WritableStream): FastifyServerOptions["logger"] {
    return {
        level: settings.LOG_LEVEL,
        base: { region: settings.LOG_REGION ?? settings.REGION.toUpperCase(), version, server: settings.SERVER_NAME || undefined },
        serializers: { err: (error: unknown) => (error instanceof Error ? describeError(error) : error) as never },
        ...(stream && { stream }),
    };
}
