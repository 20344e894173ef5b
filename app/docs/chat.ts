import { chatBody, chatHeaders } from "../http/parse";
import { eventProse } from "./events";
import type { Operation } from "./operation";

/** Headers of every answer of events. */
export const eventHeaders = { "X-Stream-Id": "Of the turn: for resuming and stopping.", "X-Request-Id": "To name when something went wrong." };

export const chatOperation: Operation = {
    id: "chat",
    tag: "chat",
    summary: "Send a message and read the answer as it is made",
    description: `
Without \`sessionId\` a new session begins; the first event tells its id. What can be refused is refused before the first byte, as JSON.
A client that goes away does not stop its turn, and can read it again by its stream's id. A user's new connection takes the place of his oldest
beyond the limit. \`after\` is the \`messageId\` of the newest turn of the session that the client has seen: where the instance knows none newer, the
answer begins without waiting for the database. The same \`Idempotency-Key\` again gives the same turn, never a second answer; who repeats a
request leaves \`after\` out. While the answer is being given, a repeated request joins it. With another \`message\` or \`sessionId\` the key is refused
with 422 (draft-ietf-httpapi-idempotency-key-header), in each region and for as long as the session is kept. Quotes around a key, as the draft writes
it, are no part of it.

${eventProse}`.trim(),
    body: chatBody,
    headers: chatHeaders,
    answers: {},
    events: { description: "The events of the turn, from the first.", headers: eventHeaders },
    errors: ["session_not_found", "session_full", "idempotency_key_reused", "too_many_chats", "database_unavailable", "too_many_streams", "draining"],
};
