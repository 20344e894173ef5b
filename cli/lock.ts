import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Who holds a lock. */
export interface Holder { pid: number; purpose: string; since: string }

/**
 * Takes a lock file, or says who holds it. A file whose process is dead (killed, the machine restarted) is taken over.
 * The caller calls `release` of what it gets.
 */
export function lock(file: string, purpose: string, alive: (pid: number) => boolean = isAlive): { release(): void } | { holder: Holder } {
    mkdirSync(dirname(file), { recursive: true });
    const own = `${file}.${process.pid}`;
    writeFileSync(own, JSON.stringify({ pid: process.pid, purpose, since: new Date().toISOString() } satisfies Holder), { mode: 0o600 });
    try {
        return take(file, own, alive);
    } finally {
        rmSync(own, { force: true });
    }
}

/** A link appears with its content or not at all, so nobody ever reads a lock that is half written. */
function take(file: string, own: string, alive: (pid: number) => boolean): { release(): void } | { holder: Holder } {
    for (;;) {
        try {
            linkSync(own, file);
            return { release: () => rmSync(file, { force: true }) };
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        }
        const holder = read(file);
        if (holder && alive(holder.pid)) return { holder };
        rmSync(file, { force: true });
    }
}

/** True while a process with this id runs, whoever owns it. */
export function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

function read(file: string): Holder | undefined {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as Holder;
    } catch {
        return undefined;
    }
}
