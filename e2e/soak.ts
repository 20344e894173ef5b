/**
 * Kills an `up` at random moments and sees that the next one finishes what it left. A round takes a minute or two, so
 * this is no part of `npm test`: `npm run soak` (10 rounds), `npm run soak -- up --rounds 50`. Needs that no pocket cloud is up.
 */
import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { daemon } from "../cli/daemon/process";
import { duration } from "../cli/duration";
import { changes, picture } from "../cli/suite/leftovers";
import { antipode, must, project, pulumi } from "./pocket";

/** Where a round begins: with nothing, or in a pocket cloud whose us region is to be made. */
const beginnings = {
    nothing: () => antipode("down", "--force"),
    "no us": () => antipode("pulumi", "--", "destroy", "-s", "us", "--yes", "--skip-preview"),
};

async function killedAfter(ms: number, withDaemon: boolean): Promise<string> {
    const child = spawn(process.execPath, ["cli/antipode.mjs", "up"], { cwd: project, detached: true, stdio: ["ignore", "ignore", "pipe"] });
    let last = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (last = text.trim().split("\n").pop() ?? last));
    const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
    await Promise.race([pause(ms), ended]);
    if (child.exitCode !== null) return "it had finished";
    const pid = withDaemon ? daemon().pid() : undefined;
    process.kill(-child.pid!, "SIGKILL");
    if (pid) process.kill(-pid, "SIGKILL");
    await ended;
    return `${last.trim()}${pid ? ", the daemon too" : ""}`;
}

async function round(): Promise<string | undefined> {
    const again = await antipode("up");
    if (again.code !== 0) return again.stderr;
    for (const stack of ["cn", "us", "edge"]) {
        const { code, stdout } = await pulumi("preview", "-s", stack, "--expect-no-changes");
        if (code !== 0) return stdout;
    }
    return undefined;
}

/** Tells each round. False when an `up` was not finished by the next one, or something was left on the machine. */
export async function soakUp(rounds: number): Promise<boolean> {
    // What is compared at the end is a machine without a pocket cloud.
    await must(beginnings.nothing());
    const before = await picture();
    let bad = 0;
    for (let n = 1; n <= rounds; n++) {
        const [name, begin] = Object.entries(beginnings)[n === 1 ? 0 : Math.floor(Math.random() * 2)]!;
        await must(begin());
        const ms = Math.round(Math.random() * (name === "nothing" ? 75_000 : 40_000));
        const where = await killedAfter(ms, Math.random() < 0.3);
        const fault = await round();
        if (fault) bad++;
        console.log(`${fault ? "✘" : "✔"} round ${n}, from ${name}, killed after ${duration(ms)}: ${where}${fault ? `\n${fault}` : ""}`);
    }
    await must(antipode("down"));
    const left = changes(before, await picture());
    console.log([`${rounds - bad} of ${rounds} rounds were finished by the next \`up\``, ...left].join("\n"));
    return bad === 0 && left.length === 0;
}
