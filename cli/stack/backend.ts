import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pulumi as folders } from "../paths";

/** A stack's file in Pulumi's file backend, as far as it is read. */
interface StackFile { checkpoint?: { latest?: { resources?: unknown[] } } }

/** True while some stack's state holds a resource. Asked of the files, for a pocket cloud that does not come up has no engine to ask. */
export function holdsResources(backend = folders.backend): boolean {
    const folder = join(backend, ".pulumi", "stacks");
    if (!existsSync(folder)) return false;
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
    return files.some((name) => {
        const { checkpoint } = JSON.parse(readFileSync(join(folder, name), "utf8")) as StackFile;
        return (checkpoint?.latest?.resources ?? []).length > 0;
    });
}
