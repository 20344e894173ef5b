import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname, uptime } from "node:os";
import { join } from "node:path";
import { startOf } from "../../system/identity";
import { pulumi as folders } from "../paths";

/** What Pulumi writes into a lock of its file backend. */
export interface PulumiLock { pid: number; hostname: string; timestamp: string }

/** True when every lock of the stack is a dead process's: a killed `up`. A living one's is Pulumi's own to report. */
export function leftLocked(stack: string, folder = folders.locks): boolean {
    const locks = below(folder).filter((file) => file.split("/").includes(stack)).map(read);
    return locks.length > 0 && locks.every((lock) => lock === undefined || isLeft(lock, Date.now() - uptime() * 1000));
}

/** A lock of this machine whose process is gone, or that is older than this boot: its number may be another's by now. */
export function isLeft(lock: PulumiLock, bootedMs: number): boolean {
    return lock.hostname === hostname() && (Date.parse(lock.timestamp) < bootedMs || startOf(lock.pid) === undefined);
}

function below(folder: string): string[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json")).map((name) => join(folder, name));
}

/** Undefined for a lock that was cut off while it was written. A lock that cannot be read may be a living process's. */
function read(file: string): PulumiLock | undefined {
    const text = readFileSync(file, "utf8");
    try {
        return JSON.parse(text) as PulumiLock;
    } catch {
        return undefined;
    }
}
