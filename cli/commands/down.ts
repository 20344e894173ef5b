import { existsSync } from "node:fs";
import { Command } from "commander";
import { home } from "../../pocket/home";
import { withLock } from "../exclusive";
import { withExamples } from "../examples";
import { Progress } from "../progress";
import { holdsResources } from "../stack/backend";
import { openSession } from "../stack/session";
import { takeDown } from "../stack/take-down";

// Loaded when it is asked for: with a client of Docker, which no other command needs.
const stop = () => require("../daemon/stop") as typeof import("../daemon/stop");

export const down = () => withExamples(
    new Command("down")
        .description("Destroy the stacks backwards (edge, us, cn) and the pocket cloud, and leave the machine as it was.")
        .option("--force", "leave the stacks out: take the pocket cloud away with all that is in it")
        .action(async ({ force }: { force?: boolean }) => {
            const left = existsSync(home.state);
            await withLock("down", async () => {
                const progress = new Progress();
                if (left && !force && holdsResources()) await takeDown(await openSession(progress), progress);
                if (left) await stop().stopPocket(progress);
                console.log(left ? "The pocket cloud is gone. The engine and the images stay in the cache for the next `up`." : "There was no pocket cloud.");
            });
        }),
    {
        "npm run down": "destroys everything; the cache of engine and images stays",
        "npx antipode down --force": "when a stack cannot be destroyed any more",
    },
);
