import { Command } from "commander";
import { withExamples } from "../examples";
import { onMachine } from "../region/way";

export const ssh = () => withExamples(
    new Command("ssh")
        .description("A shell, or one command, on a region's machine.")
        .argument("<region>", "cn or us")
        .argument("[command...]", "what to run there, after `--`")
        .action(async (region: string, command: string[]) => {
            process.exitCode = await onMachine(region, command);
        }),
    {
        "npx antipode ssh us": "a shell",
        "npx antipode ssh cn -- docker service ls": "one command",
    },
);
