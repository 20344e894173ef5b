import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../pocket/until";
import { scratch } from "../testing/scratch";
import { antipode, must, project, pulumi, run, visitor, domain } from "./pocket";

/** One thing that happened to a release, as `npx antipode releases` tells it. */
export interface Told { release: string; version: string; phase: string; weight: number; what: string; who: string; verdict?: string }

/** A copy of the app that calls itself by another version; `change` gives a file of it another text. */
export function appOf(version: string, change: Record<string, (text: string) => string> = {}): string {
    const folder = join(scratch(), "app");
    cpSync(join(project, "app"), folder, { recursive: true, filter: (path) => !/\/(node_modules|dist)$/.test(path) });
    const edit = (file: string, by: (text: string) => string) => writeFileSync(join(folder, file), by(readFileSync(join(folder, file), "utf8")));
    edit("package.json", (text) => text.replace(/"version": "[^"]*"/, `"version": "${version}"`));
    for (const [file, by] of Object.entries(change)) edit(file, by);
    return folder;
}

/** Brings regions up with a version of the app, to be released by this strategy. */
export async function deploy(regions: string[], folder: string, strategy: string): Promise<void> {
    for (const region of regions) await must(pulumi("config", "set", "antipode:appFolder", folder, "-s", region));
    await must(run(process.execPath, ["cli/antipode.mjs", "up", ...regions], { ANTIPODE_STRATEGY: strategy }));
}

/** The version in the source again: it is made already, so nothing is released by this. */
export async function undeploy(regions: string[]): Promise<void> {
    for (const region of regions) await pulumi("config", "rm", "antipode:appFolder", "-s", region);
    await must(antipode("up", ...regions));
}

export const told = async (region: string, of: string): Promise<Told[]> => JSON.parse(await must(antipode("releases", region, of, "--json"))) as Told[];

/** The end of a version's newest release. */
export async function over(region: string, version: string, seconds: number): Promise<Told[]> {
    let events: Told[] = [];
    await until(async () => /^(finished|back)$/.test((events = await told(region, version)).at(-1)?.phase ?? ""), { seconds, every: 1_000, what: `the release of ${version} in ${region} to be over` });
    return events;
}

/** The version that answers a visitor under a region's own name. */
export async function versionAt(region: string): Promise<string> {
    const answer = await must(visitor(region, "curl", "-sS", "--max-time", "5", `https://${region}.${domain}/api/health`));
    return (JSON.parse(answer) as { version: string }).version;
}

/** Gives the region the version that it had; the command waits until it answers. */
export async function rollBackTo(region: string, version: string): Promise<void> {
    const [told] = JSON.parse(await must(antipode("rollback", region, version, "--json"))) as { version: string }[];
    const answers = await versionAt(region);
    if (told?.version !== version || answers !== version) throw new Error(`rollback told of ${told?.version}, and ${answers} answers, not ${version}`);
}
