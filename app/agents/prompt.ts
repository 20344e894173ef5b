import { alternating } from "../upstream/conversation";
import type { ChatMessage } from "../upstream/upstream";
import { USER, type Agent, type Entry } from "./document";

/** UTF-16 units of the conversation that an agent is shown at most: some 30,000 tokens of English, more of Chinese. */
export const CONTEXT_CHARS = 100_000;

/**
 * The conversation as one agent sees it: what it is told to be, its own words as `assistant`, everybody else's as `user`
 * with the name of who spoke. Roles alternate, and the first and last are a `user`.
 * @param said all that was said, oldest first; the oldest is left out where it is too much
 */
export function promptFor(agent: Agent, agents: Agent[], said: Entry[]): ChatMessage[] {
    const messages = alternating(
        recent(said).map((entry): ChatMessage => {
            const mine = entry.agent === agent.name;
            return mine ? { role: "assistant", content: entry.content } : { role: "user", content: `${entry.agent}: ${entry.content}` };
        }),
    );
    if (messages.at(-1)?.role === "assistant") messages.push({ role: "user", content: "Go on." });
    return [{ role: "system", content: `${agent.instructions}\n\n${setting(agent, agents)}` }, ...messages];
}

/** Models that see several speakers like to write the next one's lines as well. */
function setting(agent: Agent, agents: Agent[]): string {
    const others = agents.filter(({ name }) => name !== agent.name).map(({ name }) => name);
    return (
        `You are ${agent.name}. You talk with ${[USER, ...others].join(", ")}; what they say begins with their name. ` +
        `Speak as ${agent.name} alone, once, without a name in front.`
    );
}

/** The newest entries within the limit, without those that say nothing; the user's last message is always among them. */
function recent(said: Entry[]): Entry[] {
    const asked = said.findLastIndex(({ agent }) => agent === USER);
    const shown: Entry[] = [];
    let left = CONTEXT_CHARS;
    for (let at = said.length - 1; at >= 0 && left >= 0; at -= 1) {
        const entry = said[at]!;
        left -= entry.content.length;
        if (left < 0 && at >= asked) shown.push(said[asked]!);
        else if (left >= 0 && entry.content.trim() !== "") shown.push(entry);
    }
    return shown.reverse();
}
