import { Command } from "commander";
import { withExamples } from "../examples";
import { regionThen, versionWord, withJson, withReal } from "../options";
import type { Which } from "../region/way";
import { orderRollback, rolledBack } from "../release/orders";

export const rollback = () => withExamples(
    withReal(withJson(new Command("rollback")))
        .description("Give all visitors a kept version again, with the settings that it was made with. Waits until the region's own address answers with it.")
        .argument("[region]", "us or cn; all that stand when left out")
        .argument("[version]", "one of those that are kept; the one that served before when left out")
        .action(async (first: string | undefined, second: string | undefined, { json, ...which }: Which & { json: boolean }) => {
            const { region, rest } = regionThen(first, second);
            const back = await rolledBack(await orderRollback(region, rest === undefined ? undefined : versionWord(rest), which));
            if (json) console.log(JSON.stringify(back, null, 2));
        }),
    {
        "npx antipode rollback us": "to the version before",
        "npx antipode rollback cn 1.4.0": "to this one",
        "npx antipode rollback": "both regions, each to the version before there",
        "npx antipode rollback us --real": "the real us, not the pocket's",
        "npx antipode rollback us --json": "[{region, version, release, url}]: who gets what now",
    },
);
