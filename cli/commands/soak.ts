import { join } from "node:path";
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { withExamples } from "../examples";
import { project } from "../paths";
import { handOver } from "../run";

function atLeastOne(text: string): number {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("A whole number, 1 or more.");
    return number;
}

// Loaded when they are asked for, as with `bench`.
const up = () => require("../../e2e/soak") as typeof import("../../e2e/soak");
const app = () => require("../../bench/soak") as typeof import("../../bench/soak");

export const soak = () => withExamples(
    new Command("soak")
        .description("Do the same for long, and see that it still works: ends with 1 when it does not.")
        .addArgument(new Argument("[what]", "what to wear out").choices(["up", "app", "release"]).default("up"))
        .addOption(new Option("--rounds <n>", "up: how often an `up` is killed").argParser(atLeastOne).default(10))
        .addOption(new Option("--minutes <n>", "app: how long, once its caches are full (default: 10); release: how long two hostile clients go on (default: 20)").argParser(atLeastOne))
        .option("--load <visitors/requests>", "release: how many read streams, and how many requests a second they make besides", "200/100")
        .action(async (what: "up" | "app" | "release", { rounds, minutes, load }: { rounds: number; minutes?: number; load: string }) => {
            if (what === "release") return void (process.exitCode = await handOver(process.execPath, [join(project, "node_modules/vitest/vitest.mjs"), "run", "--project", "soak"], { cwd: project, env: { ...process.env, ANTIPODE_LOAD: load, ANTIPODE_SOAK_MINUTES: String(minutes ?? 20) } }));
            const well = what === "up" ? await up().soakUp(rounds) : await app().soakApp(minutes ?? 10, console.log);
            if (!well) process.exitCode = 1;
        }),
    {
        "npm run soak": "kills an `up` at random moments and sees that the next one finishes it, ten times; needs that no pocket cloud is up",
        "npm run soak -- release": "the tests of releases, with 200 streams and 100 requests a second all the time, 20 minutes of them with two hostile clients; on the pocket cloud, which has to be up",
        "npm run soak -- app --minutes 10": "10,000 idle and 300 running streams on one instance: no stream lost, no growth of memory",
    },
);
