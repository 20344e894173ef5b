import { streamIdOf } from "../sse/frame";
import { transcriptOf, type AgentSession, type Entry } from "./document";

/** A session as its user is shown it: all that is needed to go on with it. */
export interface SessionView extends Pick<AgentSession, "sessionId" | "agents" | "rounds" | "revision" | "ttlSeconds" | "createdAt" | "updatedAt" | "expiresAt"> {
    transcript: Entry[];
    /** The newest step. It runs while it has a stream; without that and without an end it was interrupted: its request, repeated, goes on with it. */
    step: { id: string; end: string | null; streamId: string | null } | null;
    state: Record<string, unknown>;
}

export function viewOf(session: AgentSession): SessionView {
    const { sessionId, agents, rounds, revision, ttlSeconds, createdAt, updatedAt, expiresAt, steps, lease, state } = session;
    const newest = steps.at(-1);
    // By this machine's clock, not the database's: it is shown, nothing is decided by it.
    const runs = lease !== null && lease.until.getTime() > Date.now();
    const step = newest ? { id: newest.id, end: newest.end ?? null, streamId: runs ? streamIdOf(lease.turn) : null } : null;
    return { sessionId, agents, rounds, transcript: transcriptOf(agents, steps), step, state: JSON.parse(state), revision, ttlSeconds, createdAt, updatedAt, expiresAt };
}
