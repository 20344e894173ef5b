import { existsSync, rmSync } from "node:fs";
import { Command } from "commander";
import { home } from "../../pocket/home";
import { teardown } from "../../pocket/teardown";
import { stopPocket } from "../daemon/stop";
import { withLock } from "../exclusive";
import { withExamples } from "../examples";
import { Progress } from "../progress";
import { openSession } from "../stack/session";
import { takeDown } from "../stack/take-down";

export const down = () => withExamples(
    new Command("down")
        .description("Destroy the stacks backwards (edge, us, cn) and the pocket cloud, and leave the machine as it was.")
        .option("--force", "leave the stacks out: take the pocket cloud away with all that is in it")
        .action(async ({ force }: { force?: boolean }) => {
            const left = existsSync(home.state);
            await withLock("down", async () => {
                const progress = new Progress();
                if (left && !force) await takeDown(await openSession(progress), progress);
                const stopped = await stopPocket(progress);
                // A daemon that was killed leaves its machines and networks behind.
                if (left && !stopped) await progress.during("What a killed pocket cloud left", (step) => teardown((line) => step.note(line)));
                rmSync(home.state, { recursive: true, force: true });
                console.log(left ? "The pocket cloud is gone. The engine and the images stay in the cache for the next `up`." : "There was no pocket cloud.");
            });
        }),
    {
        "npm run down": "destroys everything; the cache of engine and images stays",
        "npx antipode down --force": "when a stack cannot be destroyed any more",
    },
);
