import { Command } from "commander";
import { withExamples } from "../examples";
import { versionWord, wholeNumber, withReal } from "../options";
import { logLine } from "../region/logs";
import { onMachine, wayTo, type Which } from "../region/way";

interface Options extends Which { follow: boolean; lines: number; version?: string }

export const logs = () => withExamples(
    withReal(new Command("logs")
        .description("Show the logs of a region's services.")
        .argument("<region>", "cn or us")
        .argument("[service]", "app, gateway, pilot or mongod; all when left out")
        .option("-f, --follow", "go on showing what comes", false)
        .option("-n, --lines <number>", "how many of the last lines", wholeNumber, 50)
        .option("--version <version>", "this version of the app alone"))
        .action(async (region: string, service: string | undefined, { follow, lines, version, real }: Options, command: Command) => {
            if (version !== undefined && (service ?? "app") !== "app") command.error(`error: ${service} has no versions; the app has`);
            const line = logLine({ service, version: version === undefined ? undefined : versionWord(version), follow, lines });
            process.exitCode = await onMachine(await wayTo(region, { real }), [line]);
        }),
    {
        "npx antipode logs us app -f": "follow the app",
        "npx antipode logs us --version 1.5.0": "one version of it",
        "npx antipode logs cn gateway -n 200": "the last 200 lines of nginx",
    },
);
