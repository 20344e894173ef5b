import type { StreamErrorCode } from "../errors/errors";
import type { ChatMessage, Usage } from "../upstream/upstream";

/** How a turn ended. */
export interface TurnEnd {
    reply: string;
    /** "done", or the code of the error that ended it. */
    end: string;
    endedAt: Date;
    finishReason?: string;
    usage?: Usage;
    provider?: string;
    model?: string;
}

/**
 * One exchange. A reply lies inside the turn that it answers, so two turns that run at once (in two regions, say)
 * cannot mix up their order, and writing an end twice does nothing the second time.
 */
export interface Turn extends Partial<TurnEnd> {
    id: string;
    message: string;
    at: Date;
}

export interface Conversation {
    _id: string;
    userId: string;
    turns: Turn[];
    /** UTF-8 bytes of all texts: a MongoDB document holds 16 MB. */
    bytes: number;
    createdAt: Date;
    updatedAt: Date;
}

export interface StoredMessage extends ChatMessage {
    /** The turn's, the same for the question and its reply. */
    id: string;
    createdAt: Date;
}

/** The messages of a conversation, oldest first; a turn that has no text of a reply yet is its question alone. */
export function messagesOf(turns: Turn[]): StoredMessage[] {
    return turns.flatMap(({ id, message, at, reply, endedAt }) => {
        const question: StoredMessage = { id, role: "user", content: message, createdAt: at };
        return reply ? [question, { id, role: "assistant" as const, content: reply, createdAt: endedAt ?? at }] : [question];
    });
}

/** Ends by which a service judged the message itself: it would refuse each later question for the same message. */
const JUDGED: ReadonlySet<string | undefined> = new Set<StreamErrorCode>(["content_refused", "question_too_long"]);

/** What the model is shown, without what only we need. */
export function contextOf(turns: Turn[]): ChatMessage[] {
    return messagesOf(turns.filter(({ end }) => !JUDGED.has(end))).map(({ role, content }) => ({ role, content }));
}
