import { Command } from "commander";
import { withLock } from "../exclusive";
import { withExamples } from "../examples";
import { Progress } from "../progress";
import { parseStacks } from "../stack/names";
import { previewAll } from "../stack/preview";
import { openSession } from "../stack/session";

export const preview = () => withExamples(
    new Command("preview")
        .description("Preview every stack with the policy pack, on the pocket cloud. Changes nothing; the exit status tells.")
        .argument("[stacks...]", "which of cn, us and edge; all when left out")
        .action(async (asked: string[]) => {
            const stacks = parseStacks(asked);
            await withLock("preview", async () => {
                const progress = new Progress();
                await previewAll(await openSession(progress), stacks, progress);
            });
        }),
    {
        "npm run preview": "every stack, as CI does",
        "npx antipode preview us": "one stack",
        "npx antipode pulumi -- preview --diff -s us": "Pulumi's own preview, with each property",
    },
);
