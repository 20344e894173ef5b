import { Command } from "commander";
import { Fault } from "../../errors/fault";
import { withExamples } from "../examples";
import { versionWord, withReal } from "../options";
import { inInstance } from "../region/instance";
import { askPilot } from "../region/pilot";
import { particulars, type Way, wayTo, type Which } from "../region/way";
import type { PilotStatus } from "../release/told";

export const shell = () => withExamples(
    withReal(new Command("shell"))
        .description("A shell, or one command, in an instance of the app.")
        .argument("<region>", "cn or us")
        .argument("[words...]", "a version, the one that serves when left out; and, after `--`, what to run there")
        .action(async (region: string, words: string[], which: Which) => {
            const way = await wayTo(region, which);
            const named = versionIn(words);
            process.exitCode = await inInstance(way, named ?? (await serving(way)), named === undefined ? words : words.slice(1));
        }),
    {
        "npx antipode shell us": "a shell in the version that serves",
        "npx antipode shell us 1.5.0": "in this one, also while no pilot can be asked",
        "npx antipode shell cn -- node --version": "one command",
    },
);

/** The parser takes the `--` away; no command begins with a number. */
const versionIn = ([first]: string[]): string | undefined => (first !== undefined && /^v?\d/.test(first) ? versionWord(first) : undefined);

async function serving(way: Way): Promise<string> {
    const { releases } = await askPilot<PilotStatus>(way, "status");
    if (releases.serving === undefined) throw new Fault("NO_INSTANCE", { ...particulars(way), version: "any version" });
    return releases.serving;
}
