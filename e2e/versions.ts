import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askPilot } from "../cli/region/pilot";
import { wayTo } from "../cli/region/way";
import { pocketSettings } from "../cli/paths";
import { askHealth } from "../cli/visitor/health";
import type { Region } from "../cli/stack/names";
import type { Event } from "../pilot/releases/events";
import { until } from "../pocket/until";
import { antipode, domain, inside, must, project, pulumi, run, version } from "./pocket";

/** Changes of the app's files, by their path. */
export type Change = Record<string, (text: string) => string>;

/** A change of the app that has this done before anything else is with its requests; `app` is the server. */
export const hook = (text: string): Change => ({ "http/server.ts": (source) => source.replace("    registerRecord(app, service.metrics);", `    ${text}\n    registerRecord(app, service.metrics);`) });

/** One that fails each time that this, in which `asked` counts from 0, is true of a question for a session's messages. */
export const failingWhen = (condition: string): Change => hook(`let asked = 0; app.addHook("onRequest", async (request) => { if (request.url.includes("/messages") && ${condition}) throw new Error("a bad version"); });`);

const copies: string[] = [];
// Not sooner: the program reads them at every `up`.
process.once("exit", () => copies.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A copy of the app that calls itself by another version; `change` gives a file of it another text. */
export const appOf = (version: string, change: Change = {}): string => copyOf("app", version, change);

/** The same of any app in the repository. */
export function copyOf(app: string, version: string, change: Change = {}): string {
    const copy = mkdtempSync(join(tmpdir(), "antipode-version-"));
    copies.push(copy);
    const folder = join(copy, "app");
    cpSync(join(project, app), folder, { recursive: true, filter: (path) => !/\/(node_modules|dist)$/.test(path) });
    const edit = (file: string, by: (text: string) => string) => {
        const text = readFileSync(join(folder, file), "utf8");
        const edited = by(text);
        if (edited === text) throw new Error(`${file} is as it was`);
        writeFileSync(join(folder, file), edited);
    };
    if (existsSync(join(folder, "VERSION"))) writeFileSync(join(folder, "VERSION"), `${version}\n`);
    else edit("package.json", (text) => text.replace(/"version": "[^"]*"/, `"version": "${version}"`));
    for (const [file, by] of Object.entries(change)) edit(file, by);
    return folder;
}

/** Brings regions up with a version of the app, to be released by this strategy. */
export async function deploy(regions: Region[], folder: string, strategy: string): Promise<void> {
    for (const region of regions) await set(region, { appFolder: folder });
    await must(up(regions, strategy));
}

/** The same with the settings as they are. */
export const up = (regions: string[], strategy: string) => run(process.execPath, ["cli/antipode.mjs", "up", ...regions], { ANTIPODE_STRATEGY: strategy });

/** Windows in which a test can wait, and no limits that its visitors, who share a few addresses, would meet. */
const quick = { releaseWindowSeconds: "6", releaseKeepSeconds: "4", releaseMinRequests: "20" };
const crowded = { loginsPerMinute: "0", maxSseConnections: "1000" };

/** The settings of regions as they were before this file of tests changed them. */
const before = new Map<string, string>();

export async function set(region: Region, settings: Record<string, string>): Promise<void> {
    if (!before.has(region)) before.set(region, readFileSync(pocketSettings(region), "utf8"));
    await must(pulumi("config", "set-all", ...Object.entries(settings).flatMap(([name, value]) => ["--plaintext", `antipode:${name}=${value}`]), "-s", region));
}

const asBefore = (region: Region) => writeFileSync(pocketSettings(region), before.get(region)!);

/** Lets a region serve a version of its own to many visitors, with releases that take seconds. */
export async function prepare(region: Region, version: string, more: Record<string, string> = {}): Promise<void> {
    await set(region, { ...quick, ...crowded, ...more });
    await deploy([region], appOf(version), "low");
    await over(region, version);
}

/** The version in the source, and its settings, as they were; whether it is still kept or is made once more. */
export async function restore(region: Region): Promise<void> {
    if (!before.has(region)) return;
    asBefore(region);
    await set(region, quick);
    await antipode("abort", region);
    await must(up([region], "low"));
    // Made once more it comes by itself; one that is kept has had its turn, and has to be asked for.
    if ((await versionAt(region)) !== version) await antipode("rollback", region, version);
    await until(async () => (await versionAt(region)) === version, { seconds: 90, every: 500, what: `${version} to answer in ${region}` });
    await over(region, version);
    asBefore(region);
    before.delete(region);
    await must(antipode("up", region));
}

/** As `npx antipode releases <region> <version> --json` has it, without a process for each look. */
export const told = async (region: string, of: string): Promise<Event[]> => askPilot<Event[]>(await wayTo(region, { real: false }), "events", of);

/** What happened to a version, as soon as the last of it is like this. */
export async function toldWhen(region: string, version: string, is: (last: Event) => boolean, what: string, seconds = 120): Promise<Event[]> {
    let events: Event[] = [];
    // A pilot that was killed a moment ago does not answer.
    const asked = () => told(region, version).catch(() => events);
    await until(async () => ((last) => last !== undefined && is(last))((events = await asked()).at(-1)), { seconds, every: 500, what: `${version} in ${region} ${what}` });
    return events;
}

/** The end of a version's newest release. */
export const over = (region: string, version: string, seconds = 120) => toldWhen(region, version, ({ phase }) => phase === "finished" || phase === "back", "to be over", seconds);

/** Until a share of the visitors gets a version. */
export const shared = (region: string, version: string) => toldWhen(region, version, ({ phase }) => phase === "canary", "to get visitors");

/** What happened, and the visitors' share after it; without what a release waited for. */
export const steps = (events: Event[]) => events.filter(({ what }) => !what.startsWith("waits")).map(({ what, weight }) => [what, weight]);

/** The version that answers a visitor under a region's own name. */
export async function versionAt(region: string): Promise<string> {
    const health = await askHealth(region, `${region}.${domain}`);
    if (typeof health === "string") throw new Error(`${region}: ${health}`);
    return health.version ?? "none";
}

export const killPilot = (region: string) => inside(region, "docker kill -s KILL $(docker ps -q --filter label=com.docker.swarm.service.name=pilot)");
