import { Command } from "commander";
import { Fault } from "../../errors/fault";
import type { Event } from "../../pilot/releases/events";
import { withExamples } from "../examples";
import { watching } from "../interruption";
import { regionThen, versionWord, withJson, withReal } from "../options";
import { inEach } from "../region/each";
import { askPilot } from "../region/pilot";
import { particulars, targetOf, waysTo, type Which } from "../region/way";
import { askAll } from "../release/ask";
import { followAll, statusOf } from "../release/carry";
import type { End } from "../release/follow";
import { eventsTable } from "../release/table";

interface Options extends Which { follow: boolean; json: boolean }

export const releases = () => withExamples(
    withReal(withJson(new Command("releases")
        .description("What happened to the releases, oldest first; or, with -f, the one that is under way, to its end (exit status as of `release`).")
        .argument("[region]", "us or cn; both when left out")
        .argument("[release]", "the id of one, or a version; all when left out")
        .option("-f, --follow", "follow the one that is under way", false)))
        .action(async (first: string | undefined, second: string | undefined, { follow, json, ...which }: Options) => {
            const { region, rest } = regionThen(first, second);
            const of = rest === undefined || /^\d{14}-/.test(rest) ? rest : versionWord(rest);
            if (follow) {
                const ends = await followThose(region, json, which);
                process.exitCode ||= statusOf(ends);
                return;
            }
            const told = await inEach(await waysTo(region, which), async (way) => (await askPilot<Event[]>(way, "events", of ?? "")).map((event) => ({ region: way.region, ...event })));
            const events = told.flat().sort((one, other) => one.time.localeCompare(other.time));
            console.log(json ? JSON.stringify(events, null, 2) : eventsTable(events));
        }),
    {
        "npx antipode releases": "all, of both regions",
        "npx antipode releases us -f": "the one that is under way in us, as it goes",
        "npx antipode releases us 1.5.0": "those of one version",
        "npx antipode releases cn --json": "[{region, time, release, version, phase, weight, what, who, verdict}]",
    },
);

/** Throws RELEASE_NONE when none is under way in any of the regions. */
async function followThose(region: string | undefined, json: boolean, which: Which): Promise<End[]> {
    const asked = await askAll(region, which);
    const underWay = asked.flatMap(({ way, status }) => (status.release ? [{ way, id: status.release.id }] : []));
    if (underWay.length === 0 && asked.length > 0) throw new Fault("RELEASE_NONE", particulars(asked[0]!.way));
    const advice = `The release goes on without this command; look again with ${underWay.map(({ way }) => `\`npx antipode releases ${targetOf(way)} -f\``).join(", ")}.`;
    return watching(advice, () => followAll(underWay, json));
}
