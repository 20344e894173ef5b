import { Command } from "commander";
import { withExamples } from "../examples";
import { withReal } from "../options";
import { onMachine, wayTo, type Which } from "../region/way";

export const ssh = () => withExamples(
    withReal(new Command("ssh"))
        .description("A shell, or one command, on a region's machine.")
        .argument("<region>", "cn or us")
        .argument("[command...]", "what to run there, after `--`")
        .action(async (region: string, command: string[], which: Which) => {
            process.exitCode = await onMachine(await wayTo(region, which), command);
        }),
    {
        "npx antipode ssh us": "a shell",
        "npx antipode ssh cn -- docker service ls": "one command",
        "npx antipode ssh us --real": "on the real machine, not the pocket's",
    },
);
