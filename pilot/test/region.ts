import { join } from "node:path";
import type { Watch } from "../figures/watch";
import { EventLog } from "../releases/events";
import { ReleaseKeeper } from "../releases/keeper";
import { parseStrategy } from "../releases/strategy";
import { type Figures, usualRules } from "../releases/verdict";
import { Swarm } from "../swarm/swarm";
import { DockerStandIn } from "./docker";
import { scratch } from "./scratch";

const good: Figures = { requests: 100, synthetic: 0, failed: 0, cut: 0, firstToken: { count: 0, p95: 0 }, restarts: 0, outOfMemory: 0, up: true, downSeconds: 0, core: "passed" };

/** A region whose Docker engine is a stand-in, and whose versions are well as long as they have instances. */
export class RegionStandIn {
    readonly docker = new DockerStandIn();
    now = 1_000_000;
    readonly events = new EventLog(join(scratch(), "events.jsonl"), () => undefined, () => this.now);

    /** A pilot that has just begun; windows last ten seconds, and the version before is kept warm for five. */
    pilot(): ReleaseKeeper {
        const watch = {
            observe: () => undefined, look: async () => undefined, topUp: async () => undefined, forget: () => undefined, complaint: () => undefined, detect: async () => undefined,
            sight: (candidate: { addresses: string[] }) => ({ up: candidate.addresses.length > 0, crashes: 0, candidate: good, stable: good }),
        } as unknown as Watch;
        return new ReleaseKeeper({
            swarm: new Swarm(this.docker.docker, {}), watch, events: this.events, log: () => undefined, usual: { ...parseStrategy("medium"), windowSeconds: 10 }, instances: 1, aloneSeconds: 900,
            limits: { startSeconds: 180, testSeconds: 0, keepSeconds: 5, rules: usualRules }, leads: () => true, onTraffic: () => undefined,
        }, () => this.now);
    }

    /** The pilot of a region in which this version serves. */
    async serving(version: string): Promise<ReleaseKeeper> {
        this.docker.make(version);
        const keeper = this.pilot();
        await this.pass(keeper, 4);
        return keeper;
    }

    /** Looks every second for so long. */
    async pass(keeper: ReleaseKeeper, seconds: number): Promise<void> {
        for (let second = 0; second < seconds; second += 1, this.now += 1_000) await keeper.look();
    }

    /** Where a version's release is, as its labels have it. */
    stateOf(version: string): string {
        const labels = this.docker.of(version).Spec.Labels!;
        return `${labels["antipode.phase"]} ${labels["antipode.step"]}${"antipode.paused" in labels ? " paused" : ""}`;
    }

    /** What happened to a version, from one event on. */
    async told(version?: string, from = 0): Promise<string[]> {
        return (await this.events.read(version)).slice(from).map((event) => (version ? event.what : `${event.version} ${event.what}`));
    }

    instances(): Record<string, number> {
        return Object.fromEntries([...this.docker.services.values()].filter(({ Spec }) => Spec.Labels!["antipode.role"] === "app").map(({ Spec }) => [Spec.Labels!["antipode.version"]!, Spec.Mode!.Replicated!.Replicas!]));
    }
}
