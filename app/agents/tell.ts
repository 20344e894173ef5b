import { asStreamErrorCode, type StreamErrorCode } from "../errors/errors";
import type { TurnLog } from "../turn/log";
import type { Agent, Step } from "./document";
import { speakerAt, usageOf } from "./plan";

/** A model that was to answer: who, where nobody has. */
export interface Model {
    provider: string;
    model: string;
}

/** Writes what is kept of a step as if it came now: whose turn it was, and all that was said in it at once. */
export function tellWords(log: TurnLog, agents: Agent[], { words }: Step): void {
    for (const [place, { content }] of words.entries()) {
        const { agent, index } = speakerAt(agents, place);
        log.append("agent", { name: agent.name, index });
        if (content !== "") log.text("delta", content);
    }
}

/** Writes the terminal event of a step. One that has no end and that nobody runs is lost; its request, repeated, goes on with it. */
export function tellEnd(log: TurnLog, { words, end, endedIn }: Step, { provider, model }: Model): void {
    if (end === "done" || end === "stopped") {
        const last = words.at(-1);
        const finishReason = end === "stopped" ? end : (last?.finishReason ?? "stop");
        log.append("done", { finishReason, usage: usageOf(words), provider: last?.provider ?? provider, model: last?.model ?? model });
        return;
    }
    tellError(log, asStreamErrorCode(end) ?? "turn_lost", endedIn);
}

/** Writes a step that is over for a reader who may have seen a part of it: an empty text replaces that, and all comes again. */
export function tellLate(log: TurnLog, agents: Agent[], step: Step, model: Model): void {
    log.append("message", { content: "" });
    tellWords(log, agents, step);
    tellEnd(log, step, model);
}

/** @param agent whose turn it was */
export function tellError(log: TurnLog, code: StreamErrorCode, agent: string | undefined): void {
    log.fail(code, agent === undefined ? {} : { agent });
}
