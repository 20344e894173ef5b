import { Fault } from "../../errors/fault";
import { heard } from "../../errors/told";
import { home } from "../../pocket/home";
import type { Process } from "../../pocket/process";
import type { Progress, Step } from "../progress";
import { until } from "../wait";
import { pocketStatus, type PocketStatus } from "./client";
import { daemon } from "./process";

/** The first start makes the machine image (about a minute); past this something hangs. */
const readyDeadlineMs = 15 * 60_000;

/** Starts the pocket cloud if none is up and waits until it is ready. Throws POCKET_FAILED with its own words. */
export async function startPocket(progress: Progress): Promise<PocketStatus> {
    const running = await pocketStatus();
    if (running?.ready) return running;
    return progress.during("Pocket cloud", async (step) => {
        const process = daemon();
        if (running?.failure) await process.stop();
        // One that was started by a command that was killed is waited for; a second would be in its way.
        process.start();
        const status = await until(() => ready(process, step), readyDeadlineMs);
        if (!status) throw failed(process.tail(20));
        return status;
    });
}

/** The status once the daemon is ready. One that failed is ended: it would only repeat its failure to the next command. */
async function ready(process: Process, step: Step): Promise<PocketStatus | undefined> {
    const status = await pocketStatus();
    if (status?.failure) {
        await process.stop();
        throw heard(status.failure, "POCKET_FAILED", ownWords);
    }
    // A process that has ended cannot become ready: waiting for the deadline would only hide its last words.
    if (!status && process.pid() === undefined) throw failed(process.tail(20));
    if (status) step.note(status.phase);
    return status?.ready ? status : undefined;
}

const ownWords = (log: string) => ({ log: log || "It wrote nothing.", file: home.log });
const failed = (log: string) => new Fault("POCKET_FAILED", ownWords(log));
