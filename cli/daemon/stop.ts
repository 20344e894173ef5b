import { Fault } from "../../errors/fault";
import type { Progress } from "../progress";
import { until } from "../wait";
import { ask, pocketStatus } from "./client";

/** Machines take seconds to shut down; past this something holds them. */
const goneDeadlineMs = 120_000;

/** Takes the pocket cloud away and waits until it is gone. True when there was one. Throws POCKET_STAYS. */
export async function stopPocket(progress: Progress): Promise<boolean> {
    if (!(await pocketStatus())) return false;
    await progress.during("Pocket cloud: taking it away", async (step) => {
        await ask("POST", "/down");
        const gone = await until(async () => {
            const status = await pocketStatus();
            if (status) step.note(status.phase);
            return status ? undefined : true;
        }, goneDeadlineMs);
        if (!gone) throw new Fault("POCKET_STAYS", { seconds: goneDeadlineMs / 1000 });
    });
    return true;
}
