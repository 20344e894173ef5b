import { Command } from "commander";
import { withLock } from "../exclusive";
import { withExamples } from "../examples";
import { Progress } from "../progress";
import { bringUp, standing } from "../stack/bring-up";
import { parseStacks } from "../stack/names";
import { knownStacks, openSession } from "../stack/session";
import { farewell } from "../visitor/farewell";
import { waitForApi } from "../visitor/health";

export const up = () => withExamples(
    new Command("up")
        .description("Bring stacks up on the pocket cloud: set-up, the cloud, then cn, us and edge in that order. May be repeated.")
        .argument("[stacks...]", "which of cn, us and edge; all when left out")
        .action(async (asked: string[]) => {
            const stacks = parseStacks(asked);
            await withLock("up", async () => {
                const progress = new Progress();
                const session = await openSession(progress);
                await bringUp(session, stacks, progress);
                // Until `edge` is brought up again, `api.` leads where it led before.
                if (stacks.includes("edge")) await waitForApi(session.domain, standing(await knownStacks(session.pulumi), stacks), progress);
                console.log(farewell(session.domain, stacks));
            });
        }),
    {
        "npm run up": "everything",
        "npx antipode up cn edge": "growth stage 1: one region; us can be added at any time",
        "npx antipode up us": "the us region alone, once cn is up",
    },
);
