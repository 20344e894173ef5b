import { Command } from "commander";
import { withExamples } from "../examples";
import { runTests } from "../suite/run";
import { succeeded, verdict } from "../suite/tally";

interface Options { unit?: boolean; e2e?: boolean; keep?: boolean }

export const test = () => withExamples(
    new Command("test")
        .description("Run all tests: types, unit tests, then end to end on the pocket cloud. The last line is the count.")
        .option("--unit", "only what needs no pocket cloud")
        .option("--e2e", "only what needs one")
        .option("--keep", "leave the pocket cloud up afterwards")
        .action(async ({ unit, e2e, keep }: Options) => {
            const result = await runTests({ unit: !e2e || unit === true, endToEnd: !unit || e2e === true, keep: keep === true });
            console.log(verdict(result));
            if (!succeeded(result)) process.exitCode = 1;
        }),
    {
        "npm test": "everything",
        "npx antipode test --unit": "types and unit tests, a minute or two",
        "npx antipode test --e2e --keep": "on the pocket cloud, which stays for a look",
    },
);
