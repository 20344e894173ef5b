import { setTimeout as pause } from "node:timers/promises";
import type { Step } from "../../cli/progress";
import type { Client, Counted } from "../client";
import { chosen, type Plan } from "../plan";
import { figures } from "../statistics";
import { many, question, relays, type Running } from "../subjects";
import { table } from "../table";
import type { World } from "../world";
import { each, type Relayed } from "./relay";

/**
 * What one core carried: so many streams, or fewer than so many where already the first were too many, or more where
 * the last were not, or where the instruments were at their own end.
 */
export interface Carried { streams: number; is: "found" | "fewer" | "more" }

/** A token that is later than this is seen as a stutter. */
export const STUTTER_MS = 200;
const LOOK_MS = 1_000;
const OPEN_MS = 20_000;
/** Under load a token costs less than alone: the first streams are fewer than those that the cost of one alone promises, and each step is as large as the room that the one before it left. */
const FIRST = 0.9;
const FULL = 0.97;
const STEP = { least: 1.08, most: 1.4 };
/** Fewer tokens than this share of those that should come are a stutter too; or, where the core has room, an end of the instruments. */
const COME = 0.95;

/** For each relay, by its key. */
export async function measureCore(world: World, plan: Plan, relayed: Record<string, Relayed>[], step: Step): Promise<Record<string, Carried>> {
    const carried: Record<string, Carried> = {};
    for (const subject of chosen(plan, relays)) {
        const promised = 1e6 / figures(each(relayed, "cpuMicros"), subject.key).median / plan.load.rate;
        if (!Number.isFinite(promised)) continue;
        step.note(subject.key);
        const running = await subject.start(world);
        carried[subject.key] = await raise(world.client, running, promised, plan);
        await running.program.stop();
    }
    return carried;
}

/**
 * Raises the number of streams until the slowest hundredth of the tokens comes later than a stutter, for two looks on
 * end: one pause to collect garbage is no limit.
 */
async function raise(client: Client, running: Running, promised: number, { rampSeconds, load: { rate } }: Plan): Promise<Carried> {
    const request = question(running, rate, (rampSeconds + OPEN_MS / 1000 + 10) * rate);
    const groups: string[] = [];
    const open = async (streams: number, seconds: number): Promise<string> => {
        const group = `core ${groups.length}`;
        groups.push(group);
        await client.open(group, { ...many(request, streams, streams / seconds), user: `${group.replace(" ", "-")}-{n}` });
        return group;
    };
    /** What the first streams meet, who are as many in each look, and how many there are beside them. */
    const look = async (before?: Counted) => {
        const first = await client.count("core 0", running.program.pid);
        const answered = await Promise.all(groups.slice(1).map(async (group) => (await client.count(group)).answered));
        const ns = before ? first.atNanos - before.atNanos : NaN;
        const came = before ? (first.tokens - before.tokens) / (low * rate * (ns / 1e9)) : NaN;
        const busy = before ? (first.cpuNanos - before.cpuNanos) / ns : NaN;
        return { first, streams: answered.reduce((sum, more) => sum + more, low), late: first.latency.p99 > STUTTER_MS, came, busy };
    };
    const low = Math.ceil(promised * FIRST);
    await client.until(await open(low, 2), OPEN_MS, ({ answered }) => answered === low);
    const carried: Carried = { streams: low, is: "fewer" };
    const deadline = Date.now() + rampSeconds * 1000;
    for (let bad = 0; bad < 2 && carried.is !== "more"; ) {
        const { first: before } = await look();
        await pause(LOOK_MS);
        const { streams, late, came, busy } = await look(before);
        const spare = came < COME && busy < FULL - (1 - COME);
        bad = late || (came < COME && !spare) ? bad + 1 : 0;
        if (bad > 0) continue;
        Object.assign(carried, { streams, is: spare || Date.now() > deadline ? "more" : "found" });
        await open(Math.ceil(streams * (Math.min(STEP.most, Math.max(STEP.least, FULL / busy)) - 1)), LOOK_MS / 1000);
        await pause(LOOK_MS);
    }
    for (const group of groups) await client.close(group);
    return carried;
}

export function coreTable(carried: Record<string, Carried>, rate: number, subjects: { key: string; name: string }[] = relays): string {
    const rows = subjects.flatMap(({ key, name }) => {
        const of = carried[key];
        return of ? [[name, `${{ found: "", fewer: "< ", more: "> " }[of.is]}${of.streams}`]] : [];
    });
    return table(["relay", `streams of ${rate} tokens a second`], rows);
}
