import { Command } from "commander";
import { withExamples } from "../examples";
import { logLine } from "../region/logs";
import { onMachine } from "../region/way";
import { wholeNumber } from "../options";

export const logs = () => withExamples(
    new Command("logs")
        .description("Show the logs of a region's services.")
        .argument("<region>", "cn or us")
        .argument("[service]", "app, gateway, pilot or mongod; all when left out")
        .option("-f, --follow", "go on showing what comes", false)
        .option("-n, --lines <number>", "how many of the last lines", wholeNumber, 50)
        .action(async (region: string, service: string | undefined, { follow, lines }: { follow: boolean; lines: number }) => {
            process.exitCode = await onMachine(region, [logLine({ service, follow, lines })]);
        }),
    {
        "npx antipode logs us app -f": "follow the app",
        "npx antipode logs cn gateway -n 200": "the last 200 lines of nginx",
    },
);
