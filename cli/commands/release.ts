import { Command } from "commander";
import { withExamples } from "../examples";
import { withJson, withReal } from "../options";
import { carry, statusOf, type Wish } from "../release/carry";

export const release = () => withExamples(
    withReal(withJson(new Command("release")
        .description([
            "Bring the version in the app's package.json or VERSION to the visitors, and follow it to its end: us first, and cn when us has finished.",
            "Ctrl-C leaves it running. Exit status: 0 finished everywhere, 1 an error, 2 gone back, 3 paused, so that a person is needed.",
        ].join(" "))
        .option("--strategy <strategy>", "low, medium, high, routine, or weights such as 20,60,100; the stack's own when left out")
        .option("--regions <regions>", "these, in this order, such as us,cn; all that stand when left out")
        .option("--at-once", "in all of them together, not one after the other", false)))
        .action(async (wish: Wish) => {
            const ends = await carry(wish);
            process.exitCode ||= statusOf(ends);
        }),
    {
        "npm version patch --prefix app && npx antipode release": "a new version in us, then in cn",
        "npx antipode release --strategy high --regions us": "carefully, and in us alone",
        "npx antipode release --at-once --json": "in both together; a JSON line for each event",
        "npx antipode release --real": "on real clouds: your own `pulumi up -s <region>` with its questions, then the release",
    },
);
