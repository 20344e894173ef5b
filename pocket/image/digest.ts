import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isClutter } from "../../system/clutter";

/** Twelve hex digits that change with any source file below a folder. */
export function digest(folder: string): string {
    const hash = createHash("sha256");
    for (const name of (readdirSync(folder, { recursive: true }) as string[]).filter((path) => !isClutter(path)).sort()) {
        const path = join(folder, name);
        if (statSync(path).isFile()) hash.update(name).update("\0").update(readFileSync(path));
    }
    return hash.digest("hex").slice(0, 12);
}
