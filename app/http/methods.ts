import type { FastifyInstance } from "fastify";
import { HttpError } from "../errors/errors";

/**
 * Answers a method that an address does not have with 405 and those that it has (RFC 9110, 15.5.6), where Fastify would
 * say that there is no such route. Registered before the routes, for it sees those that come after it.
 */
export function registerMethods(app: FastifyInstance): void {
    const routes: { address: RegExp; methods: string[] }[] = [];
    app.addHook("onRoute", ({ url, method }) => {
        // What serves a folder of files has every address below it, and says by itself what it lacks.
        if (!url.includes("*")) routes.push({ address: addressOf(url), methods: [method].flat() });
    });
    app.addHook("onRequest", async (request, reply) => {
        if (!request.is404) return;
        const path = request.url.split("?", 1)[0]!;
        const methods = new Set(routes.filter(({ address }) => address.test(path)).flatMap(({ methods }) => methods));
        if (methods.size === 0) return;
        void reply.header("Allow", [...methods].sort().join(", "));
        throw new HttpError("method_not_allowed");
    });
}

/** `/api/sessions/:id/messages` as what matches its addresses. */
function addressOf(url: string): RegExp {
    const parts = url.split("/").map((part) => (part.startsWith(":") ? "[^/]+" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    return new RegExp(`^${parts.join("/")}$`);
}
