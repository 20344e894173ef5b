import { Fault } from "../../errors/fault";
import type { Event } from "../../pilot/releases/events";
import { tell, type PocketStatus } from "../daemon/client";
import { withLock } from "../exclusive";
import { watching } from "../interruption";
import { committedSettings, project } from "../paths";
import { Progress } from "../progress";
import { inEach } from "../region/each";
import { askPilot } from "../region/pilot";
import { particulars, standingWays, targetOf, type Way, wayTo, type Which } from "../region/way";
import { handOver } from "../run";
import { bringUp } from "../stack/bring-up";
import { composeSettings } from "../stack/compose";
import { stacks } from "../stack/names";
import { openSession, passphrase } from "../stack/session";
import { begun, type End, follow } from "./follow";
import { showOn } from "./show";
import { dueIn, sourceVersion, strategyWord } from "./source";
import type { PilotStatus } from "./told";

/** A release as it was asked for. */
export interface Wish extends Which {
    strategy?: string;
    /** "us,cn"; all that stand when left out. */
    regions?: string;
    atOnce: boolean;
    json: boolean;
}

/** A region that is to get a version; `known` are the releases that it had of this number before. */
interface Due { way: Way; version: string; known: Set<string> }

/** The exit status that says how it ended; 1 is an error's. */
export const statusOf = (ends: End[]): number => Math.max(0, ...ends.map(({ is }) => ({ finished: 0, back: 2, paused: 3 })[is]));

/**
 * Brings the version in the source to the visitors, region after region, or in all at once, and follows it to its end;
 * gives how it ended in those that had their turn. What can be refused is refused before anything is done.
 */
export async function carry({ strategy: asked, regions, atOnce, json, real }: Wish): Promise<End[]> {
    const strategy = strategyWord(asked ?? process.env.ANTIPODE_STRATEGY);
    const ways = regions === undefined ? await standingWays({ real }) : await Promise.all([...new Set(regions.split(",").map((name) => name.trim()))].map((name) => wayTo(name, { real })));
    const due = await whoIsDue(ways);
    const ends: End[] = [];
    for (const [place, group] of (atOnce ? [due] : due.map((one) => [one])).entries()) {
        await watching(midway(group), () => (real ? upForReal(group, strategy, json) : up(group, strategy)));
        const others = (atOnce ? [] : due.slice(place + 1)).map(({ way }) => way.region);
        ends.push(...(await followed(group, json, others)));
        if (statusOf(ends) !== 0) break;
    }
    return ends;
}

/** As they are now: a region of the pocket cloud has those with which it came up last, until it comes up again. */
async function settingsOf({ region, real }: Way): Promise<string> {
    if (real) return committedSettings(region);
    const { settings } = await tell<PocketStatus>("GET", "/status");
    return composeSettings(region, settings[region], passphrase);
}

async function whoIsDue(ways: Way[]): Promise<Due[]> {
    const looked = await Promise.all(ways.map(async (way) => {
        const version = sourceVersion(await settingsOf(way));
        const [{ releases }, events] = await Promise.all([askPilot<PilotStatus>(way, "status"), askPilot<Event[]>(way, "events", version)]);
        return { way, version, known: new Set(events.map(({ release }) => release)), is: dueIn(version, releases, particulars(way)) };
    }));
    const due = looked.filter(({ is }) => is === "due");
    if (due.length === 0) throw new Fault("VERSION_SERVES", { ...particulars(ways[0]!), version: looked[0]!.version });
    // One region may have it from a run that came no further.
    for (const { way, version } of looked.filter(({ is }) => is === "serves")) console.error(`${way.region}: ${version} serves already`);
    return due;
}

/** The version may have been made by then, and a version is made once: the same command might be refused. */
const midway = (due: Due[]) => `What was made stays. Whether the version is among that, and on its way: ${due.map(({ way }) => `\`npx antipode versions ${targetOf(way)}\``).join(", ")}; the stack is finished by its next \`up\`.`;

async function up(due: Due[], strategy: string | undefined): Promise<void> {
    await withLock("release", async () => {
        const progress = new Progress();
        const session = await openSession(progress);
        const pulumi = strategy === undefined ? session.pulumi : session.pulumi.with({ ANTIPODE_STRATEGY: strategy });
        // A new version changes nothing of what stands, so nobody waits for a look at that; `up` mends what was changed by hand.
        await bringUp({ ...session, pulumi }, stacks.filter((stack) => due.some(({ way }) => way.region === stack)), progress, { looks: false });
    });
}

/** The user's own Pulumi, with its questions; only programs are kept from reading them. */
async function upForReal(due: Due[], strategy: string | undefined, json: boolean): Promise<void> {
    for (const { way } of due) {
        const env = { ...process.env, ...(strategy === undefined ? {} : { ANTIPODE_STRATEGY: strategy }) };
        const failed = (outcome: string) => new Fault("REAL_UP_FAILED", { ...particulars(way), outcome });
        const status = await handOver("pulumi", ["up", "-s", way.region, "--policy-pack", "policy"], { cwd: project, env, stdio: json ? ["inherit", 2, 2] : "inherit" })
            .catch((error: NodeJS.ErrnoException) => Promise.reject(error.code === "ENOENT" ? failed("could not be run, for there is no `pulumi` on the PATH") : error));
        if (status !== 0) throw failed(`ended with ${status}`);
    }
}

/** @param others regions whose turn comes after these */
async function followed(due: Due[], json: boolean, others: string[]): Promise<End[]> {
    const targets = due.map(({ way }) => targetOf(way));
    const advice = `What was begun goes on without this command; look again with ${targets.map((target) => `\`npx antipode releases ${target} -f\``).join(", ")}.${others.length > 0 ? ` Not begun: ${others.join(", ")}.` : ""}`;
    return watching(advice, async () => {
        const releases = [];
        for (const { way, version, known } of due) {
            const id = await new Progress().during(`${way.region}: the pilot begins with ${version}`, () => begun(version, known, (...words) => askPilot(way, ...words), particulars(way)));
            releases.push({ way, id });
        }
        return followAll(releases, json);
    });
}

/** Follows releases side by side and says how each ended; what fails in one region keeps the others from nothing. */
export async function followAll(releases: { way: Way; id: string }[], json: boolean): Promise<End[]> {
    const show = showOn(process.stdout, json);
    try {
        const ended = await inEach(releases, async ({ way, id }) => ({ way, end: await follow(way.region, id, (...words) => askPilot(way, ...words), show) }), (text) => {
            show.end();
            console.error(text);
        });
        show.end();
        for (const { way, end } of ended) console.error(endText(end, way));
        return ended.map(({ end }) => end);
    } finally {
        show.end();
    }
}

/** What a release came to, and what a person does now. */
export function endText({ is, version, why }: End, way: Pick<Way, "region" | "real">): string {
    const target = targetOf(way);
    switch (is) {
        case "finished":
            return `✔ ${way.region}: all visitors get ${version}`;
        case "back":
            return `✘ ${way.region}: ${version} has ${why}\n  Visitors have the version before: npx antipode versions ${target}; what it said: npx antipode logs ${target} --version ${version}`;
        case "paused":
            return `‖ ${way.region}: ${version} stands still: ${why}\n  Look at it with \`npx antipode traffic ${target}\`; then \`npx antipode resume ${target}\`, \`promote ${target}\` or \`abort ${target}\``;
    }
}
