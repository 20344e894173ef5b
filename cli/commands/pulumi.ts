import { Command } from "commander";
import { withExamples } from "../examples";
import { pocketSettings } from "../paths";
import { Progress } from "../progress";
import { openStacks } from "../stack/open-stacks";
import { withSettings } from "../stack/arguments";
import { openSession } from "../stack/session";

export const pulumi = () => withExamples(
    new Command("pulumi")
        .description("The very Pulumi CLI against the pocket cloud; its exit status is given on.")
        .argument("<arguments...>", "what `pulumi` takes, after `--`")
        .action(async (args: string[]) => {
            const words = withSettings(args, pocketSettings);
            const session = await openSession(new Progress());
            await openStacks(session);
            process.exitCode = await session.pulumi.handOver(words);
        }),
    {
        "npx antipode pulumi -- up -s us": "with Pulumi's own questions and display",
        "npx antipode pulumi -- refresh --preview-only --expect-no-changes -s cn": "drift: 0 when there is none, 7 when there is",
        "npx antipode pulumi -- stack output -s us": "what the stack gives to others",
        "npx antipode pulumi -- destroy -s us": "one region leaves",
    },
);
