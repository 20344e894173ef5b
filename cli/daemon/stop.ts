import { teardown } from "../../pocket/teardown";
import type { Progress } from "../progress";
import { daemon } from "./process";

/** Ends the daemon and takes away all that it made, also what one left that was killed or never came up. */
export async function stopPocket(progress: Progress): Promise<void> {
    await progress.during("Pocket cloud: taking it away", async (step) => {
        await daemon().stop();
        await teardown(step.note);
    });
}
