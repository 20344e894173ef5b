import type { FastifyInstance } from "fastify";
import { authenticate } from "../auth/token";
import { messagesOperation } from "../docs/sessions";
import type { Service } from "../service";
import { pageQuery, parse } from "./parse";

/**
 * `GET /api/sessions/:id/messages?limit=50&before=…` → `{sessionId, messages: [{id, role, content, createdAt}]}`, oldest
 * first. Where older ones are left, the header `Link: <?limit=…&before=…>; rel="prev"` (RFC 8288) leads to them.
 */
export function registerSessions(app: FastifyInstance, service: Service): void {
    app.get<{ Params: { id: string } }>("/api/sessions/:id/messages", { onRequest: authenticate, config: { operation: messagesOperation } }, async (request, reply) => {
        const page = parse(pageQuery, request.query);
        service.database.require();
        const { id } = request.params;
        const { messages, first } = await service.sessions.store.messages(request.user.sub, id, page);
        if (first > 0) void reply.header("Link", `<?limit=${page.limit}&before=${first}>; rel="prev"`);
        return { sessionId: id, messages };
    });
}
