import type { SwarmTask } from "./versions";

export type PilotTask = Pick<SwarmTask, "Status"> & { CreatedAt: string };

/** One that ended sooner, as with settings of no use, has watched nothing. */
const LIVED_MS = 10_000;
/** Swarm makes a successor at once; one that was made later is somebody else's. */
const AT_ONCE_MS = 10_000;

/**
 * Since when there was no pilot before the one that runs now: the end of the newest that lived, in milliseconds since 1970.
 * Undefined when the Swarm does not know: it keeps five tasks, and forgets the last one of a service that is scaled to none.
 * @param tasks of the service `pilot`
 */
export function awaySince(tasks: PilotTask[]): number | undefined {
    const inOrder = [...tasks].sort((one, other) => Date.parse(one.CreatedAt) - Date.parse(other.CreatedAt));
    const [last, ...after] = inOrder.slice(inOrder.findLastIndex(lived));
    if (!last || !lived(last) || after.length === 0) return undefined;
    const unbroken = after.every(({ CreatedAt }, index) => Date.parse(CreatedAt) - endOf([last, ...after][index]!) <= AT_ONCE_MS);
    return unbroken ? endOf(last) : undefined;
}

function lived(task: PilotTask): boolean {
    const { State, ContainerStatus } = task.Status;
    // One that waited for a machine or an image in vain had no container.
    return /^(failed|complete|shutdown)$/.test(State) && Boolean(ContainerStatus?.ContainerID) && endOf(task) - Date.parse(task.CreatedAt) >= LIVED_MS;
}

const endOf = ({ Status }: PilotTask): number => Date.parse(Status.Timestamp ?? "");
