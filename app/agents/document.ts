import type { Usage } from "../upstream/upstream";

export interface Agent {
    /** One line, and no other agent's: it is put before the agent's words when the others are shown them. */
    name: string;
    instructions: string;
}

/** What one agent said when its turn came; cut off where the step ended then. */
export interface Words {
    content: string;
    at: Date;
    provider: string;
    model: string;
    finishReason: string;
    usage: Usage;
}

/**
 * A user's message and what the agents said to it. They speak in a fixed order, so the number of words that are kept
 * says whose turn it is, also to an instance that takes the step over after a crash.
 */
export interface Step {
    id: string;
    /** The ids of the turns that ran it, so of its streams: the first is the step's own, others took it over. */
    turns: string[];
    message: string;
    at: Date;
    words: Words[];
    /** "done", "stopped", "interrupted" (a newer step was begun instead), or the code of the error that ended it. */
    end?: string;
    endedAt?: Date;
    /** Whose turn it was then. */
    endedIn?: string;
}

/** Who runs a step now. Times are the database's own: two regions' clocks differ. */
export interface Lease {
    step: string;
    /** The newest of the step's turns. */
    turn: string;
    /** Of this very taking: an instance that lost the lease writes nothing any more. */
    nonce: string;
    until: Date;
}

export interface AgentSession {
    /** The same as `sessionId`, so that there is no second one. */
    _id: string;
    sessionId: string;
    userId: string;
    agents: Agent[];
    /** How often each agent speaks in a step. */
    rounds: number;
    steps: Step[];
    /** UTF-8 bytes of all messages and words. */
    bytes: number;
    lease: Lease | null;
    /** JSON text of what the client keeps here. As text it is data alone: no operator, no depth, no other number comes of it. */
    state: string;
    /** Counts the saves of `state`. */
    revision: number;
    ttlSeconds: number;
    createdAt: Date;
    updatedAt: Date;
    expiresAt: Date;
}

/** The user among the speakers; no agent may have this name. */
export const USER = "user";

/** One thing that was said, as clients and models are shown it. */
export interface Entry {
    /** The step that it belongs to. */
    id: string;
    agent: string;
    content: string;
    at: Date;
}

/** All that was said, in order. */
export function transcriptOf(agents: Agent[], steps: Step[]): Entry[] {
    return steps.flatMap(({ id, message, at, words }) => [
        { id, agent: USER, content: message, at },
        ...words.map((said, place) => ({ id, agent: agents[place % agents.length]!.name, content: said.content, at: said.at })),
    ]);
}
