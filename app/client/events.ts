/**
 * What the service sends, as types alone: the client reads by them, and the service may write by them.
 * Events of a turn carry `seq`, which counts from 1 without a gap; events of a connection carry none.
 */

/** What a turn cost, in tokens. `estimated`: the upstream did not tell, as when it was stopped. */
export interface Usage {
    inputTokens: number;
    outputTokens: number;
    reasoningTokens: number;
    estimated?: true;
}

/** How much of the conversation the model was shown: all that is recent, what this instance knows, or nothing. */
export type History = "complete" | "partial" | "unknown";

export interface StartEvent {
    type: "start";
    seq: number;
    streamId: string;
    sessionId: string;
    /** The turn's own id: what the next request of this session gives as `after`. */
    messageId: string;
    provider: string;
    model: string;
    history: History;
    /** The database is away: the turn is kept in this region's journal until it is back. */
    degraded?: true;
}

/** Text of the model's thinking, to append. */
export interface ReasoningEvent {
    type: "reasoning";
    seq: number;
    delta: string;
}

/** Text of the answer, to append. */
export interface DeltaEvent {
    type: "delta";
    seq: number;
    delta: string;
}

/** In a session of several agents: whose words follow. */
export interface AgentEvent {
    type: "agent";
    seq: number;
    name: string;
    index: number;
}

/** The whole text, which replaces what came by deltas: for readers that come late or from elsewhere. */
export interface MessageEvent {
    type: "message";
    seq: number;
    content: string;
    reasoning?: string;
}

/** The end of a turn that is kept. `finishReason`: `stop`, `length`, `stopped` by its user, or another of the model's. */
export interface DoneEvent {
    type: "done";
    seq: number;
    finishReason: string;
    usage: Usage;
    provider: string;
    model: string;
}

/** The end of a turn that failed. `retryable`: the same message sent again may well succeed. */
export interface ErrorEvent {
    type: "error";
    seq: number;
    code: string;
    message: string;
    retryable: boolean;
    /** In a session of several agents: whose turn it was. */
    agent?: string;
}

/** This connection ends, the turn does not: go on by the resume request, after so many milliseconds. */
export interface ReconnectEvent {
    type: "reconnect";
    code: "draining" | "slow_reader";
    message: string;
    afterMs: number;
}

/** This connection ends, for another one of the same user took its place: do not come back by yourself. */
export interface ClosedEvent {
    type: "closed";
    code: "taken_over";
    message: string;
}

export type TurnEvent = StartEvent | ReasoningEvent | DeltaEvent | AgentEvent | MessageEvent | DoneEvent | ErrorEvent;
export type ConnectionEvent = ReconnectEvent | ClosedEvent;
export type ChatEvent = TurnEvent | ConnectionEvent;
