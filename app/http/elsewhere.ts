import type { FastifyRequest } from "fastify";

/** How long a peer that was not reached is not tried again: each attempt over a border that drops packets costs seconds. */
const REMEMBER_MS = 10_000;

/**
 * Whether another region can be asked in place of this one. A gateway that has a peer says so; it comes back with the
 * second header where the peer could not be reached.
 */
export class Elsewhere {
    private awayUntil = 0;

    canTake({ headers }: Pick<FastifyRequest, "headers">): boolean {
        if (headers["x-antipode-elsewhere"] === "failed") this.awayUntil = performance.now() + REMEMBER_MS;
        return headers["x-antipode-gateway"] === "1" && performance.now() >= this.awayUntil;
    }
}
