import { describe, expect, it } from "vitest";
import type { SwarmTask } from "../swarm/versions";
import { type Ending, endingOf, isShared } from "./endings";

describe("the end of an instance", () => {
    const at = Date.parse("2026-11-27T17:52:32.287Z");
    // As a Swarm of Docker 20.10 and 28 tells them.
    it.each<[string, string, string | undefined, number, Partial<Ending> | undefined]>([
        ["is none while it runs", "running", undefined, 0, undefined],
        ["is none while it starts", "starting", undefined, 0, undefined],
        ["is not its own when it was told to go", "shutdown", undefined, 143, undefined],
        ["is none when it never began", "rejected", "No such image: app:1", 0, undefined],
        ["is a crash", "failed", "task: non-zero exit (3)", 3, {}],
        ["is one too when it left with 0", "complete", undefined, 0, {}],
        ["is the kernel's when it was killed", "failed", "task: non-zero exit (137)", 137, { outOfMemory: true }],
        ["is Docker's when it was unhealthy and did not leave", "failed", "task: non-zero exit (137): dockerexec: unhealthy container", 137, {}],
        ["is what there is of it after a power cut", "failed", "task: non-zero exit (255)", 255, {}],
        ["is what there is of it after the engine was stopped", "failed", "No such container: app-1-5-0.1.42fetrsgq940qg79qmui1gd0o", 0, {}],
    ])("%s", (_, State, Err, ExitCode, expected) => {
        const task: SwarmTask & { version: string } = { version: "1.5.0", ID: "t", ServiceID: "s", DesiredState: "shutdown", Status: { State, Err, Timestamp: "2026-11-27T17:52:32.287123456Z", ContainerStatus: { ExitCode } } };
        expect(endingOf(task, 5)).toEqual(expected && { version: "1.5.0", at, outOfMemory: false, ...expected });
    });

    it("is now when it does not say when", () => {
        expect(endingOf({ version: "1.5.0", ID: "t", ServiceID: "s", DesiredState: "shutdown", Status: { State: "failed" } }, 5)).toEqual({ version: "1.5.0", at: 5, outOfMemory: false });
    });

    const of = (version: string, at: number): Ending => ({ version, at, outOfMemory: false });
    const crash = of("1.5.0", 100_000);
    it.each<[string, Ending[], boolean]>([
        ["its own where it ended alone", [crash], false],
        ["its own where others of its version ended with it", [crash, of("1.5.0", 100_000), of("1.5.0", 100_003)], false],
        ["the machine's where another version's ended with it", [of("1.4.0", 100_003), crash], true],
        ["the machine's where the other was a little earlier", [of("1.4.0", 95_000), crash], true],
        ["the machine's where the other was a little later", [crash, of("1.4.0", 105_000)], true],
        ["its own where the other was before, or after", [of("1.4.0", 94_999), crash, of("1.4.0", 105_001)], false],
    ])("is %s", (_, endings, shared) => {
        expect(isShared(crash, endings)).toBe(shared);
    });
});
