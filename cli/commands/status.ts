import { Command } from "commander";
import { withExamples } from "../examples";
import { look } from "../region/look";
import { worldText } from "../region/standing";

export const status = () => withExamples(
    new Command("status")
        .description("What stands, and how visitors see it. Exit status 1 when something that stands is not healthy.")
        .option("--json", "for programs", false)
        .action(async ({ json }: { json: boolean }) => {
            const world = await look();
            console.log(json ? JSON.stringify(world, null, 2) : worldText(world));
            if (!world.regions.every(({ healthy }) => healthy)) process.exitCode = 1;
        }),
    {
        "npx antipode status": "for people",
        "npx antipode status --json": "{domain, regions: [{name, cloud, address, url, healthy, version}], edge: {name, pools, steering}}",
    },
);
