import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { isVersion } from "../../pilot/releases/semver";
import { asRunError } from "../run-error";
import { readVersion, type Said } from "./version-file";
import { checkVersionName } from "./version-name";

/**
 * The version that a folder's package.json gives, or its file VERSION.
 * @throws RunError when there is none, or it gives none that can be told from others, older and newer
 */
export function versionIn(folder: string): string {
    const { file, version } = read(folder);
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

function read(folder: string): Said {
    const manifest = join(folder, "package.json");
    try {
        const said = readVersion(folder);
        if (said.version === undefined && !existsSync(manifest)) throw new Error("it is not there, and neither is a file VERSION");
        return said;
    } catch (error) {
        throw new pulumi.RunError(`The app's version cannot be read from ${manifest}: ${(error as Error).message}. Set antipode:appFolder to the app's folder, which has a Dockerfile and a package.json or VERSION, or take it away for the one that comes with the project.`);
    }
}
