import type { Service, Task } from "../engine/swarm";
import type { ServiceSpec } from "./types";

/** How far a service is from what was asked of it. */
export type Progress = { state: "done" } | { state: "pending" } | { state: "failed"; reason: string };

const FAILED = ["failed", "rejected"];

/**
 * Progress of a new service: done when as many slots run as there are replicas, on nodes that are up; failed when
 * nothing will be tried again. `tasks` are all tasks of the service, also those that ended.
 */
export function created(service: Service<ServiceSpec>, tasks: Task[], activeNodes: string[]): Progress {
    const replicas = service.Spec.Mode?.Replicated?.Replicas ?? 0;
    if (running(tasks, activeNodes) === replicas) return { state: "done" };
    const wanted = tasks.some((task) => task.DesiredState === "running" || task.DesiredState === "ready");
    if (wanted || !tasks.some(hasFailed)) return { state: "pending" };
    return { state: "failed", reason: `Service with ID (${service.ID}) did not converge: no task is left to start` };
}

/**
 * Progress of an update. `fresh` says that the engine may not have begun to replace tasks yet, so that running tasks
 * prove nothing.
 */
export function updated(service: Service<ServiceSpec>, tasks: Task[], activeNodes: string[], fresh: boolean): Progress {
    const { State, Message } = service.UpdateStatus ?? {};
    switch (State) {
        case "completed": return { state: "done" };
        case "paused": return { state: "failed", reason: `service update paused: ${Message}` };
        case "rollback_paused": return { state: "failed", reason: `service rollback paused: ${Message}` };
        case "rollback_completed": return { state: "failed", reason: `service rollback completed: ${Message}` };
        case "updating": case "rollback_started": return { state: "pending" };
    }
    if (fresh) return { state: "pending" };
    return running(tasks, activeNodes) === (service.Spec.Mode?.Replicated?.Replicas ?? 0) ? { state: "done" } : { state: "pending" };
}

/** The newest task that failed, and in the engine's words why: `app.1: task: non-zero exit (3)`. */
export function lastFailure(name: string, tasks: Task[]): { task: Task; words: string } | undefined {
    const [task] = tasks.filter(hasFailed).sort((a, b) => (a.CreatedAt < b.CreatedAt ? 1 : -1));
    return task && { task, words: `${name}.${task.Slot ?? 1}: ${task.Status.Err || task.Status.Message || task.Status.State}` };
}

function running(tasks: Task[], activeNodes: string[]): number {
    const slots = tasks.filter((task) => task.DesiredState === "running" && task.Status.State === "running" && activeNodes.includes(task.NodeID ?? ""));
    return new Set(slots.map((task) => task.Slot)).size;
}

function hasFailed(task: Task): boolean {
    return FAILED.includes(task.Status.State ?? "");
}
