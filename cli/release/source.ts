import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { parse } from "yaml";
import { Fault } from "../../errors/fault";
import { readVersion } from "../../infra/region/version-file";
import { checkVersionName } from "../../infra/region/version-name";
import { giveWay } from "../../pilot/releases/release";
import type { ReleaseStatus } from "../../pilot/releases/status";
import { parseStrategy } from "../../pilot/releases/strategy";
import { versionWord } from "../options";
import { project } from "../paths";

/** The version of the app in the source, by the settings of the stack that is to make it. Throws VERSION_INVALID. */
export function sourceVersion(settingsFile: string, root = project): string {
    const settings = existsSync(settingsFile) ? (parse(readFileSync(settingsFile, "utf8")) as { config?: Record<string, unknown> } | null) : null;
    const { file, version } = readVersion(resolve(root, String(settings?.config?.["antipode:appFolder"] ?? "app")));
    if (typeof version !== "string" || version.startsWith("v")) throw new Fault("VERSION_INVALID", { version: String(version ?? ""), where: relative(root, file) });
    return versionWord(version, relative(root, file));
}

/** The strategy as it was asked for. Throws STRATEGY_INVALID. */
export function strategyWord(text: string | undefined): string | undefined {
    if (!text) return undefined;
    try {
        parseStrategy(text);
        return text;
    } catch (error) {
        throw new Fault("STRATEGY_INVALID", { reason: (error as Error).message });
    }
}

/**
 * Whether a version is to be released in a region: `due`, or it `serves` there. A release that all visitors have waits
 * for nobody: the pilot finishes it. Throws RELEASE_UNDER_WAY, and
 * VERSION_MADE for one that went back, or that others came after, and what `checkVersionName` does.
 */
export function dueIn(version: string, { now, serving, versions, release }: ReleaseStatus, about: Record<string, string>): "due" | "serves" {
    if (release && !giveWay(release, version, now)) throw new Fault("RELEASE_UNDER_WAY", { ...about, version: release.version });
    if (serving === version) return "serves";
    if (versions.some((one) => one.version === version)) throw new Fault("VERSION_MADE", { ...about, version });
    checkVersionName(version, versions.map((one) => one.version));
    return "due";
}
