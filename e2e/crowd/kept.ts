import type { Turn } from "./turn";

/** A conversation as it lies in the database; an answer lies inside the turn that it answers. */
export interface Kept { _id: string; turns: { id: string; message: string; reply?: string }[] }

/**
 * What is wrong with what was kept of a user's one conversation, in sentences, seen from him: each message whose `start`
 * he saw must be there once, in the order in which he sent them, each answer that he saw to its end word for word. What
 * he saw no `start` of may be there, once and in its place, or not.
 */
export function faultsOf(turns: Turn[], conversations: Kept[]): string[] {
    const faults: string[] = [];
    const kept = conversations.flatMap((conversation) => conversation.turns);
    for (const { message, messageId, started, end, text } of turns) {
        const found = kept.filter((one) => one.message === message);
        if (found.length > 1) faults.push(`"${message}" is there ${found.length} times`);
        if (found.length === 0 && started) faults.push(`"${message}" is lost`);
        if (found.length !== 1) continue;
        if (started && found[0]!.id !== messageId) faults.push(`"${message}" has another id`);
        if (end === "done" && found[0]!.reply !== text) faults.push(`the answer to "${message}" is ${JSON.stringify(found[0]!.reply ?? "")} instead of ${JSON.stringify(text)}`);
    }
    const order = kept.map(({ message }) => turns.findIndex((turn) => turn.message === message));
    if (order.includes(-1)) faults.push(`"${kept[order.indexOf(-1)]!.message}" was never sent`);
    if (order.some((place, index) => place < (order[index - 1] ?? 0))) faults.push(`out of order: ${order.join(" ")}`);
    if (conversations.length > 1) faults.push(`there are ${conversations.length} conversations`);
    return faults;
}
