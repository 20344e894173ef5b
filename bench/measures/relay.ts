import { setTimeout as pause } from "node:timers/promises";
import type { Step } from "../../cli/progress";
import { allAnswered, type Client } from "../client";
import { chosen, type Load, type Plan } from "../plan";
import { figures, ratios, type Round } from "../statistics";
import { go, many, question, relays, started, type Running } from "../subjects";
import { aim, digits, table, told } from "../table";
import type { World } from "../world";

/** What relaying cost in one round. */
export interface Relayed {
    /** CPU time of the process for each token that reached a client, in microseconds. */
    cpuMicros: number;
    /** Milliseconds from the model's sending to the client's reading. */
    p50: number;
    p99: number;
    /** The same while the machine is idle but for a few streams. */
    idleP50: number;
    idleP95: number;
    /** Tokens that came, as a share of those that the model sends in the time; below 1 it falls behind. */
    kept: number;
}

/** How long streams run before they are looked at: what opening them costs is not a token's. */
const BEFORE_MS = 1_200;
const AFTER_MS = 500;
const LATE_MS = 15_000;
const WARM_MS = 1_000;
const KEEPS_UP = 0.98;
/** Multiples of Go's CPU time, and milliseconds. */
const AIM = { cpu: 1.2, idleP50: 5 };

/** Everybody relays the same streams in turn, in rounds; the first round, which is not counted, is for the compilers. */
export async function measureRelay(world: World, plan: Plan, step: Step): Promise<Record<string, Relayed>[]> {
    const { rounds, load, idle } = plan;
    const all = await started(world, chosen(plan, relays));
    const counted: Record<string, Relayed>[] = [];
    for (let n = 0; n <= rounds; n += 1) {
        const round: Record<string, Relayed> = {};
        // Every other round goes the other way, so that nobody is always the one after the heaviest.
        for (const running of n % 2 === 0 ? all : [...all].reverse()) {
            step.note(`${n === 0 ? "warming up" : `round ${n} of ${rounds}`}, ${running.subject.key}`);
            if (n === 0) {
                await relay(world.client, running, { ...load, windowMs: WARM_MS });
                continue;
            }
            const loaded = await relay(world.client, running, load);
            const { p50, p95 } = await relay(world.client, running, idle);
            round[running.subject.key] = { ...loaded, idleP50: p50, idleP95: p95 };
        }
        if (n > 0) counted.push(round);
    }
    for (const { program } of all) await program.stop();
    return counted;
}

type Window = Pick<Relayed, "cpuMicros" | "p50" | "p99" | "kept"> & { p95: number };

/** Opens streams and measures in the middle of them, while all are open. */
async function relay(client: Client, running: Running, { streams, rate, perSecond, windowMs }: Load): Promise<Window> {
    const openingMs = (streams / perSecond) * 1000;
    const tokens = Math.ceil(((openingMs + BEFORE_MS + windowMs + AFTER_MS) / 1000) * rate);
    const group = running.subject.key;
    await client.open(group, many(question(running, rate, tokens), streams, perSecond));
    allAnswered(running.program, await client.until(group, openingMs + LATE_MS, ({ answered }) => answered === streams), streams);
    await pause(BEFORE_MS);
    const first = await client.count(group, running.program.pid);
    await pause(windowMs);
    const last = await client.count(group, running.program.pid);
    const end = await client.until(group, LATE_MS, ({ open }) => open === 0);
    await client.close(group);
    if (end.misordered > 0 || end.lost > 0) throw running.program.fault(`tokens were lost or came in a wrong order: ${end.complaint}`);
    const seconds = (last.atNanos - first.atNanos) / 1e9;
    const came = last.tokens - first.tokens;
    return { cpuMicros: (last.cpuNanos - first.cpuNanos) / 1000 / came, p50: last.latency.p50, p95: last.latency.p95, p99: last.latency.p99, kept: came / (streams * rate * seconds) };
}

/** One of the figures, round by round. */
export function each(rounds: Record<string, Relayed>[], figure: keyof Relayed): Round[] {
    return rounds.map((round) => Object.fromEntries(Object.entries(round).map(([key, relayed]) => [key, relayed[figure]])));
}

export function relayTable(rounds: Record<string, Relayed>[], subjects: { key: string; name: string }[] = relays): string {
    const of = (figure: keyof Relayed, key: string) => figures(each(rounds, figure), key);
    const rows = subjects.filter(({ key }) => rounds.some((round) => key in round)).map(({ key, name }) => {
        const ratio = ratios(each(rounds, "cpuMicros"), key, go.key);
        const kept = of("kept", key).median;
        const behind = kept < KEEPS_UP ? `, fell behind: ${Math.round(kept * 100)} % of the tokens came` : "";
        const way = (half: keyof Relayed, most: keyof Relayed) => `${digits(of(half, key).median)} / ${digits(of(most, key).median)}`;
        const aims = key === "app" ? [aim(ratio.median, AIM.cpu), aim(of("idleP50", key).median, AIM.idleP50)] : ["", ""];
        return [name + behind, told(of("cpuMicros", key)), told(ratio), way("p50", "p99"), way("idleP50", "idleP95"), ...aims];
    });
    return table(["relay", "CPU a token, µs", "× Go in the same round", "delay under load, ms: p50 / p99", "delay when idle, ms: p50 / p95", "aim: × Go", "aim: idle p50, ms"], rows);
}
