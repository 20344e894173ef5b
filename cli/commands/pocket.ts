import { Argument, Command } from "commander";
import type { Order } from "../../pocket/faults";
import { tell } from "../daemon/client";
import { withExamples } from "../examples";
import { wholeNumber } from "../options";
import { oneOf, regions } from "../stack/names";

async function cause(order: Order): Promise<void> {
    const { done } = await tell<{ done: string }>("POST", "/fault", order);
    console.log(done);
}

function power(action: "stop" | "start", about: string): Command {
    return new Command(action)
        .description(about)
        .argument("<region>", "cn or us")
        .argument("[service]", "one service there (app, gateway, pilot, mongod) instead of the machine")
        .action((region: string, service?: string) => cause({ action, region: oneOf(regions, region, "REGION_UNKNOWN"), what: service }));
}

export const pocket = () => withExamples(
    new Command("pocket")
        .description("Faults of the pocket cloud, for tests and for trying things.")
        .addCommand(withExamples(power("stop", "Stop a region's machine, or one service on it."), { "npx antipode pocket stop us": "us fails; its visitors go to cn" }))
        .addCommand(withExamples(power("start", "Start what was stopped."), { "npx antipode pocket start us": "they go home" }))
        .addCommand(withExamples(
            new Command("partition").description("Cut the line between the two regions.").action(() => cause({ action: "partition", a: "us", b: "cn" })),
            { "npx antipode pocket partition": "us no longer reaches the database, and goes on by itself" },
        ))
        .addCommand(withExamples(
            new Command("heal").description("Mend the line between the two regions; the delay goes as well.").action(() => cause({ action: "heal" })),
            { "npx antipode pocket heal": "as at the beginning" },
        ))
        .addCommand(withExamples(
            new Command("registry")
                .description("Take the container registry of both regions away, or bring it back.")
                .addArgument(new Argument("<what>", "what becomes of it").choices(["stop", "start"]))
                .action((to: "stop" | "start") => cause({ action: "registry", to })),
            { "npx antipode pocket registry stop": "no machine can pull an image that it has not" },
        ))
        .addCommand(withExamples(
            new Command("delay")
                .description("Delay every packet between the two regions, each way.")
                .argument("<milliseconds>", "90 gives the 180 ms round trip of the real line", wholeNumber)
                .action((ms: number) => cause({ action: "delay", ms })),
            { "npx antipode pocket delay 90": "about the Pacific" },
        )),
    {
        "npx antipode pocket stop us": "us fails; its visitors are served from cn under the same name",
        "npx antipode pocket stop us app": "only its app fails; its gateway serves from cn",
        "npx antipode pocket delay 90": "the 180 ms between New York and Shanghai",
    },
);
