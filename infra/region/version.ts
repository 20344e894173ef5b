import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { isVersion } from "../../pilot/releases/semver";
import { readJson } from "../../system/json";
import { asRunError } from "../run-error";
import { checkVersionName } from "./version-name";

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

/**
 * Refuses a source whose version cannot stand beside those that were made. Called before the program makes anything.
 * @throws RunError as `versionIn` does, and for a version whose service cannot have a name of its own
 */
export function checkVersion(appFolder: string, made: readonly { version: string }[]): void {
    const version = versionIn(resolve(root, appFolder));
    asRunError(() => checkVersionName(version, made.map((one) => one.version)));
}

const root = join(__dirname, "../..");

function read(file: string): { version?: unknown } {
    try {
        return (readJson(file) as object | null) ?? {};
    } catch (error) {
        throw new pulumi.RunError(`The app's version cannot be read from ${file}: ${(error as Error).message}. Set antipode:appFolder to the app's folder, which has a Dockerfile and a package.json, or take it away for the one that comes with the project.`);
    }
}
