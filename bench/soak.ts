import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { duration } from "../cli/duration";
import { Progress, type Step } from "../cli/progress";
import { allAnswered, type Client, type Counted } from "./client";
import { prepared } from "./prepare";
import { pss } from "./program";
import { verdict, type Look } from "./soak-verdict";
import { app, joining, many, question, type Running } from "./subjects";
import { World } from "./world";

const IDLE = 10_000;
const RUNNING = 300;
const RATE = 30;
const TURN_SECONDS = 40;
/** How long ended turns are kept for readers that come back; the default would take five minutes to fill. */
const RESUME_SECONDS = 60;
/** Sessions with long messages, until what an instance remembers of sessions is full (32 Mi characters). */
const REMEMBERED = { sessions: 4_500, characters: 8_000 };
const LOOK_MS = 10_000;
/** Files of an instance besides the sockets of its streams, with room. */
const OTHER_FILES = 300;
const LATE_MS = 60_000;

/**
 * One instance with many idle streams and some that run, for minutes: those that run end and begin again all the time.
 * Tells what it sees. False when a stream was lost or memory grew.
 */
export async function soakApp(minutes: number, tell: (text: string) => void): Promise<boolean> {
    const progress = new Progress();
    const world = await progress.during("The app, and a world for it", async (step) => World.start(await prepared(step)));
    try {
        const instance = await app("app", "the app", { RESUME_SECONDS: String(RESUME_SECONDS), LOG_LEVEL: "warn" }).start(world);
        await progress.during("Caches filled and streams opened", (step) => load(world.client, instance, step));
        const looks = await progress.during(`${IDLE} idle and ${RUNNING} running streams for ${duration(minutes * 60_000)}`, (step) => watch(world.client, instance, minutes, step));
        const { well, lines } = verdict(looks, { idle: IDLE });
        for (const line of lines) tell(line);
        return well;
    } finally {
        await world.stop();
    }
}

async function load(client: Client, instance: Running, step: Step): Promise<void> {
    const all = async (group: string, streams: number) => void allAnswered(instance.program, await client.until(group, LATE_MS, ({ answered }) => answered >= streams), streams);

    step.note("sessions to remember");
    const { sessions, characters } = REMEMBERED;
    const long = question(instance, 1000, 1);
    await client.open("remembered", many({ ...long, body: JSON.stringify({ message: "bench:1000:1 ".padEnd(characters, "-") }), user: "old-{n}" }, sessions, 150));
    await client.until("remembered", LATE_MS, ({ done }) => done === sessions);
    await client.close("remembered");

    step.note("running streams");
    const running = { ...question(instance, RATE, RATE * TURN_SECONDS), user: "running-{n}" };
    await client.open("running", { ...many(running, RUNNING, RUNNING / TURN_SECONDS), again: true });

    step.note("turns that wait");
    // A turn that waits has two sockets, a reader one: as many turns as the limit of open files allows.
    const turns = Math.min(IDLE, fileLimit(instance.program.pid) - IDLE - 2 * RUNNING - OTHER_FILES);
    const waiting = question(instance, 0, 0);
    await client.open("one", many({ ...waiting, user: "bench" }, 1, 1));
    await all("one", 1);
    await client.open("turns", many({ ...waiting, user: "waiting-{n}" }, turns - 1, 300));
    await all("turns", turns - 1);

    step.note("readers");
    const { streamId } = await client.count("one");
    await client.open("readers", many(joining(instance, streamId), IDLE - turns, 300));
    await all("readers", IDLE - turns);
    await all("running", RUNNING);

    step.note("ended turns to remember");
    await pause((RESUME_SECONDS + TURN_SECONDS) * 1000);
}

async function watch(client: Client, instance: Running, minutes: number, step: Step): Promise<Look[]> {
    const looks: Look[] = [];
    const began = Date.now();
    for (let minute = 0; minute <= minutes; minute += 1) {
        while (Date.now() < began + minute * 60_000) {
            await pause(Math.min(LOOK_MS, began + minute * 60_000 - Date.now()));
            step.note(`${Math.round(pss(instance.program.pid) / 2 ** 20)} MiB`);
        }
        const before = pss(instance.program.pid);
        const idle = await Promise.all(["one", "turns", "readers"].map((group) => client.count(group)));
        const running = await client.count("running");
        looks.push({ minute, resting: await instance.program.memory(), working: before, idle: added(idle), running });
    }
    return looks;
}

function added(groups: Counted[]): Pick<Counted, "open" | "lost" | "refused" | "complaint"> {
    const sum = (key: "open" | "lost" | "refused") => groups.reduce((all, group) => all + group[key], 0);
    return { open: sum("open"), lost: sum("lost"), refused: sum("refused"), complaint: groups.map(({ complaint }) => complaint).join("") };
}

/** How many files and sockets a process may have open. */
function fileLimit(pid: number): number {
    const limit = /^Max open files +(\w+)/m.exec(readFileSync(`/proc/${pid}/limits`, "utf8"))![1]!;
    return limit === "unlimited" ? Infinity : Number(limit);
}
