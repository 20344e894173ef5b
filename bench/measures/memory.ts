import type { Step } from "../../cli/progress";
import { allAnswered, type Client, type Request } from "../client";
import { chosen, type Plan } from "../plan";
import { figures, ratios, type Round } from "../statistics";
import { app, go, joining, many, nodeHttp, peer, question, silence, type Running, type Subject } from "../subjects";
import { aim, table, told } from "../table";
import type { World } from "../world";

/** A kind of stream in which nothing happens, of somebody; `most` where they are so heavy that fewer tell as much. */
interface Held { key: string; name: string; subject: Subject; peer: string; most?: number; opening: (client: Client, running: Running) => Promise<Request> }

/** Held before the first look: what a program had free from its start is in use by then. */
const FIRST = 1_000;
/** V8's young generation takes up to 48 MiB, as it sees fit at the moment of a look: as much as 5,000 streams. Here it takes 3. */
const YOUNG = { NODE_OPTIONS: "--max-semi-space-size=1" };
const LATE_MS = 20_000;
const PER_SECOND = 2_000;
const AIM = 1;
const KIB = 1024;

const silent = async (_client: Client, running: Running) => silence(running);
const waiting = async (_client: Client, running: Running) => question(running, 0, 0);

/** Many readers of one turn that waits for its model: each is a connection and nothing else. */
async function reading(client: Client, running: Running): Promise<Request> {
    const one = question(running, 0, 0);
    await client.open("read", many({ ...one, user: "bench" }, 1, 1));
    const { streamId } = allAnswered(running.program, await client.until("read", LATE_MS, ({ answered }) => answered === 1), 1);
    return joining(running, streamId);
}

const connection = "a connection that waits for events";
const turn = "a turn that waits for its model";

export const holders: Held[] = [
    { key: "reader", name: `**the app**: ${connection}`, subject: app("app", "the app"), peer: "http", opening: reading },
    { key: "http", name: `\`node:http\`: ${connection}`, subject: nodeHttp, peer: "http", opening: silent },
    { key: "fastify-sse", name: `\`@fastify/sse\`: ${connection}`, subject: peer("fastify-sse", "@fastify/sse"), peer: "http", opening: silent },
    { key: "better-sse", name: `\`better-sse\`: ${connection}`, subject: peer("better-sse", "better-sse"), peer: "http", opening: silent },
    { key: "go", name: `Go: ${connection}`, subject: go, peer: "http", opening: silent },
    { key: "turn", name: `**the app**: ${turn}`, subject: app("app", "the app"), peer: "http-turn", opening: waiting },
    { key: "http-turn", name: `\`node:http\` and undici: ${turn}`, subject: nodeHttp, peer: "http-turn", opening: waiting },
    { key: "openai-turn", name: `\`openai\` SDK: ${turn}`, subject: peer("openai", "openai SDK"), peer: "http-turn", most: 2_000, opening: waiting },
    { key: "ai-turn", name: `\`ai\` SDK: ${turn}`, subject: peer("ai", "ai SDK"), peer: "http-turn", most: 1_000, opening: waiting },
    { key: "go-turn", name: `Go: ${turn}`, subject: go, peer: "http-turn", opening: waiting },
];

/** Bytes of a stream, in rounds; a program that has just started for each figure. */
export async function measureMemory(world: World, plan: Plan, step: Step): Promise<Round[]> {
    const rounds: Round[] = [];
    for (let n = 1; n <= plan.memoryRounds; n += 1) {
        const round: Round = {};
        for (const { key, subject, opening, most = Infinity } of chosen(plan, holders)) {
            step.note(`round ${n} of ${plan.memoryRounds}, ${key}`);
            const running = await subject.start(world, YOUNG);
            round[key] = await hold(world.client, running, await opening(world.client, running), Math.min(most, plan.held));
            await world.client.close("read");
            await running.program.stop();
        }
        rounds.push(round);
    }
    return rounds;
}

/**
 * What the process grows by while it holds so many streams more, each, when it holds some already. Buffers of the
 * kernel are no part of it.
 */
async function hold(client: Client, running: Running, request: Request, streams: number): Promise<number> {
    const open = async (group: string, count: number): Promise<void> => {
        await client.open(group, { ...many(request, count, PER_SECOND), user: request.user.replace("{n}", `${group}-{n}`) });
        allAnswered(running.program, await client.until(group, LATE_MS, ({ answered }) => answered === count), count);
    };
    await open("first", FIRST);
    const before = await running.program.memory();
    await open("more", streams);
    const after = await running.program.memory();
    await Promise.all([client.close("first"), client.close("more")]);
    return (after - before) / streams;
}

export function memoryTable(rounds: Round[]): string {
    const kibibytes = rounds.map((round) => Object.fromEntries(Object.entries(round).map(([key, bytes]) => [key, bytes / KIB])));
    const rows = holders.filter(({ key }) => rounds.some((round) => key in round)).map(({ key, name, peer: other }) => {
        const ratio = ratios(rounds, key, other);
        return [name, told(figures(kibibytes, key)), told(ratio), name.includes("**") ? aim(ratio.median, AIM) : ""];
    });
    return table(["stream", "KiB", "× `node:http`", "aim"], rows);
}
