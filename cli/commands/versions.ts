import { Command } from "commander";
import { withExamples } from "../examples";
import { withJson, withReal } from "../options";
import type { Which } from "../region/way";
import { askAll } from "../release/ask";
import { versionsTable } from "../release/table";

export const versions = () => withExamples(
    withReal(withJson(new Command("versions")))
        .description("The versions of the app that are kept, newest first: their instances, since when one serves or served, which serves now and which is on its way.")
        .argument("[region]", "us or cn; both when left out")
        .action(async (region: string | undefined, { json, ...which }: Which & { json: boolean }) => {
            const regions = (await askAll(region, which)).map(({ way, status }) => ({ region: way.region, status }));
            const data = regions.map(({ region: name, status: { serving, versions: kept, release, unreadable } }) => ({ region: name, serving, onItsWay: release?.version, versions: kept, unreadable }));
            console.log(json ? JSON.stringify(data, null, 2) : versionsTable(regions));
        }),
    {
        "npx antipode versions": "of both regions",
        "npx antipode versions us --json": "[{region, serving, onItsWay, versions: [{version, instances, healthy, phase, servingSince}], unreadable}]",
    },
);
