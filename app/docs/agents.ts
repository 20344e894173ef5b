import { z } from "zod";
import { createBody, stateBody, stepBody } from "../agents/requests";
import { chatHeaders } from "../http/parse";
import { eventHeaders } from "./chat";
import { eventProse } from "./events";
import type { Operation } from "./operation";

const params = z.object({ id: z.string().meta({ description: "The session." }) });

const agent = z.strictObject({ name: z.string(), instructions: z.string() });
const entry = z.strictObject({
    id: z.uuid().meta({ description: "The step that it belongs to." }),
    agent: z.string().meta({ description: "Who said it: an agent's name, or `user`." }),
    content: z.string(),
    at: z.iso.datetime(),
});
const step = z.strictObject({
    id: z.uuid(),
    end: z.string().nullable().meta({ description: "`done`, `stopped`, `interrupted` (a newer step was begun instead) or the code of the error that ended it." }),
    streamId: z.string().nullable().meta({ description: "While it runs: the stream to join." }),
});

const session = z.strictObject({
    sessionId: z.uuid(),
    agents: z.array(agent),
    rounds: z.number().int(),
    transcript: z.array(entry).meta({ description: "All that was said, oldest first." }),
    step: step.nullable().meta({ description: "The newest step. Without an end and a stream it was interrupted: the same request again goes on with it." }),
    state: z.record(z.string(), z.unknown()).meta({ description: "As the client saved it last; `{}` at first." }),
    revision: z.number().int().meta({ description: "Counts the saves of the state." }),
    ttlSeconds: z.number(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
});

export const createOperation: Operation = {
    id: "createAgentSession",
    tag: "agents",
    summary: "Begin a session of several agents",
    description: "Each agent is told its own instructions and hears what the user and the others say, under their names. A session expires `ttlSeconds` after its last step or save.",
    body: createBody,
    answers: { 201: { description: "The session.", schema: session } },
    errors: ["database_unavailable"],
};

export const readOperation: Operation = {
    id: "readAgentSession",
    tag: "agents",
    summary: "Read a session, to go on with it",
    description: "Everything: who is in it, what was said, the saved state, and whether a step runs. To read it does not make it live longer.",
    params,
    answers: { 200: { description: "The session.", schema: session } },
    errors: ["session_not_found", "database_unavailable"],
};

export const stepOperation: Operation = {
    id: "runAgentStep",
    tag: "agents",
    summary: "Send a message, to which each agent speaks in turn",
    description: `
An event \`agent\` says whose words follow; what the agents said before is shown to the ones after them. Each one's words are kept as they end. One
step of a session runs at a time.

The same \`Idempotency-Key\` again is the same step: its stream from the first event, or, where it was broken off by a crash, the words that were kept
and then the agents that had not spoken. That is a stream of its own, with another id. Where an agent fails, the error names it, the step is over, and
the words until then stay. With another message the key is refused with 422.

${eventProse}`.trim(),
    params,
    headers: chatHeaders,
    body: stepBody,
    answers: {},
    events: { description: "The events of the step, from the first.", headers: eventHeaders },
    errors: ["session_not_found", "session_busy", "session_full", "idempotency_key_reused", "database_unavailable", "too_many_streams", "draining"],
};

export const saveOperation: Operation = {
    id: "saveAgentState",
    tag: "agents",
    summary: "Save the client's own state",
    description: "Nobody but the client looks into it. It is saved only over the revision that the client has seen, so of two clients none undoes the other's work unseen.",
    params,
    body: stateBody,
    answers: {
        200: { description: "It is saved; the next save is over this revision.", schema: z.strictObject({ revision: z.number().int(), expiresAt: z.iso.datetime() }) },
    },
    errors: ["session_not_found", "revision_conflict", "database_unavailable"],
};

export const endOperation: Operation = {
    id: "endAgentSession",
    tag: "agents",
    summary: "End a session",
    description: "All that was said in it is removed, and a step that runs in it ends with the error `session_lost`.",
    params,
    answers: { 204: { description: "It is no more." } },
    errors: ["session_not_found", "database_unavailable"],
};
