import { Argument, Command } from "commander";
import { benchUp } from "../bench/up";
import { duration } from "../duration";
import { withExamples } from "../examples";

export const bench = () => withExamples(
    new Command("bench")
        .description("Measure, and write the result with the machine's size into docs/performance.md.")
        .addArgument(new Argument("[what]", "what to measure").choices(["up"]).default("up"))
        .action(async () => {
            for (const { what, ms } of await benchUp()) console.log(`${duration(ms).padStart(12)}  ${what}`);
        }),
    { "npm run bench -- up": "cold and warm `up`, an `up` with nothing to do, previews; needs that no pocket cloud is up" },
);
