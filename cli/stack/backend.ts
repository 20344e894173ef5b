import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pulumi as folders } from "../paths";

/** A stack's file in Pulumi's file backend, as far as it is read. */
interface StackFile { checkpoint?: { latest?: { resources?: unknown[] } } }

/** The stacks whose state holds a resource. Asked of the files: it takes no engine, which a pocket cloud that does not come up has not. */
export function stacksWithResources(backend = folders.backend): string[] {
    const folder = join(backend, ".pulumi", "stacks");
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
    return files.flatMap((name) => {
        const { checkpoint } = JSON.parse(readFileSync(join(folder, name), "utf8")) as StackFile;
        return (checkpoint?.latest?.resources ?? []).length > 0 ? [basename(name, ".json")] : [];
    });
}

/** True while some stack's state holds a resource. */
export const holdsResources = (backend?: string): boolean => stacksWithResources(backend).length > 0;
