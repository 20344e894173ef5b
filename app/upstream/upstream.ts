/** A message of a conversation, as the OpenAI-style services take it. */
export interface ChatMessage {
    role: "user" | "assistant";
    content: string;
}

/** Tokens, as the service counted them. */
export interface Usage {
    inputTokens: number;
    outputTokens: number;
    reasoningTokens: number;
}

/** One step of an answer. A complete answer has exactly one `finish`, and at most one `usage`. */
export type Piece =
    | { type: "delta"; text: string }
    | { type: "reasoning"; text: string }
    | { type: "finish"; reason: string }
    | { type: "usage"; usage: Usage };

/** A model service. */
export interface Upstream {
    readonly provider: string;
    readonly model: string;
    /**
     * Streams an answer.
     * @param signal ends the request; the iteration then throws the signal's reason
     * @throws StreamError with an `upstream_…` code or `content_refused`
     */
    answer(messages: ChatMessage[], requestId: string, signal: AbortSignal): AsyncIterable<Piece>;
    close(): Promise<void>;
}
