import type { ReleaseStatus } from "../../pilot/releases/status";
import type { Figures } from "../../pilot/releases/verdict";
import type { Told } from "./told";

/** For tests: figures of a version that is well. */
export const good: Figures = { requests: 812, synthetic: 0, failed: 0, cut: 0, firstToken: { count: 120, p95: 412.4 }, restarts: 0, outOfMemory: 0, up: true, downSeconds: 0, core: "passed" };

export type Underway = NonNullable<ReleaseStatus["release"]>;

/** For tests: 1.5.0 on its way from 1.4.0, at 10 % for 48 s of 600 s. */
export const underWay: Underway = {
    id: "20261127123456-1.5.0", version: "1.5.0", from: "1.4.0", strategy: { weights: [10, 50, 100], windowSeconds: 600 }, phase: "canary", step: 0,
    since: 952_000, watched: 0, weight: 10, seconds: 600, seen: { up: true, led: true, crashes: 0, candidate: good, stable: { ...good, requests: 7300, failed: 20, cut: 2 } },
};

export function statusWith(release: Partial<Underway> = {}, more: Partial<ReleaseStatus> = {}): ReleaseStatus {
    return {
        now: 1_000_000,
        serving: "1.4.0",
        traffic: [{ version: "1.5.0", share: 10 }, { version: "1.4.0", share: 90 }],
        versions: [
            { version: "1.5.0", instances: 1, healthy: 1, phase: "canary" },
            { version: "1.4.0", instances: 1, healthy: 1, phase: "finished", servingSince: Date.UTC(2026, 10, 20, 8) },
            { version: "1.3.0", instances: 0, healthy: 0 },
        ],
        release: { ...underWay, ...release },
        unreadable: [],
        ...more,
    };
}

/** For tests: nothing is under way. */
export const quiet: ReleaseStatus = { ...statusWith(), traffic: [{ version: "1.4.0", share: 100 }], release: undefined };

export const toldOf = (what: string, more: Partial<Told> = {}): Told => ({
    region: "us", time: "2026-11-27T12:34:56.789Z", release: underWay.id, version: "1.5.0", phase: "canary", weight: 10, what, who: "by itself", ...more,
});
