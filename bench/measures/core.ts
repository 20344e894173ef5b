import { setTimeout as pause } from "node:timers/promises";
import type { Step } from "../../cli/progress";
import type { Client } from "../client";
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
/** Where the raising begins and ends, as shares of what the CPU time of a token promises: with more streams each token costs less. */
const FROM = 0.7;
const TO = 3;
/** Tokens that come in time but are fewer than this share were never sent. */
const SENT = 0.95;

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
    const [low, high] = [Math.ceil(promised * FROM), Math.ceil(promised * TO)];
    const request = question(running, rate, (rampSeconds + OPEN_MS / 1000 + 10) * rate);
    // The streams that are there from the beginning tell how late tokens are: as many in each look.
    await client.open("first", many(request, low, low / 2));
    await client.until("first", OPEN_MS, ({ answered }) => answered === low);
    await pause(LOOK_MS);
    let before = await client.count("first");
    await client.open("more", many({ ...request, user: "bench-more-{n}" }, high - low, (high - low) / rampSeconds));
    const carried: Carried = { streams: low, is: "fewer" };
    for (let late = 0, looks = 0; looks < rampSeconds; looks += 1) {
        await pause(LOOK_MS);
        const now = await client.count("first");
        const { answered } = await client.count("more");
        late = now.latency.p99 > STUTTER_MS ? late + 1 : 0;
        if (late === 2) break;
        const sent = (now.tokens - before.tokens) / (low * rate * ((now.atNanos - before.atNanos) / 1e9));
        before = now;
        if (late === 0) Object.assign(carried, { streams: now.open + answered, is: looks === rampSeconds - 1 || sent < SENT ? "more" : "found" });
        if (carried.is === "more") break;
    }
    await client.close("first");
    await client.close("more");
    return carried;
}

export function coreTable(carried: Record<string, Carried>, rate: number, subjects: { key: string; name: string }[] = relays): string {
    const rows = subjects.flatMap(({ key, name }) => {
        const of = carried[key];
        return of ? [[name, `${{ found: "", fewer: "< ", more: "> " }[of.is]}${of.streams}`]] : [];
    });
    return table(["relay", `streams of ${rate} tokens a second`], rows);
}
