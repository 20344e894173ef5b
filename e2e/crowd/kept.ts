import type { Turn } from "./turn";

/** A message as the service gives it back; a turn's question and answer have the same id. */
export interface Message { id: string; role: string; content: string }

/**
 * What is wrong with a kept conversation, in sentences, seen from the user who held it: each message whose `start` he saw
 * must be there once and in the order in which he sent them, each answer that he saw to its end once, behind its message
 * and word for word. What he saw no `start` of may be there, once, in its place, or not.
 */
export function faultsOf(turns: Turn[], kept: Message[]): string[] {
    const faults: string[] = [];
    const questions = kept.filter(({ role }) => role === "user").map(({ content }) => content);
    const answers = new Map<string, string[]>();
    for (const { id, role, content } of kept) if (role === "assistant") answers.set(id, [...(answers.get(id) ?? []), content]);

    for (const { message, messageId, started, end, text } of turns) {
        const times = questions.filter((content) => content === message).length;
        if (times > 1) faults.push(`"${message}" is there ${times} times`);
        if (times === 0 && started) faults.push(`"${message}" is lost`);
        const given = answers.get(messageId ?? "") ?? [];
        if (given.length > 1) faults.push(`the answer to "${message}" is there ${given.length} times`);
        if (end === "done" && given.length === 0) faults.push(`the answer to "${message}" is lost`);
        if (end === "done" && given.length === 1 && given[0] !== text) faults.push(`the answer to "${message}" is another: ${JSON.stringify(given[0])} instead of ${JSON.stringify(text)}`);
    }
    const sent = turns.map(({ message }) => message);
    for (const stranger of questions.filter((content) => !sent.includes(content))) faults.push(`"${stranger}" was never sent`);
    const order = questions.map((content) => sent.indexOf(content)).filter((place) => place >= 0);
    if (order.some((place, index) => index > 0 && place < order[index - 1]!)) faults.push(`out of order: ${order.join(" ")}`);
    kept.forEach(({ role, id }, index) => {
        if (role === "assistant" && (kept[index - 1]?.role !== "user" || kept[index - 1]?.id !== id)) faults.push(`an answer stands alone at ${index}`);
    });
    return faults;
}
