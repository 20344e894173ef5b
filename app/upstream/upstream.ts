/** A message of a conversation, as the OpenAI-style services take it. */
export interface ChatMessage {
    role: "system" | "user" | "assistant";
    content: string;
}

/** Tokens, as the service counted them, or as we guess them (`estimated`) for an answer that did not reach its end. */
export interface Usage {
    inputTokens: number;
    outputTokens: number;
    reasoningTokens: number;
    estimated?: true;
}

/** Text to show: `delta` is the answer, `reasoning` what the model thinks on the way to it. Never empty. */
export interface Piece {
    type: "delta" | "reasoning";
    text: string;
}

export interface Ask {
    messages: ChatMessage[];
    /** Sent along, so that the service's own support can find the request. */
    requestId: string;
    /** Ends the request; `answer` then rejects with the signal's reason. */
    signal: AbortSignal;
    /**
     * Told of text as it comes; what came together in one packet is told in a row, synchronously. What it throws ends
     * the request, and `answer` rejects with that.
     */
    onPiece: (piece: Piece) => void;
    /** Told who is asked, and with which messages, before the request: an answer may not reach its end. */
    onService?: (service: { provider: string; model: string; messages: ChatMessage[] }) => void;
}

/** The end of a complete answer. */
export interface Answer {
    /** Who gave it. */
    provider: string;
    model: string;
    finishReason: string;
    /** Undefined when the service did not tell in time. */
    usage: Usage | undefined;
}

/** A model service, or several behind one another. */
export interface Upstream {
    /** Who is asked first. */
    readonly provider: string;
    readonly model: string;
    /**
     * Asks for an answer and tells its text piece by piece.
     * @throws StreamError with an `upstream_…` code or `content_refused`, or the signal's reason; pieces may have been told by then
     */
    answer(ask: Ask): Promise<Answer>;
    close(): Promise<void>;
}
