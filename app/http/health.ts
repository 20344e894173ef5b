import type { FastifyInstance } from "fastify";
import { aliveOperation, healthOperation } from "../docs/health";
import type { Service } from "../service";

/**
 * `/health`: the process lives. `/api/health`: this instance should get traffic. Both answer at once, whatever the
 * database does.
 */
export function registerHealth(app: FastifyInstance, service: Service): void {
    app.get("/health", { config: { operation: aliveOperation } }, () => ({ status: "ok", message: "The service is running." }));

    app.get("/api/health", { config: { operation: healthOperation } }, (_request, reply) => {
        const database = service.database.ok;
        const healthy = database && !service.draining;
        return reply.code(healthy ? 200 : 503).header("Cache-Control", "no-store").send({
            status: healthy ? "healthy" : "unhealthy",
            region: service.settings.REGION.toUpperCase(),
            version: service.version,
            timestamp: new Date().toISOString(),
            database: database ? "ok" : "error",
            sse: { activeGlobal: service.streams.activeGlobal, maxGlobal: service.streams.maxGlobal },
        });
    });
}
