import { Fault } from "../../errors/fault";
import { tell } from "../daemon/client";
import type { Progress, Step } from "../progress";
import { type Account, summary } from "./events";
import { leftLocked } from "./locks";
import { regions, type Region, type Stack } from "./names";
import type { Deployment, Pulumi } from "./pulumi";
import { knownStacks, openStack, type Session } from "./session";

/**
 * Brings stacks up in the order given. Gives the number of changes of each.
 * @param looks whether it looks first at what there really is, so that what somebody changed by hand is mended
 */
export async function bringUp(session: Session, asked: Stack[], progress: Progress, { looks } = { looks: true }): Promise<Map<Stack, Record<string, number>>> {
    const known = await knownStacks(session.pulumi);
    const changes = new Map<Stack, Record<string, number>>();
    for (const stack of asked) {
        const account = await progress.during(`Stack ${stack}`, async (step) => {
            await openStack(session, stack, [...known.keys()], standing(known, asked));
            await recover(session.pulumi, stack, step);
            const account = await (looks ? upWithRefresh : upAsRecorded)(session.pulumi, stack, step);
            const { failed } = await tell<{ failed: { urn: string; error: string }[] }>("POST", "/sweep", { stack });
            const left = failed.map(({ urn, error }) => `${urn} is left over from a run that was killed, and cannot be deleted: ${error}`);
            for (const warning of [...account.warnings, ...left]) step.line(`    ! ${warning.replaceAll("\n", "\n      ")}`);
            return account;
        }, (account) => summary(account.changes));
        changes.set(stack, account.changes);
    }
    return changes;
}

/**
 * What runs on a machine cannot be looked at when the machine is gone: then its cloud alone is asked, and the program
 * makes both anew.
 */
async function upWithRefresh(pulumi: Pulumi, stack: Stack, step: Step): Promise<Account> {
    try {
        return await upAsRecorded(pulumi, stack, step, "--refresh");
    } catch (error) {
        if (!(error instanceof Fault && error.message.includes(machineSilent))) throw error;
        step.line("    ! a machine does not answer; asking its cloud whether it is still there");
        await pulumi.operate("refresh", stack, ["--yes", "--skip-preview", "--exclude", "**docker:index**"], follow(step));
        return upAsRecorded(pulumi, stack, step);
    }
}

const upAsRecorded = (pulumi: Pulumi, stack: Stack, step: Step, ...more: string[]): Promise<Account> => pulumi.operate("up", stack, ["--yes", "--skip-preview", ...more], follow(step));

/** How the Docker provider says that it does not reach its engine. */
const machineSilent = "Error pinging Docker server";

/** The regions that stand when all that is asked for is done; `api.` leads to these. */
export function standing(known: Map<string, number>, asked: Stack[]): Region[] {
    return regions.filter((region) => asked.includes(region) || (known.get(region) ?? 0) > 0);
}

/** Shows an operation's events on a step. */
export function follow(step: Step): (now: string, line?: string) => void {
    return (now, line) => {
        if (line) step.line(line);
        step.note(now);
    };
}

/**
 * Clears what a killed run left: its lock, and operations that nobody knows the end of. The pocket is told which
 * resources the stack's state holds, so that it knows a half-made one that no state mentions.
 */
export async function recover(pulumi: Pulumi, stack: Stack, step: Step): Promise<void> {
    if (leftLocked(stack)) {
        step.note("taking over the lock of a run that was killed");
        await pulumi.run(["cancel", "--yes", "--stack", stack]);
    }
    const exported = await pulumi.run(["stack", "export", "--stack", stack]);
    const state = JSON.parse(exported.stdout) as Deployment;
    if (state.deployment.pending_operations?.length) {
        step.note("clearing what a killed run left half done");
        await pulumi.run(["stack", "import", "--stack", stack], { input: JSON.stringify(withoutPending(exported.stdout)) });
    }
    await tell("POST", "/claim", { stack, ids: claimed(state) });
}

/** The ids of the resources that a stack's state holds. */
export function claimed({ deployment }: Deployment): string[] {
    return (deployment.resources ?? []).flatMap(({ id, custom }) => (custom && id ? [id] : []));
}

/** The state without its unfinished operations, all else as it is. */
export function withoutPending(exported: string): unknown {
    const state = JSON.parse(exported) as Deployment;
    delete state.deployment.pending_operations;
    return state;
}
