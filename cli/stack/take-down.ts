import type { Progress } from "../progress";
import { follow, recover } from "./bring-up";
import { summary } from "./events";
import { stacks } from "./names";
import { knownStacks, type Session } from "./session";

/** Destroys the stacks backwards and forgets them. */
export async function takeDown({ pulumi }: Session, progress: Progress): Promise<void> {
    const known = await knownStacks(pulumi);
    for (const stack of [...stacks].reverse().filter((name) => known.has(name))) {
        await progress.during(`Destroying ${stack}`, async (step) => {
            await recover(pulumi, stack, step);
            const account = await pulumi.operate("destroy", stack, ["--yes", "--skip-preview"], follow(step));
            await pulumi.run(["stack", "rm", "--yes", "--preserve-config", "--stack", stack]);
            return account;
        }, ({ changes }) => summary(changes));
    }
}
