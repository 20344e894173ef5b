// Plain JavaScript, because the lock of an installation needs it before anything is installed.
import { readFileSync } from "node:fs";

/**
 * When a process started, as the kernel counts it since this boot (field 22 of /proc/<pid>/stat); undefined for one
 * that is gone or a zombie. With it a process is told from another that got its number later, after a restart too.
 * @throws when the kernel gives another reason, such as too many open files: such a process may well run
 */
export function startOf(pid) {
    try {
        const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
        return fields[0] === "Z" ? undefined : fields[19];
    } catch (error) {
        if (["ENOENT", "ESRCH"].includes(error.code ?? "")) return undefined;
        throw error;
    }
}
