import { describe, expect, it } from "vitest";
import { awaySince, type PilotTask } from "./away";

const noon = Date.parse("2026-11-27T12:00:00Z");
const at = (seconds: number) => new Date(noon + seconds * 1000).toISOString();
/** Made and ended at so many seconds after noon. */
const task = (created: number, State: string, ended: number, ContainerID = "abc"): PilotTask => ({ CreatedAt: at(created), Status: { State, Timestamp: at(ended), ContainerStatus: { ContainerID } } });
const own = (created: number) => task(created, "running", created + 2);

describe("how long the pilot was away", () => {
    // As a Swarm tells it: each row was seen there.
    it.each<[string, PilotTask[], number | undefined]>([
        ["the one before was killed", [task(0, "failed", 600), own(600)], 600],
        ["its machine began again, when Swarm tells the ends of all", [task(0, "failed", 900), own(900.1)], 900],
        ["another took its place, which was made before it had left", [task(0, "shutdown", 600), own(596)], 600],
        ["there were several before, in any order", [own(600), task(0, "shutdown", 300), task(300, "failed", 600)], 600],
        ["no machine was there for it", [task(0, "shutdown", 600), task(597, "shutdown", 2_000, ""), own(2_000)], 600],
        ["its image was away", [task(0, "failed", 600), task(600, "rejected", 600, ""), task(601, "rejected", 602, ""), own(602)], 600],
        ["others ended as soon as they began", [task(0, "failed", 600), task(600, "failed", 602), task(602, "complete", 604), own(604)], 600],
        ["it was so for longer than Swarm remembers", [task(700, "rejected", 701, ""), task(701, "failed", 703), own(703)], undefined],
        ["the service was scaled to none, and Swarm remembers those before", [task(0, "failed", 600), own(9_000)], undefined],
        ["the same, and one of those before ended as soon as it began", [task(0, "failed", 600), task(600, "failed", 602), own(9_000)], undefined],
        ["it is the first", [own(0)], undefined],
        ["its own task is not told yet", [task(0, "failed", 600)], undefined],
        ["there is none", [], undefined],
    ])("when %s", (_, tasks, since) => {
        expect(awaySince(tasks)).toBe(since === undefined ? undefined : noon + since * 1000);
    });
});
