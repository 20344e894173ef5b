import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { isVersion } from "../../pilot/releases/semver";
import { readJson } from "../../system/json";

/**
 * The version that a folder's package.json gives.
 * @throws RunError when there is none, or it gives none that can be told from others, older and newer
 */
export function versionIn(folder: string): string {
    const file = join(folder, "package.json");
    const { version } = read(file);
    if (typeof version === "string" && isVersion(version)) return version;
    throw new pulumi.RunError(`The version in ${file} is ${JSON.stringify(version) ?? "missing"}: it must be a semantic one, such as 1.5.0 or 1.5.0-rc.1 (semver.org), without build metadata.`);
}

function read(file: string): { version?: unknown } {
    try {
        return (readJson(file) as object | null) ?? {};
    } catch (error) {
        throw new pulumi.RunError(`The app's version cannot be read from ${file}: ${(error as Error).message}. Set antipode:appFolder to the app's folder, which has a Dockerfile and a package.json, or take it away for the one that comes with the project.`);
    }
}
