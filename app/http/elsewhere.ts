import type { FastifyInstance, FastifyRequest } from "fastify";

declare module "fastify" {
    interface FastifyRequest {
        /** Another region can be asked in place of this one. */
        elsewhere: boolean;
    }
}

/** How long a peer that was not reached is not tried again: each attempt over a border that drops packets costs seconds. */
const REMEMBER_MS = 10_000;

/** What nginx itself takes to a peer when it is refused with 503, and counts against this instance: it is always given away. */
const CARRIED = new Set(["GET", "HEAD"]);

/**
 * Sees of each request whether another region can be asked in place of this one. A gateway that has a peer says so; it
 * comes back with the second header where the peer could not be reached.
 */
export function registerElsewhere(app: FastifyInstance): void {
    let awayUntil = 0;
    app.decorateRequest("elsewhere", false);
    app.addHook("onRequest", async (request: FastifyRequest) => {
        const { headers } = request;
        if (headers["x-antipode-elsewhere"] === "failed") awayUntil = performance.now() + REMEMBER_MS;
        request.elsewhere = headers["x-antipode-gateway"] === "1" && (CARRIED.has(request.method) || performance.now() >= awayUntil);
    });
}
