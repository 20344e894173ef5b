import { z } from "zod";
import { pageQuery } from "../http/parse";
import type { Operation } from "./operation";

const message = z.looseObject({
    id: z.string().meta({ description: "Of the turn: the same for a question and its answer." }),
    role: z.enum(["user", "assistant"]),
    content: z.string(),
    createdAt: z.iso.datetime(),
});

export const messagesOperation: Operation = {
    id: "listMessages",
    tag: "sessions",
    summary: "Read a conversation",
    description: "Oldest first; without `before` the newest turns. `limit` counts turns, each of which is a question and, once it is there, an answer.",
    params: z.object({ id: z.string().meta({ description: "The session." }) }),
    query: pageQuery,
    answers: {
        200: {
            description: "A page of the conversation.",
            schema: z.strictObject({ sessionId: z.string(), messages: z.array(message) }),
            headers: { Link: 'Where older turns are left: `<?limit=…&before=…>; rel="prev"` (RFC 8288).' },
        },
    },
    errors: ["session_not_found", "database_unavailable"],
};
