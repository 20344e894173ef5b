/** A message as both services take it; content is text or a list of parts. */
export interface Message { role: string; content?: string | { type: string; text?: string }[] | null }

const QUOTED_WORDS = 30;
const ASKS_FOR_FIRST = /what (did|have) i (say|said|ask|asked|write|written) first|我(最先|最初|第一次|首先)/iu;
const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/**
 * The stub's answer to a conversation: a paragraph of about 20 to 60 tokens that a test can foresee. It repeats the last
 * question, counts its words and says which question it is; asked what was said first, it tells the first question.
 * Chinese is answered in Chinese.
 */
export function compose(messages: Message[]): string {
    const questions = messages.filter(({ role }) => role === "user").map(textOf);
    const last = questions.at(-1) ?? "";
    const chinese = /\p{Script=Han}/u.test(last);
    if (ASKS_FOR_FIRST.test(last)) {
        const first = quote(questions[0] ?? "");
        return chinese
            ? `你在这次对话里最先说的是：「${first}」。到现在为止，你一共发来了${questions.length}条消息。`
            : `The first thing that you said in this conversation was: "${first}". ` +
                  `With this one you have written ${questions.length} messages to me so far.`;
    }
    const count = countWords(last);
    return chinese
        ? `你说：「${quote(last)}」。这句话有${count}个词，是你在这次对话里的第${questions.length}条消息。还想知道什么，请接着问。`
        : `You said: "${quote(last)}". That makes ${count} ${count === 1 ? "word" : "words"}, and it is message ` +
              `${questions.length} of yours in this conversation. Ask me what you said first, or anything else.`;
}

/** The pieces that an answer is streamed in; joined they are the answer again. A Chinese character is a piece of its own. */
export function tokensOf(text: string): string[] {
    return text.match(/\s*(?:\p{Script=Han}|[^\s\p{Script=Han}]+)|\s+$/gu) ?? [];
}

/** Each segment holds a copy of the whole text, so a long one is counted by its pieces. */
const SEGMENTED_CHARS = 10_000;

/** Words as a reader counts them, Chinese ones too. */
export function countWords(text: string): number {
    if (text.length > SEGMENTED_CHARS) return tokensOf(text.trim()).length;
    return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length;
}

export function textOf({ content }: Message): string {
    if (typeof content === "string") return content;
    return (content ?? []).map(({ text = "" }) => text).join("");
}

function quote(text: string): string {
    const words = tokensOf(text);
    return words.length <= QUOTED_WORDS ? text : `${words.slice(0, QUOTED_WORDS).join("")}…`;
}
