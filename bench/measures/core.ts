import { setTimeout as pause } from "node:timers/promises";
import type { Step } from "../../cli/progress";
import type { Client } from "../client";
import type { Plan } from "../plan";
import { figures } from "../statistics";
import { many, question, relays, type Running } from "../subjects";
import { table } from "../table";
import type { World } from "../world";
import { each, type Relayed } from "./relay";

/** What one core carried. */
export interface Carried {
    /** Open streams when tokens came late; or how many there were at the end, where they never did. */
    streams: number;
    /** That there was an end: false when even the last were carried. */
    reached: boolean;
}

/** A token that is later than this is seen as a stutter. */
export const STUTTER_MS = 200;
const LOOK_MS = 1_000;
const OPEN_MS = 20_000;
/** Where the raising begins and ends, as shares of what the CPU time of a token promises. */
const FROM = 0.6;
const TO = 2;

/** For each relay, by its key. */
export async function measureCore(world: World, plan: Plan, relayed: Record<string, Relayed>[], step: Step): Promise<Record<string, Carried>> {
    const carried: Record<string, Carried> = {};
    for (const subject of relays) {
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
    const [low, high] = [Math.ceil(promised * FROM), Math.ceil(promised * TO)];
    const request = question(running, rate, (rampSeconds + OPEN_MS / 1000 + 10) * rate);
    // The streams that are there from the beginning tell how late tokens are: as many in each look.
    await client.open("first", many(request, low, low / 2));
    await client.until("first", OPEN_MS, ({ answered }) => answered === low);
    await pause(LOOK_MS);
    await client.count("first");
    await client.open("more", many({ ...request, user: "bench-more-{n}" }, high - low, (high - low) / rampSeconds));
    let streams = low;
    for (let late = 0, looks = 0; late < 2 && looks < rampSeconds; looks += 1) {
        await pause(LOOK_MS);
        const { open, latency } = await client.count("first");
        const { answered } = await client.count("more");
        late = latency.p99 > STUTTER_MS ? late + 1 : 0;
        if (late === 0) streams = open + answered;
        else if (late === 2) return close({ streams, reached: true });
    }
    return close({ streams, reached: false });

    async function close(carried: Carried): Promise<Carried> {
        await client.close("first");
        await client.close("more");
        return carried;
    }
}

export function coreTable(carried: Record<string, Carried>, rate: number, subjects: { key: string; name: string }[] = relays): string {
    const rows = subjects.flatMap(({ key, name }) => {
        const of = carried[key];
        return of ? [[name, `${of.reached ? "" : "> "}${of.streams}`]] : [];
    });
    return table(["relay", `streams of ${rate} tokens a second`], rows);
}
