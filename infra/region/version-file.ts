import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readJson, withoutMark } from "../../system/json";

/** What an app says its version is, and where. */
export interface Said {
    file: string;
    /** Not checked. */
    version: unknown;
}

/** The version in a folder's package.json, else in its file VERSION. Throws when package.json can't be read. */
export function readVersion(folder: string): Said {
    const [manifest, plain] = [join(folder, "package.json"), join(folder, "VERSION")];
    const { version } = existsSync(manifest) ? ((readJson(manifest) as { version?: unknown } | null) ?? {}) : {};
    if (version !== undefined || !existsSync(plain)) return { file: manifest, version };
    return { file: plain, version: withoutMark(readFileSync(plain, "utf8")).trim() };
}
