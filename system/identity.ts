import { readFileSync } from "node:fs";

/**
 * When a process started, as the kernel counts it since this boot (field 22 of /proc/<pid>/stat); undefined for one
 * that is gone or a zombie. With it a process is told from another that got its number later, after a restart too.
 */
export function startOf(pid: number): string | undefined {
    try {
        const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
        return fields[0] === "Z" ? undefined : fields[19];
    } catch {
        return undefined;
    }
}
