import { Command } from "commander";
import { withExamples } from "../examples";
import { visit as run } from "../visitor/visit";

export const visit = () => withExamples(
    new Command("visit")
        .description("Run a command as an end user of a place: in that place's network, with its resolver, trusting the pocket's authority.")
        .argument("<place>", "us, cn or eu")
        .argument("<command...>", "what to run, after `--`")
        .action(async (place: string, command: string[]) => {
            process.exitCode = await run(place, command);
        }),
    {
        "npx antipode visit us -- curl -s https://api.yourapp.test/api/health": "answers from US",
        "npx antipode visit cn -- dig +short api.yourapp.test": "the address that China is sent to",
        "npx antipode visit eu -- bash": "a shell there",
    },
);
