import { Argument, Command, Option } from "commander";
import type { Wish } from "../../bench/app";
import { parts } from "../../bench/parts";
import { duration } from "../duration";
import { withExamples } from "../examples";

// Loaded when they are asked for: what only these need would take other commands longer than what they do.
const app = () => require("../../bench/app") as typeof import("../../bench/app");
const releases = () => require("../../bench/releases/bench") as typeof import("../../bench/releases/bench");
const gateway = () => require("../../bench/gateway/bench") as typeof import("../../bench/gateway/bench");
const up = () => require("../bench/up") as typeof import("../bench/up");

export const bench = () => withExamples(
    new Command("bench")
        .description("Measure, and write the result with the machine's size into docs/performance.md.")
        .addArgument(new Argument("[what]", "what to measure").choices(["up", "app", "release", "gateway"]).default("up"))
        .addOption(new Option("--quick", "app: a shorter look beside Go and node:http alone, not written down"))
        .addOption(new Option("--only <parts...>", "app: these parts, which are not written down").choices(parts))
        .action(async (what: "up" | "app" | "release" | "gateway", wish: Wish) => {
            if (what === "app") return app().benchApp(wish, console.log);
            if (what === "release") return console.log(await releases().benchRelease());
            if (what === "gateway") return console.log(await gateway().benchGateway());
            for (const { what: step, ms } of await up().benchUp()) console.log(`${duration(ms).padStart(12)}  ${step}`);
        }),
    {
        "npm run bench -- up": "cold and warm `up`, an `up` with nothing to do, previews; needs that no pocket cloud is up",
        "npm run bench -- app": "the app beside its peers: CPU, memory, first token, round trips; twenty minutes on a machine that does nothing else",
        "npm run bench -- app --quick": "a look in under three minutes",
        "npm run bench -- release": "releases and rollbacks under load beside kamal-proxy, on the pocket cloud, which has to be up; a quarter of an hour",
        "npm run bench -- gateway": "how many streams a gateway carries; needs nginx, and no pocket cloud; a minute",
        "npm run bench -- app --only relay": "what a relayed token costs, alone",
    },
);
