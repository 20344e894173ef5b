import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

export interface RunOptions {
    env?: NodeJS.ProcessEnv;
    cwd?: string;
    /** Sees each line of both outputs as it comes. */
    onLine?: (line: string) => void;
    /** Written to the program's input. */
    input?: string;
    /** After that long it is asked to end. */
    timeoutMs?: number;
}

/** How a program ended: its exit status (1 when a signal ended it) and all that it wrote. */
export interface Outcome { code: number; stdout: string; stderr: string }

/** Runs a program to its end. `onStart` gets the process at once. Rejects only when it cannot be started. */
export async function run(command: string, args: string[], { env, cwd, input, onLine, timeoutMs }: RunOptions = {}, onStart?: (child: ChildProcess) => void): Promise<Outcome> {
    const child = spawn(command, args, { env, cwd, timeout: timeoutMs, stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"] });
    onStart?.(child);
    child.stdin?.on("error", () => undefined); // a program may end without reading its input
    child.stdin?.end(input);
    const written = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
        const stream = child[name]!;
        stream.setEncoding("utf8").on("data", (text: string) => (written[name] += text));
        if (onLine) createInterface({ input: stream }).on("line", onLine);
    }
    const code = await ended(child);
    return { code, ...written };
}

/** The exit status of a process once its outputs are read: 1 when a signal ended it. Rejects when it could not be started. */
export function ended(child: ChildProcess): Promise<number> {
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => resolve(code ?? 1));
    });
}
