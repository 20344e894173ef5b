import { Command } from "commander";
import { withExamples } from "../examples";
import { withJson, withReal } from "../options";
import type { Which } from "../region/way";
import { askAll } from "../release/ask";
import { trafficText } from "../release/table";
import { sharesOf } from "../release/told";

export const traffic = () => withExamples(
    withReal(withJson(new Command("traffic")))
        .description("Who gets which share of the visitors now; while a release is under way, what is seen of both its versions in the window that runs.")
        .argument("[region]", "us or cn; both when left out")
        .action(async (region: string | undefined, { json, ...which }: Which & { json: boolean }) => {
            const regions = (await askAll(region, which)).map(({ way, host, status }) => ({ region: way.region, url: `https://${host}`, status }));
            const data = regions.map(({ region: name, url, status }) => ({ region: name, url, shares: sharesOf(status), release: status.release, testLink: status.testLink }));
            console.log(json ? JSON.stringify(data, null, 2) : regions.map(trafficText).join("\n"));
        }),
    {
        "npx antipode traffic us": "shares, errors and first tokens, side by side",
        "npx antipode traffic --json": "[{region, url, shares: [{version, share, role, figures}], release, testLink}]",
    },
);
