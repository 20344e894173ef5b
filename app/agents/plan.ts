import type { Usage } from "../upstream/upstream";
import type { Agent, Words } from "./document";

/** An agent's turn within a step. */
export interface Speaker {
    agent: Agent;
    /** Of the agent, from 0. */
    index: number;
    /** From 1. */
    round: number;
    /** Of the turn within its step, from 0. */
    place: number;
}

/** Every turn of a step: all agents in order, as often as there are rounds. */
export function speakersOf(agents: Agent[], rounds: number): Speaker[] {
    return Array.from({ length: agents.length * rounds }, (_, place) => {
        const index = place % agents.length;
        return { agent: agents[index]!, index, round: Math.floor(place / agents.length) + 1, place };
    });
}

/** What a step cost: the sum over its words; estimated as soon as one part of it is. Undefined when nothing is known. */
export function usageOf(words: Pick<Words, "usage">[]): Usage | undefined {
    const known = words.flatMap(({ usage }) => usage ?? []);
    if (known.length === 0) return undefined;
    const sum = (of: (usage: Usage) => number) => known.reduce((total, usage) => total + of(usage), 0);
    return {
        inputTokens: sum(({ inputTokens }) => inputTokens),
        outputTokens: sum(({ outputTokens }) => outputTokens),
        reasoningTokens: sum(({ reasoningTokens }) => reasoningTokens),
        ...(known.some(({ estimated }) => estimated) && { estimated: true as const }),
    };
}
