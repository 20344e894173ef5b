import { describe, expect, it } from "vitest";
import type { Service, Task } from "../engine/swarm";
import { created, lastFailure, updated } from "./converge";
import type { ServiceSpec } from "./types";

const service = (replicas: number, UpdateStatus?: Service<ServiceSpec>["UpdateStatus"]): Service<ServiceSpec> =>
    ({ ID: "s", Version: { Index: 1 }, Spec: { Mode: { Replicated: { Replicas: replicas } } }, UpdateStatus });
const task = (Slot: number, State: string, change: Partial<Task> = {}): Task =>
    ({ ID: `t${Slot}`, ServiceID: "s", CreatedAt: "2026-01-01T00:00:00Z", NodeID: "n", Slot, DesiredState: "running", Status: { State }, ...change });
const ended = { DesiredState: "shutdown" };

describe("a new service", () => {
    it.each([
        ["all of its slots run", 2, [task(1, "running"), task(2, "running")], "done"],
        ["no replica is wanted", 0, [], "done"],
        ["one is still starting", 2, [task(1, "running"), task(2, "starting")], "pending"],
        ["two tasks share a slot", 2, [task(1, "running"), task(1, "running")], "pending"],
        ["its node is down", 1, [task(1, "running", { NodeID: "gone" })], "pending"],
        ["one failed and the next is waiting", 1, [task(1, "failed", ended), task(1, "ready", { DesiredState: "ready" })], "pending"],
        ["no task is there yet", 1, [], "pending"],
        ["all failed and none will come", 1, [task(1, "failed", ended)], "failed"],
        ["it was rejected for good", 1, [task(1, "rejected", ended)], "failed"],
    ])("when %s", (_when, replicas, tasks, state) => {
        expect(created(service(replicas), tasks, ["n"]).state).toBe(state);
    });
});

describe("an update", () => {
    const running = [task(1, "running")];

    it.each([
        ["completed", { state: "done" }], ["updating", { state: "pending" }], ["rollback_started", { state: "pending" }],
        ["paused", { state: "failed", reason: "service update paused: why" }],
        ["rollback_paused", { state: "failed", reason: "service rollback paused: why" }],
        ["rollback_completed", { state: "failed", reason: "service rollback completed: why" }],
    ])("that is %s", (State, progress) => {
        expect(updated(service(1, { State, Message: "why" }), running, ["n"], false)).toEqual(progress);
    });

    it("that has not begun proves nothing by the tasks of before", () => {
        expect(updated(service(1), running, ["n"], true)).toEqual({ state: "pending" });
        expect(updated(service(1), running, ["n"], false)).toEqual({ state: "done" });
        expect(updated(service(2), running, ["n"], false)).toEqual({ state: "pending" });
    });
});

describe("the last failure", () => {
    it("is the newest task's, in the engine's words", () => {
        const failed = (CreatedAt: string, Err: string): Task => task(1, "failed", { CreatedAt, Status: { State: "failed", Err } });
        expect(lastFailure("app", [failed("2026-01-01", "old"), failed("2026-01-02", "task: non-zero exit (3)"), task(2, "running")])?.words).toBe("app.1: task: non-zero exit (3)");
        expect(lastFailure("app", [task(1, "running")])).toBeUndefined();
    });
});
