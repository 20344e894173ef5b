import type { Usage } from "../upstream/upstream";
import type { Agent, Words } from "./document";

/** An agent's turn within a step. */
export interface Speaker {
    agent: Agent;
    /** Of the agent, from 0. */
    index: number;
    /** Of the turn within its step, from 0. */
    place: number;
}

/** Who speaks at a place: all agents in order, again and again. */
export function speakerAt(agents: Agent[], place: number): Speaker {
    const index = place % agents.length;
    return { agent: agents[index]!, index, place };
}

/** Those who have not spoken yet in a step of so many rounds, in order. */
export function speakersLeft(agents: Agent[], rounds: number, spoken: number): Speaker[] {
    const left = Math.max(0, agents.length * rounds - spoken);
    return Array.from({ length: left }, (_, place) => speakerAt(agents, spoken + place));
}

const NOTHING: Usage = { inputTokens: 0, outputTokens: 0, reasoningTokens: 0 };

/** What a step cost: the sum over its words; estimated as soon as one part of it is. */
export function usageOf(words: Pick<Words, "usage">[]): Usage {
    return words.reduce<Usage>(
        (total, { usage }) => ({
            inputTokens: total.inputTokens + usage.inputTokens,
            outputTokens: total.outputTokens + usage.outputTokens,
            reasoningTokens: total.reasoningTokens + usage.reasoningTokens,
            ...((total.estimated || usage.estimated) && { estimated: true as const }),
        }),
        NOTHING,
    );
}
