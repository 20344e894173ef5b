import type { ChatMessage } from "./upstream";
import { tokensOf } from "./usage";

/**
 * Tokens that a service adds to each message for its role and its borders: 3, and some models take one more.
 * Source: cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken.
 */
const MESSAGE_TOKENS = 4;

/** An estimate of what a service counts as input. */
export const promptTokens = (messages: readonly ChatMessage[]): number => messages.reduce((sum, { content }) => sum + tokensOf(content) + MESSAGE_TOKENS, 0);

/**
 * The newest messages that have room in so many tokens, in their order. The instructions at the front and the last
 * message are always among them, because without the last one there is no question.
 */
export function newest(messages: readonly ChatMessage[], tokens: number): ChatMessage[] {
    const instructions = messages.filter(({ role }) => role === "system");
    const said = messages.filter(({ role }) => role !== "system");
    let left = tokens - promptTokens([...instructions, ...said.slice(-1)]);
    let first = Math.max(0, said.length - 1);
    while (first > 0 && (left -= promptTokens([said[first - 1]!])) >= 0) first -= 1;
    return [...instructions, ...said.slice(first)];
}

/**
 * The same conversation with alternating roles, as some models demand it ("does not support successive user or
 * assistant messages", DeepSeek's reasoner). Messages in a row become one. Blank ones are left out, and so are
 * answers before the first question.
 */
export function alternating(messages: readonly ChatMessage[]): ChatMessage[] {
    const merged: ChatMessage[] = [];
    for (const { role, content } of messages) {
        const last = merged.at(-1);
        if (content.trim() === "") continue;
        if (last?.role === role) last.content += `\n\n${content}`;
        else if (role !== "assistant" || last?.role === "user") merged.push({ role, content });
    }
    return merged;
}
