import { run as runToItsEnd, type RunOptions } from "../system/run";

/** A command of this machine that ended with a failure; `stderr` is what it said. */
export class CommandFailed extends Error {
    constructor(readonly command: string, readonly status: number, readonly stderr: string) {
        super(`${command} ended with ${status}: ${stderr.trim().split("\n").slice(-5).join("\n")}`);
    }
}

/** Runs a command to its end. Resolves to what it printed; rejects with `CommandFailed` on a status other than 0. */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await runToItsEnd(command, args, options);
    if (code !== 0) throw new CommandFailed([command, ...args].join(" "), code, stderr || stdout);
    return stdout;
}
