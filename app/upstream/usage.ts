import type { ChatMessage, Usage } from "./upstream";

/** Tokens a character; source: api-docs.deepseek.com/quick_start/token_usage, "1 English character ≈ 0.3 token, 1 Chinese character ≈ 0.6 token". */
const LATIN = 0.3;
const CHINESE = 0.6;
/** First code point of the blocks of Chinese, Japanese and Korean (CJK Radicals Supplement). What is above counts as Chinese, emoji too. */
const FIRST_CJK = 0x2e80;

/**
 * What an answer cost, as far as its text tells: for one that was stopped or broke off, whose usage the service did not
 * tell. Text that grows never costs less. No words of a chat template are counted.
 * @param messages what was asked
 * @param text what came of the answer
 * @param reasoning what came of the thoughts; the service counts them as output
 */
export function estimateUsage(messages: readonly ChatMessage[], text: string, reasoning: string): Usage {
    const reasoningTokens = Math.ceil(tokensOf(reasoning));
    return {
        inputTokens: Math.ceil(messages.reduce((sum, { content }) => sum + tokensOf(content), 0)),
        outputTokens: Math.ceil(tokensOf(text)) + reasoningTokens,
        reasoningTokens,
        estimated: true,
    };
}

/** An estimate of what a service counts for a text; not a whole number. */
export function tokensOf(text: string): number {
    let chinese = 0;
    let characters = 0;
    for (const character of text) {
        characters += 1;
        if (character.codePointAt(0)! >= FIRST_CJK) chinese += 1;
    }
    return chinese * CHINESE + (characters - chinese) * LATIN;
}
