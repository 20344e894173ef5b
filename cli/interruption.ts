import type { ChildProcess } from "node:child_process";

/** The user asked to stop. Not a fault: it is answered with the customary exit status and nothing else. */
export class Interrupted extends Error {
    /** @param advice what becomes of that which was being done */
    constructor(readonly signal: NodeJS.Signals, readonly advice = "The same command goes on from here.") {
        super(`Interrupted by ${signal}`);
        this.name = "Interrupted";
    }
}

const children = new Set<ChildProcess>();
const controller = new AbortController();

/** Aborted once the user asked to stop; give it to whatever waits. */
export const interruption = controller.signal;

/** Signals reach a child until it ends. */
export function attend(child: ChildProcess): void {
    children.add(child);
    child.once("close", () => children.delete(child));
}

export function throwIfInterrupted(): void {
    if (interruption.aborted) throw interruption.reason;
}

/** Does what goes on elsewhere when it is interrupted here; `advice` says so to the user, and how to look again. */
export async function watching<T>(advice: string, work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (error) {
        throw error instanceof Interrupted ? new Interrupted(error.signal, advice) : error;
    }
}

/**
 * From now on a signal stops the command in order: children are told, and their end is waited for. Ctrl-C in a terminal
 * reaches them by itself; Pulumi takes a second one as "at once" and would leave its lock and half-made resources.
 */
export function listen(): void {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        process.on(signal, () => {
            controller.abort(new Interrupted(signal));
            if (signal === "SIGINT" && process.stdin.isTTY) return;
            for (const child of children) child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
        });
    }
}
