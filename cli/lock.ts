import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { startOf } from "../system/identity";

/** Who holds a lock. `started` tells the process from another that has its number by now. */
export interface Holder { pid: number; started?: string; purpose: string; since: string }

/**
 * Takes a lock file, or says who holds it. A file whose process is gone (killed, the machine restarted) is taken over.
 * The caller calls `release` of what it gets.
 */
export function lock(file: string, purpose: string): { release(): void } | { holder: Holder } {
    mkdirSync(dirname(file), { recursive: true });
    const own = `${file}.${process.pid}`;
    const holder: Holder = { pid: process.pid, started: startOf(process.pid), purpose, since: new Date().toISOString() };
    writeFileSync(own, JSON.stringify(holder), { mode: 0o600 });
    try {
        return take(file, own);
    } finally {
        rmSync(own, { force: true });
    }
}

/** A link appears with its content or not at all, so nobody ever reads a lock that is half written. */
function take(file: string, own: string): { release(): void } | { holder: Holder } {
    for (;;) {
        try {
            linkSync(own, file);
            return { release: () => rmSync(file, { force: true }) };
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        }
        const text = read(file);
        const holder = parse(text);
        if (holder && lives(holder)) return { holder };
        if (text !== undefined) clear(file, text, own);
    }
}

/** Moves a dead process's lock aside; when another taker was quicker, it is his that was moved, and goes back. */
function clear(file: string, dead: string, own: string): void {
    const aside = `${own}.dead`;
    try {
        renameSync(file, aside);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
        throw error;
    }
    if (read(aside) !== dead) linkSync(aside, file);
    rmSync(aside, { force: true });
}

/** True while the very process runs that took the lock. */
export function lives({ pid, started }: Pick<Holder, "pid" | "started">): boolean {
    return started !== undefined && startOf(pid) === started;
}

function read(file: string): string | undefined {
    try {
        return readFileSync(file, "utf8");
    } catch {
        return undefined;
    }
}

function parse(text: string | undefined): Holder | undefined {
    try {
        return JSON.parse(text ?? "") as Holder;
    } catch {
        return undefined;
    }
}
