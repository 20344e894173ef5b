import type { z } from "zod";
import type { HttpErrorCode } from "../errors/errors";

/** One way in which an operation succeeds. Without a schema it has no body. */
export interface Answer {
    description: string;
    schema?: z.ZodType;
    headers?: Record<string, string>;
}

/**
 * What a reader has to know of one operation. It lies in the route's own options, `config: { operation }`, so that a
 * route and its page in the document come and go together:
 *
 *     app.post("/api/auth/login", { config: { operation: loginOperation } }, async (request) => …)
 *
 * The schemas are those that `parse` checks with; Fastify is not told of them and checks nothing by itself. What follows
 * from the route is not said again: a route behind `authenticate` needs a token and may answer 401, one with a body may
 * answer that the body is wrong (`document.ts`).
 */
export interface Operation {
    /** A name that is the operation's own: a verb and what it is about. */
    id: string;
    tag: Tag;
    summary: string;
    /** Markdown. */
    description?: string;
    params?: z.ZodObject;
    query?: z.ZodObject;
    headers?: z.ZodObject;
    body?: z.ZodType;
    /** By status. */
    answers: Record<number, Answer>;
    /** An answer of server-sent events, with status 200. */
    events?: Answer;
    /** What it refuses with, besides what follows from the route. */
    errors: readonly HttpErrorCode[];
}

/** The chapters of the document. */
export const tags = {
    login: "Who the user is.",
    chat: "Turns: ask, read on after a cut, stop.",
    sessions: "What was said.",
    agents: "Sessions in which several agents speak in turn.",
    health: "For whoever watches over the service.",
} as const;

export type Tag = keyof typeof tags;

declare module "fastify" {
    interface FastifyContextConfig {
        /** `"hidden"`: a route that is no part of the interface, such as a file of the page. */
        operation?: Operation | "hidden";
    }
}
