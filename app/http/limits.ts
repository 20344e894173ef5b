import { isIP } from "node:net";
import rateLimit, { normalizeIP } from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { HttpError, type HttpErrorCode } from "../errors/errors";

const MINUTE_MS = 60_000;
/** Whom a limit remembers; the one who has not come for longest is forgotten first. About 1 MiB. */
const MAX_KEYS = 10_000;

/** Makes `perMinute` usable. Counts are of this instance and in its memory, like all of its limits. */
export async function registerLimits(app: FastifyInstance): Promise<void> {
    await app.register(rateLimit, { global: false, cache: MAX_KEYS, timeWindow: MINUTE_MS });
}

/**
 * A hook that refuses what comes more often than `max` times in a minute from the same one; no hook where `max` is 0.
 * The minute begins with the first request.
 * @param keyOf whose request it is
 */
export function perMinute(app: FastifyInstance, max: number, code: HttpErrorCode, keyOf: (request: FastifyRequest) => string): ((request: FastifyRequest) => Promise<void>)[] {
    if (max === 0) return [];
    const count = app.createRateLimit({ max, keyGenerator: keyOf });
    return [
        async (request) => {
            const seen = await count(request);
            if (!seen.isAllowed && seen.isExceeded) throw new HttpError(code, { retryAfter: seen.ttlInSeconds });
        },
    ];
}

/**
 * The address of who asks: that of the connection, or what a proxy of ours (TRUSTED_PROXIES) says of it. A proxy that
 * only appends is no danger: the last address that is not of a proxy counts. An IPv6 network (/64) is one address, for
 * whoever has one address of it has all of them.
 */
export function clientAddress(request: FastifyRequest): string {
    return normalizeIP(isIP(request.ip) ? request.ip : (request.socket.remoteAddress ?? ""));
}
