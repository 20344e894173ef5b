import { join } from "node:path";
import { Fault } from "../../errors/fault";
import { project } from "../paths";
import type { Progress } from "../progress";
import { follow, standing } from "./bring-up";
import { summary } from "./events";
import type { Stack } from "./names";
import { knownStacks, openStack, type Session } from "./session";

/** The folder of the policy pack. */
export const policyPack = join(project, "policy");

/** Previews each stack, goes on after a failure so that one run tells all, and throws PREVIEW_FAILED in the end. */
export async function previewAll(session: Session, asked: Stack[], progress: Progress): Promise<void> {
    const known = await knownStacks(session.pulumi);
    const failed: Stack[] = [];
    for (const stack of asked) {
        const step = progress.step(`Preview of ${stack}`);
        try {
            await openStack(session, stack, [...known.keys()], standing(known, asked));
            const account = await session.pulumi.operate("preview", stack, ["--policy-pack", policyPack], follow(step));
            step.done(summary(account.changes));
        } catch (error) {
            step.failed();
            if (!(error instanceof Fault)) throw error;
            console.error(error.report());
            failed.push(stack);
        }
    }
    if (failed.length > 0) throw new Fault("PREVIEW_FAILED", { stacks: failed.join(", ") });
}
