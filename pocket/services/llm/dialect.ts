/** What stays the same through one answer. */
export interface Call { id: string; created: number; model: string }

export interface Usage { prompt: number; completion: number; reasoning: number }

/** One step of an answer, before a service puts it into its own words; with what was used, where it is to tell that. */
export type Step = { usage?: Usage } & (
    | { kind: "begin" }
    | { kind: "reasoning"; text: string; nullContent: boolean }
    | { kind: "content"; text: string }
    | { kind: "finish"; reason: FinishReason }
    | { kind: "usage" }
);

export type FinishReason = "stop" | "length" | "content_filter";

export interface Refusal { status: number; headers?: Record<string, string>; body: unknown }

/** What a client may set of an answer; everything else in its request is left aside. */
export interface ChatRequest {
    model?: unknown;
    messages?: unknown;
    stream?: boolean;
    stream_options?: { include_usage?: boolean; chunk_include_usage?: boolean };
    /** Of the answer alone. */
    max_tokens?: number;
    /** Of thinking and answer together. */
    max_completion_tokens?: number;
    thinking?: { type?: string };
}

/** A service's way of saying things. */
export interface Dialect {
    provider: "ark" | "deepseek";
    paths: string[];
    /** The headers of every answer, with the request's id. */
    headers(id: string): Record<string, string>;
    newId(nowMs: number): string;
    /** The name in the answer; undefined when there is no such model. */
    model(asked: string): string | undefined;
    /** Whether the model thinks unless told otherwise. */
    thinks: boolean;
    /** Whether the stream begins with a chunk that only tells the role. */
    opens: boolean;
    /** Where usage stands: on the finish chunk or on one of its own. */
    usagePlace: "last" | "separate";
    chunk(step: Step, call: Call, includeUsage: boolean): unknown;
    whole(text: string, reasoning: string | undefined, reason: FinishReason, usage: Usage, call: Call): unknown;
    /** Whether a refusal has this code. */
    knows(code: string): boolean;
    refuse(code: string, details: { id: string; key?: string; model?: string; param?: string; tokens?: number }): Refusal;
    /** The longest prompt. */
    contextTokens: number;
    codes: { badKey: string; noKey: string; noModel: string; badBody: string; tooLong: string };
    /** Refusals that a model or a key brings about by its name. */
    magic: Record<string, string>;
}
