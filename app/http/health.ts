import type { FastifyInstance } from "fastify";
import { aliveOperation, healthOperation } from "../docs/health";
import type { Service } from "../service";

/**
 * `/health`: the process lives. `/api/health`: this instance should get traffic. Both answer at once, whatever the
 * database does. Without it the service goes on as long as its journal has room: `degraded`.
 */
export function registerHealth(app: FastifyInstance, service: Service): void {
    app.get("/health", { config: { operation: aliveOperation } }, () => ({ status: "ok", message: "The service is running." }));

    app.get("/api/health", { config: { operation: healthOperation } }, (_request, reply) => {
        const database = service.database.ok;
        const healthy = (database || (service.database.tried && service.journal.hasRoom)) && !service.draining;
        return reply.code(healthy ? 200 : 503).header("Cache-Control", "no-store").send({
            status: healthy ? "healthy" : "unhealthy",
            degraded: !database,
            region: service.settings.REGION.toUpperCase(),
            version: service.version,
            timestamp: new Date().toISOString(),
            database: database ? "ok" : "error",
            sse: { activeGlobal: service.connections.activeGlobal, maxGlobal: service.connections.maxGlobal },
            journal: service.journal.stats,
        });
    });
}
