import type { FastifyInstance } from "fastify";
import { authenticate } from "../auth/token";
import type { Service } from "../service";

/** `GET /api/sessions/:id/messages` → `{sessionId, messages: [{role, content, createdAt}]}`, oldest first. */
export function registerSessions(app: FastifyInstance, service: Service): void {
    app.get<{ Params: { id: string } }>("/api/sessions/:id/messages", { onRequest: authenticate }, async (request) => {
        service.database.require();
        const { id } = request.params;
        return { sessionId: id, messages: await service.sessions.messages(request.user.sub, id) };
    });
}
