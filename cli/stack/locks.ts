import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive } from "../lock";
import { pulumi as folders } from "../paths";

/** What Pulumi writes into a lock of its file backend. */
interface PulumiLock { pid: number; hostname: string }

/** True when every lock of the stack is a dead process's: a killed `up`. A living one's is Pulumi's own to report. */
export function leftLocked(stack: string): boolean {
    const locks = below(folders.locks).filter((file) => file.split("/").includes(stack)).map(read);
    return locks.length > 0 && locks.every((lock) => lock !== undefined && lock.hostname === hostname() && !isAlive(lock.pid));
}

function below(folder: string): string[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json")).map((name) => join(folder, name));
}

function read(file: string): PulumiLock | undefined {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as PulumiLock;
    } catch {
        return undefined;
    }
}
