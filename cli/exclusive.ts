import { join } from "node:path";
import { Fault } from "../errors/fault";
import { home } from "../pocket/home";
import { lock } from "./lock";
import { admit } from "./machine/prepare";

/** Runs work that changes the pocket cloud; one at a time on a machine. Throws ALREADY_RUNNING, NOT_LINUX, NOT_ROOT. */
export async function withLock<T>(purpose: string, work: () => Promise<T>): Promise<T> {
    admit();
    // In the cache, for `down` takes the state away while it holds the lock.
    const taken = lock(join(home.cache, "command.lock"), purpose);
    if ("holder" in taken) {
        const { pid, purpose: theirs, since } = taken.holder;
        throw new Fault("ALREADY_RUNNING", { purpose: theirs, pid, since });
    }
    try {
        return await work();
    } finally {
        taken.release();
    }
}
