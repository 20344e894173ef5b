import { spawn, type StdioOptions } from "node:child_process";
import { ended, run as runToItsEnd, type Outcome, type RunOptions } from "../system/run";
import { attend, throwIfInterrupted } from "./interruption";

export type { Outcome };

/**
 * Runs a program to its end. Rejects when it cannot be started, and with `Interrupted` when the user asked to stop.
 * The last line's end is not part of what it wrote.
 */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<Outcome> {
    throwIfInterrupted();
    const { code, stdout, stderr } = await runToItsEnd(command, args, options, attend);
    throwIfInterrupted();
    return { code, stdout: chomp(stdout), stderr: chomp(stderr) };
}

/** Runs a program in the user's own terminal and gives its exit status. Rejects when it cannot be started. */
export async function handOver(command: string, args: string[], options: Pick<RunOptions, "env" | "cwd"> & { stdio?: StdioOptions } = {}): Promise<number> {
    throwIfInterrupted();
    const child = spawn(command, args, { stdio: "inherit", ...options });
    attend(child);
    return ended(child);
}

const chomp = (text: string) => text.replace(/\r?\n$/, "");
