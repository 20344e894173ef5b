import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../errors/fault";
import { home } from "../../pocket/home";
import { isAlive, lock } from "../lock";
import { project } from "../paths";
import type { Progress, Step } from "../progress";
import { until } from "../wait";
import { pocketStatus, type PocketStatus } from "./client";

/** The first start makes the machine image (about a minute); past this something hangs. */
const readyDeadlineMs = 15 * 60_000;
/** Its control socket closes at once; its services live on without it. */
const endDeadlineMs = 10_000;

/** Starts the pocket cloud if none is up and waits until it is ready. Throws POCKET_FAILED with its own words. */
export async function startPocket(progress: Progress): Promise<PocketStatus> {
    const running = await pocketStatus();
    if (running?.ready) return running;
    return progress.during("Pocket cloud", async (step) => {
        const turn = lock(join(home.state, "start.lock"), "start");
        try {
            if (running?.failure && running.pid) await end(running.pid);
            const daemon = "release" in turn && !(await pocketStatus()) ? spawnDaemon() : undefined;
            const status = await until(() => ready(step, () => daemon !== undefined && daemon.exitCode !== null), readyDeadlineMs);
            daemon?.unref();
            if (!status) throw new Fault("POCKET_FAILED", { log: lastWords(), file: home.log });
            return status;
        } finally {
            if ("release" in turn) turn.release();
        }
    });
}

/** The status once the daemon is ready. One that failed is ended: it would only repeat its failure to the next command. */
async function ready(step: Step, ended: () => boolean): Promise<PocketStatus | undefined> {
    const status = await pocketStatus();
    if (status?.failure) {
        if (status.pid) await end(status.pid);
        throw new Fault("POCKET_FAILED", { log: status.failure, file: home.log });
    }
    // A process that has ended cannot become ready: waiting for the deadline would only hide its last words.
    if (!status && ended()) throw new Fault("POCKET_FAILED", { log: lastWords(), file: home.log });
    if (status) step.note(status.phase);
    return status?.ready ? status : undefined;
}

async function end(pid: number): Promise<void> {
    if (isAlive(pid)) process.kill(pid, "SIGTERM");
    await until(async () => (isAlive(pid) ? undefined : true), endDeadlineMs);
}

/** The daemon lives on after this command: a session of its own, so that no Ctrl-C reaches it. */
function spawnDaemon() {
    mkdirSync(home.state, { recursive: true, mode: 0o700 });
    const log = openSync(home.log, "a", 0o600);
    try {
        return spawn(process.execPath, ["--import", "tsx", join(project, "pocket", "daemon.ts")], {
            cwd: project,
            detached: true,
            stdio: ["ignore", log, log],
        });
    } finally {
        closeSync(log);
    }
}

function lastWords(lines = 20): string {
    if (!existsSync(home.log)) return "It wrote nothing.";
    return readFileSync(home.log, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}
