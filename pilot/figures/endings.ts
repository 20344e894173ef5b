import type { SwarmTask } from "../swarm/versions";

/** An instance that ended by itself. */
export interface Ending {
    version: string;
    /** Milliseconds since 1970. */
    at: number;
    /** The kernel ended it for want of memory. */
    outOfMemory: boolean;
}

/**
 * How near two ends are that have one cause. When a machine or its Docker engine begins again, the Swarm gives all tasks
 * their ends at that moment, within 5 ms where it was tried; a busy machine may take its time.
 */
const TOGETHER_MS = 5_000;
/** Killed by signal 9, which is how the kernel ends what has no memory left; a stop is SIGTERM first. */
const KILLED = 137;

/**
 * What a task's status says of its end; undefined when it has not ended, was told to (`shutdown`), or never began
 * (`rejected`). `complete` is one that left with 0, as an unhealthy one does that was asked to by Docker; `failed` is
 * any other, also one whose container the engine does not find again when it comes back.
 * @param now for one that does not say when
 */
export function endingOf({ version, Status }: SwarmTask & { version: string }, now: number): Ending | undefined {
    if (Status.State !== "failed" && Status.State !== "complete") return undefined;
    // Docker's own hand, where an unhealthy one did not leave when it was asked to.
    const unhealthy = /unhealthy container/.test(Status.Err ?? "");
    return { version, at: Date.parse(Status.Timestamp ?? "") || now, outOfMemory: Status.ContainerStatus?.ExitCode === KILLED && !unhealthy };
}

/** An instance of another version ended with it: it is the machine's matter, or that of something that both need, and no version's fault. */
export function isShared({ version, at }: Ending, endings: Ending[]): boolean {
    return endings.some((other) => other.version !== version && Math.abs(other.at - at) <= TOGETHER_MS);
}
