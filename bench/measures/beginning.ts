import type { Step } from "../../cli/progress";
import { Fault } from "../../errors/fault";
import type { Client, Request, Turned } from "../client";
import { chosen, type Plan } from "../plan";
import { figures, median, type Round } from "../statistics";
import { question, relays, started, type Running } from "../subjects";
import { table, told } from "../table";
import type { World } from "../world";

/** An answer that is over soon: some tokens, a thousand a second. */
const short = { rate: 1000, tokens: 3 };

/** The next question, by the answer to the last one. */
export type Next = (last: Turned | undefined, n: number) => Request;

/** Each question begins a session of its own. */
export const anew = (running: Running): Next => () => ({ ...question(running, short.rate, short.tokens), user: "bench" });

/** Each question goes on with one session and says which message it saw last, as the app's client does. */
export const goingOn = (running: Running): Next => (last) => ({
    ...question(running, short.rate, short.tokens, last && { sessionId: last.sessionId, after: last.messageId }),
    user: "bench",
});

/** Each question goes on with a session of this list. */
export const returning = (running: Running, sessions: string[]): Next => (_last, n) => ({
    ...question(running, short.rate, short.tokens, { sessionId: sessions[n] }),
    user: "bench",
});

/** Asks one question after the other, each when the last answer is over. Milliseconds to the first token, the middle of all but the first. */
export async function firstToken(client: Client, questions: number, next: Next): Promise<number> {
    const ms: number[] = [];
    let last: Turned | undefined;
    for (let n = 0; n <= questions; n += 1) {
        last = await client.turn(next(last, n));
        if (last.complaint) throw new Fault("BENCH_PROGRAM_FAILED", { name: "first token", what: "an answer was not whole", log: last.complaint });
        if (n > 0) ms.push(last.firstTokenMs);
    }
    return median(ms);
}

const ways: { key: string; name: string; of: string; next: (running: Running) => Next }[] = [
    { key: "app-warm", name: "**the app**, a session that it knows", of: "app", next: goingOn },
    { key: "app", name: "**the app**, a new session: one round trip to a database on the same machine", of: "app", next: anew },
    ...relays.filter(({ key }) => !key.startsWith("app")).map(({ key, name }) => ({ key, name, of: key, next: anew })),
];

/** Milliseconds to the first token beyond what the model itself takes, in rounds. */
export async function measureBeginning(world: World, plan: Plan, step: Step): Promise<Round[]> {
    const mine = chosen(plan, ways);
    const all = await started(world, relays.filter(({ key }) => mine.some(({ of }) => of === key)));
    const direct: Request = { ...question(all[0]!, short.rate, short.tokens), port: world.model.port };
    const rounds: Round[] = [];
    for (let n = 0; n <= plan.rounds; n += 1) {
        const bare = await firstToken(world.client, plan.questions, () => direct);
        const round: Round = {};
        for (const { key, of, next } of mine) {
            step.note(`${n === 0 ? "warming up" : `round ${n} of ${plan.rounds}`}, ${key}`);
            round[key] = (await firstToken(world.client, plan.questions, next(all.find(({ subject }) => subject.key === of)!))) - bare;
        }
        if (n > 0) rounds.push(round);
    }
    for (const { program } of all) await program.stop();
    return rounds;
}

export function beginningTable(rounds: Round[]): string {
    return table(["relay", "ms to the first token, beyond the model's own"], ways.filter(({ key }) => rounds.some((round) => key in round)).map(({ key, name }) => [name, told(figures(rounds, key))]));
}
