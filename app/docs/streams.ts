import { z } from "zod";
import { resumeQuery } from "../http/parse";
import { eventHeaders } from "./chat";
import { eventProse } from "./events";
import type { Operation } from "./operation";

const params = z.object({ streamId: z.string().meta({ description: "`X-Stream-Id`, which the first event repeats." }) });

export const resumeOperation: Operation = {
    id: "resumeStream",
    tag: "chat",
    summary: "Go on reading a turn, or read it again",
    description: `
The events after the last one that the client has, then those that come. A turn that this instance no longer has in memory, or that another one
gave, comes as one \`message\`, which replaces what the client has; one that is still being answered elsewhere comes when it is over there.
\`HEAD\` gives the same status and headers, and takes no reader's place.

${eventProse}`.trim(),
    params,
    query: resumeQuery,
    headers: z.object({ "last-event-id": z.string().optional().meta({ description: "Id of the last event that was read; `starting_after`, its number, says the same." }) }),
    answers: { 204: { description: "Everything was read to the end." } },
    events: { description: "The events that are left.", headers: eventHeaders },
    errors: ["stream_not_found", "database_unavailable", "too_many_streams"],
};

export const stopOperation: Operation = {
    id: "stopStream",
    tag: "chat",
    summary: "Stop a turn",
    description: "What has come of the answer is kept, and the stream ends with `done` and the finish reason `stopped`.",
    params,
    answers: {
        200: {
            description: "It is over; `stopped` is false where it was over before.",
            schema: z.strictObject({ streamId: z.string(), stopped: z.boolean() }),
        },
    },
    errors: ["stream_not_found", "stream_elsewhere", "database_unavailable"],
};
