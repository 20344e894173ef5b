import { addressOf, type SwarmTask } from "../swarm/versions";
import { type Ending, endingOf } from "./endings";

type Task = SwarmTask & { version: string };

/** An instance that has an address, or had it. Times are milliseconds since 1970. */
export interface Owner {
    version: string;
    /** Since when it could be led to. */
    from: number;
    /** When it was first seen that it runs no more. */
    over?: number;
    /** How it ended, if it did so by itself. */
    ending?: Ending;
}

/** Longer than any log is read back for. */
const KEEP_MS = 3 * 3_600_000;

/**
 * Whose an address was, and when: the Swarm gives one that is free again to whoever comes next, and a gateway that has
 * just begun again leads to where everybody was before.
 */
export class Owners {
    /** By their addresses, and each by its task. */
    private readonly owners = new Map<string, Map<string, Owner>>();

    constructor(private readonly now: () => number) {}

    /** @param tasks all that the Swarm remembers; port 80 is every version's */
    observe(tasks: Task[]): void {
        for (const task of tasks) {
            const host = addressOf(task);
            const { State, Timestamp } = task.Status;
            const isOver = /^(complete|failed|shutdown)$/.test(State);
            // One that still comes up is led to by nobody.
            if (host === undefined || (State !== "running" && !isOver)) continue;
            const address = `${host}:80`;
            const known = this.owners.get(address) ?? new Map<string, Owner>();
            this.owners.set(address, known);
            const { from, over } = known.get(task.ID) ?? { from: Date.parse((isOver ? task.CreatedAt : Timestamp) ?? "") || 0 };
            known.set(task.ID, { version: task.version, from, over: isOver ? (over ?? this.now()) : undefined, ending: endingOf(task, this.now()) });
        }
        this.forget(new Set(tasks.map(({ ID }) => ID)));
    }

    /** @param tasks those that the Swarm still remembers */
    private forget(tasks: Set<string>): void {
        for (const [address, known] of this.owners) {
            for (const [task, owner] of known) {
                if (!tasks.has(task)) owner.over ??= this.now();
                if (owner.over !== undefined && owner.over < this.now() - KEEP_MS) known.delete(task);
            }
            if (known.size === 0) this.owners.delete(address);
        }
    }

    /** Who had an address at a time that is told in whole seconds: the last who had come by then. */
    of(address: string, at: number): Owner | undefined {
        const owners = [...(this.owners.get(address)?.values() ?? [])].filter(({ from }) => Math.floor(from / 1000) * 1000 <= at);
        return owners.sort((one, other) => other.from - one.from)[0];
    }
}
