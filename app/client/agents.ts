import type { Chat, ChatListener } from "./chat";
import type { Turn } from "./turn";

export interface Agent {
    name: string;
    instructions: string;
}

export interface NewAgentSession {
    /** 2 to 8; they speak in this order. */
    agents: Agent[];
    /** How often each one speaks in a step; once where nothing is said. */
    rounds?: number;
    ttlSeconds?: number;
}

/** A session in which several agents speak in turn. Times are ISO 8601. */
export interface AgentSession {
    sessionId: string;
    agents: Agent[];
    rounds: number;
    /** All that was said, oldest first; `agent` is an agent's name, or `user`. */
    transcript: { id: string; agent: string; content: string; at: string }[];
    /** The newest step; `streamId` while it runs: what `resume` takes. */
    step: { id: string; end: string | null; streamId: string | null } | null;
    /** The client's own, as it was saved last. */
    state: Record<string, unknown>;
    revision: number;
    ttlSeconds: number;
    createdAt: string;
    updatedAt: string;
    expiresAt: string;
}

type Send = (method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: object) => Promise<unknown>;
type Follow = (path: string, body: object, idempotencyKey: string | undefined, listener: ChatListener) => Chat;

/** Sessions of several agents. Every method but `step` rejects with a ChatError. */
export class AgentSessions {
    constructor(private readonly send: Send, private readonly follow: Follow) {}

    create(session: NewAgentSession): Promise<AgentSession> {
        return this.send("POST", "/api/agents/sessions", session) as Promise<AgentSession>;
    }

    read(sessionId: string): Promise<AgentSession> {
        return this.send("GET", path(sessionId)) as Promise<AgentSession>;
    }

    /** Sends a message, to which each agent speaks in turn: `speeches(turn)` tells who said what. */
    step(sessionId: string, message: string, listener: ChatListener = {}, idempotencyKey?: string): Chat {
        return this.follow(`${path(sessionId)}/steps`, { message }, idempotencyKey, listener);
    }

    /** Saves the client's own state over the revision that it has seen; revision_conflict where somebody else was faster. */
    save(sessionId: string, revision: number, state: object): Promise<{ revision: number; expiresAt: string }> {
        return this.send("PUT", `${path(sessionId)}/state`, { revision, state }) as Promise<{ revision: number; expiresAt: string }>;
    }

    async end(sessionId: string): Promise<void> {
        await this.send("DELETE", path(sessionId));
    }
}

const path = (sessionId: string) => `/api/agents/sessions/${sessionId}`;

/** Who said what in a step, in order. */
export function speeches({ text, agents }: Turn): { name: string; text: string }[] {
    return agents.map(({ name, at }, index) => ({ name, text: text.slice(at, agents[index + 1]?.at) }));
}
