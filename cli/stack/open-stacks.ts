import { stacks } from "./names";
import { standing } from "./bring-up";
import { knownStacks, openStack, type Session } from "./session";

/** Makes every stack known to Pulumi with its settings, so that Pulumi's own commands find them. */
export async function openStacks(session: Session): Promise<void> {
    const known = await knownStacks(session.pulumi);
    for (const stack of stacks) await openStack(session, stack, [...known.keys()], standing(known, []));
}
