import { measuredOn, type Size } from "../cli/bench/page";
import { ONE_WAY_MS } from "./measures/border";
import { STUTTER_MS } from "./measures/core";
import { type Part, parts } from "./parts";
import type { Plan } from "./plan";

export const titles: Record<Part, string> = {
    relay: "What a relayed token costs",
    core: "Streams that one core carries",
    memory: "What a stream weighs in which nothing happens",
    beginning: "What the first token waits for",
    border: "Round trips before the first token",
};

/** The section of the app in docs/performance.md. */
export function pageOf(tables: Partial<Record<Part, string>>, plan: Plan, size: Size, date: string): string {
    const how = methods(plan);
    return [
        "## app",
        "",
        `${measuredOn(size, date)}, with \`npm run bench -- app\`: the built app as a process of its own, with resume on, a real mongod, and everything that it is compared with in turn. What is measured has the first core to itself; the model service, the load client (both Go) and mongod share the rest. Several rounds: the middle one (lowest–highest).`,
        ...parts.flatMap((part) => ["", `### ${titles[part]}`, "", how[part], "", tables[part] ?? ""]),
    ].join("\n");
}

function methods({ load, idle, rounds, memoryRounds, held, questions, farQuestions }: Plan): Record<Part, string> {
    return {
        relay: `${load.streams} streams of ${load.rate} tokens a second, each token sent at a moment of its own; the process's CPU clock over ${load.windowMs / 1000} s in their middle, divided by the tokens that reached the client. The delay of a token runs from the model's sending to the client's reading; “when idle” is with ${idle.streams} streams. ${rounds} rounds after one that warms up.`,
        core: `On one core the number of streams is raised until the slowest hundredth of the tokens is later than ${STUTTER_MS} ms for two seconds on end. “>”: no end was found, or the instruments came to theirs; “<”: already the first were too many.`,
        memory: `What a process that holds 1,000 streams grows by with ${held} more (PSS, after a collection of garbage, V8's young generation held to 3 MiB), for each; a new process for each figure${memoryRounds > 1 ? `, ${memoryRounds} rounds` : ""}. Memory of the kernel for sockets is left out; a turn that waits has two.`,
        beginning: `${questions} questions a round, one after the other on a kept connection; the middle one, less what the same client measures at the model itself.`,
        border: `The database behind a line of ${ONE_WAY_MS} ms each way, a model that answers at once; ${farQuestions} questions of each kind, the time to the first token less that of the same program beside its database, divided by ${2 * ONE_WAY_MS} ms. Connections to the database are open.`,
    };
}
