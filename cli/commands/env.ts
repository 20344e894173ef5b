import { Command } from "commander";
import { withExamples } from "../examples";
import { Progress } from "../progress";
import { shellLines } from "../stack/environment";
import { openStacks } from "../stack/open-stacks";
import { openSession } from "../stack/session";

export const env = () => withExamples(
    new Command("env")
        .description("Print the variables with which a shell of your own runs Pulumi against the pocket cloud.")
        .action(async () => {
            const session = await openSession(new Progress());
            await openStacks(session);
            console.log(shellLines(session.variables));
        }),
    {
        'eval "$(npx antipode env)"': "then `pulumi stack output -s us` and the like work in this shell",
    },
);
