import { userInfo } from "node:os";
import { Command } from "commander";
import { withExamples } from "../examples";
import { pilotLine } from "../region/pilot";
import { onMachine } from "../region/way";

const ask = async (region: string, ...words: string[]) => void (process.exitCode = await onMachine(region, [pilotLine(words)]));

/** A command that tells the pilot of a region what to do with the release that is under way. */
const order = (name: string, description: string) => () => withExamples(
    new Command(name).description(description).argument("<region>", "cn or us").action((region: string) => ask(region, name, userInfo().username)),
    { [`npx antipode ${name} us`]: "the release that is under way in us" },
);

export const promote = order("promote", "Lead a release on to its next step, whatever is seen of it.");
export const pause = order("pause", "Let a release stand where it is, until `resume`. Gross errors still take it back.");
export const resume = order("resume", "Let a paused release go on, with a new window.");
export const abort = order("abort", "Take a release back: all visitors get the version before.");

export const rollback = () => withExamples(
    new Command("rollback")
        .description("Give all visitors of a region a kept version again, with the settings that it was made with.")
        .argument("<region>", "cn or us")
        .argument("[version]", "one of those that are kept; the one that served before when left out")
        .action((region: string, version: string | undefined) => ask(region, "rollback", userInfo().username, version ?? "")),
    { "npx antipode rollback us": "to the version before", "npx antipode rollback cn 1.4.0": "to this one" },
);

export const releases = () => withExamples(
    new Command("releases")
        .description("What happened to a region's releases, oldest first, in JSON.")
        .argument("<region>", "cn or us")
        .argument("[release]", "the id of one, or a version; all when left out")
        .action((region: string, of: string | undefined) => ask(region, "events", of ?? "")),
    { "npx antipode releases us": "all", "npx antipode releases us 1.5.0": "those of one version" },
);
