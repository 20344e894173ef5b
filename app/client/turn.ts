import type { ChatEvent, History, Usage } from "./events";

/** Why a turn failed. `status` where it was refused before it began; `retryable`: the same message may well succeed. */
export interface Failure {
    code: string;
    message: string;
    retryable: boolean;
    status?: number;
}

/**
 * - `waiting`: asked, nothing heard yet · `running`
 * - `done`: over and kept · `failed`: over, see `error`
 * - `closed`: another connection of this user took this one's place; the turn goes on
 * - `left`: this client left; the turn goes on
 */
export type TurnState = "waiting" | "running" | "done" | "failed" | "closed" | "left";

/** All that is known of one turn. Never changed: each event gives a new one. */
export interface Turn {
    readonly state: TurnState;
    readonly text: string;
    readonly reasoning: string;
    /** Of several agents: who speaks from which position of the text on. */
    readonly agents: readonly { name: string; index: number; at: number }[];
    readonly streamId?: string;
    readonly sessionId?: string;
    readonly messageId?: string;
    readonly provider?: string;
    readonly model?: string;
    readonly history?: History;
    readonly degraded?: true;
    readonly finishReason?: string;
    readonly usage?: Usage;
    readonly error?: Failure;
    /** Of the last event that was applied; 0 before the first. */
    readonly lastSeq: number;
}

export const noTurn: Turn = { state: "waiting", text: "", reasoning: "", agents: [], lastSeq: 0 };

/** What resuming begins after. */
export const lastId = (turn: Turn): string | undefined => (turn.streamId && turn.lastSeq > 0 ? `${turn.streamId}.${turn.lastSeq}` : undefined);

export const isOver = ({ state }: Turn): boolean => state === "done" || state === "failed";

/** Is there an event missing between what is known and this one? */
export const isGap = (turn: Turn, event: ChatEvent): boolean => "seq" in event && event.seq > turn.lastSeq + 1;

/** A turn after an event; the very same turn after an event that it knows already. */
export function apply(turn: Turn, event: ChatEvent): Turn {
    if (!("seq" in event)) return event.type === "closed" ? { ...turn, state: "closed" } : turn;
    if (event.seq <= turn.lastSeq || isOver(turn)) return turn;
    return { ...turn, state: "running", ...change(turn, event), lastSeq: event.seq };
}

function change(turn: Turn, event: ChatEvent): Partial<Turn> {
    switch (event.type) {
        case "start": {
            const { type, seq, ...known } = event;
            return known;
        }
        case "delta":
            return { text: turn.text + event.delta };
        case "reasoning":
            return { reasoning: turn.reasoning + event.delta };
        case "agent":
            return { agents: [...turn.agents, { name: event.name, index: event.index, at: turn.text.length }] };
        case "message":
            return { text: event.content, reasoning: event.reasoning ?? "", agents: [] };
        case "done": {
            const { finishReason, usage, provider, model } = event;
            return { state: "done", finishReason, usage, provider, model };
        }
        case "error": {
            const { code, message, retryable } = event;
            return { state: "failed", error: { code, message, retryable } };
        }
        default:
            // A kind of event that is newer than this client.
            return {};
    }
}
