import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Watch } from "../figures/watch";
import type { Swarm } from "../swarm/swarm";
import { versionsOf } from "../swarm/versions";
import { scratch } from "../test/scratch";
import { type Event, EventLog } from "./events";
import { ReleaseKeeper } from "./keeper";
import type { Labels } from "./labels";
import type { Sight } from "./release";
import type { ReleaseStatus } from "./status";
import { parseStrategy } from "./strategy";
import { type Figures, usualRules } from "./verdict";

const good: Figures = { requests: 100, synthetic: 0, failed: 0, cut: 0, firstToken: { count: 0, p95: 0 }, restarts: 0, outOfMemory: 0, up: true, core: "passed" };

/** A Swarm whose services have an instance as soon as one is wished for. */
class World {
    readonly services = new Map<string, { labels: Labels; instances: number }>();
    now = 1_000_000;
    seen: Partial<Figures> = {};
    events = new EventLog(join(scratch(), "events.jsonl"), () => undefined, () => this.now);
    traffic = 0;
    topped = 0;
    made = 0;
    /** Somebody changed the service at the same moment. */
    conflict = false;

    make(version: string, labels: Labels = {}): void {
        this.services.set(version, { labels: { "antipode.role": "app", "antipode.version": version, "antipode.ordinal": String((this.made += 1)), ...labels }, instances: 0 });
    }

    /** A pilot that has just begun: all that it knows is in the Swarm. */
    pilot(): ReleaseKeeper {
        const world = this;
        const swarm = {
            async look() {
                const services = [...world.services].map(([version, { labels, instances }]) => ({ ID: version, Spec: { Name: version, Labels: labels, Mode: { Replicated: { Replicas: instances } } } }));
                const tasks = [...world.services].flatMap(([version, { instances }]) => (instances > 0 ? [{
                    ID: version, ServiceID: version, DesiredState: "running", Status: { State: "running" }, NetworksAttachments: [{ Network: { Spec: { Name: "antipode" } }, Addresses: [`10.0.0.${version.split(".")[1]}/24`] }],
                }] : []));
                return { ...versionsOf(services, tasks), tasks: tasks.map((task) => ({ ...task, version: task.ID })) };
            },
            labels: (version: string) => world.services.get(version)!.labels,
            async change(version: string, { labels, instances }: { labels?: (labels: Labels) => Labels; instances?: number }) {
                if (world.conflict) throw new Error("update out of sequence");
                const service = world.services.get(version)!;
                if (labels) service.labels = labels(service.labels);
                if (instances !== undefined) service.instances = instances;
            },
            remove: async (version: string) => void world.services.delete(version),
        };
        const watch = {
            observe: () => undefined, look: async () => undefined, topUp: async () => void (this.topped += 1), forget: () => undefined, complaint: () => undefined,
            sight: (candidate: { addresses: string[] }): Sight => ({ up: candidate.addresses.length > 0, crashes: 0, candidate: { ...good, ...world.seen }, stable: good }),
        };
        return new ReleaseKeeper({
            swarm: swarm as unknown as Swarm, watch: watch as unknown as Watch, events: this.events, log: () => undefined, usual: { ...parseStrategy("medium"), windowSeconds: 10 }, instances: 1,
            limits: { startSeconds: 180, testSeconds: 0, keepSeconds: 5, rules: usualRules }, onTraffic: () => void (this.traffic += 1),
        }, () => this.now);
    }

    /** Looks every second for so long. */
    async pass(keeper: ReleaseKeeper, seconds: number): Promise<void> {
        for (let second = 0; second < seconds; second += 1) {
            await keeper.look();
            this.now += 1_000;
        }
    }

    async told(): Promise<string[]> {
        return (await this.events.read()).map(({ version, what }) => `${version} ${what}`);
    }

    instances(): string[] {
        return [...this.services].map(([version, { instances }]) => `${version}×${instances}`);
    }
}

describe("the keeper of releases", () => {
    let world: World;
    beforeEach(() => void (world = new World()));

    /** 1.0.0 serves, 1.1.0 was just made. */
    async function second(): Promise<ReleaseKeeper> {
        world.make("1.0.0");
        const keeper = world.pilot();
        await world.pass(keeper, 4);
        world.make("1.1.0");
        return keeper;
    }

    it("gives the first version an instance and all visitors", async () => {
        world.make("1.0.0");
        await world.pass(world.pilot(), 4);
        expect([await world.told(), world.instances()]).toEqual([["1.0.0 began: the first version", "1.0.0 all visitors get it: it is the first"], ["1.0.0×1"]]);
    });

    it("carries the next one through its steps, keeps the one before at hand, and then lets it go", async () => {
        const keeper = await second();
        await world.pass(keeper, 25);
        expect([(await world.told()).slice(2), world.instances()]).toEqual([["1.1.0 began: from 1.0.0", "1.1.0 10 % of the visitors get it", "1.1.0 50 % of the visitors get it", "1.1.0 all visitors get it"], ["1.0.0×1", "1.1.0×1"]]);
        await world.pass(keeper, 5);
        expect([(await world.told()).at(-1), world.instances()]).toEqual(["1.1.0 finished", ["1.0.0×0", "1.1.0×1"]]);
        expect(keeper.status()).toMatchObject({ serving: "1.1.0", release: undefined });
    });

    it("goes on where another pilot was, at every moment", async () => {
        await second();
        for (let second = 0; second < 35; second += 1) await world.pass(world.pilot(), 1);
        expect((await world.told()).slice(2)).toEqual(["1.1.0 began: from 1.0.0", "1.1.0 10 % of the visitors get it", "1.1.0 50 % of the visitors get it", "1.1.0 all visitors get it", "1.1.0 finished"]);
    });

    it("takes a bad one back at once, leads its visitors away, and lets its streams end before it goes", async () => {
        const keeper = await second();
        await world.pass(keeper, 4);
        world.seen = { failed: 60 };
        const before = world.traffic;
        await world.pass(keeper, 1);
        expect([(await world.told()).at(-1), world.instances(), world.traffic]).toEqual([expect.stringMatching(/^1.1.0 gone back: 60 % errors/), ["1.0.0×1", "1.1.0×1"], before + 1]);
        await world.pass(keeper, 6);
        expect(world.instances()).toEqual(["1.0.0×1", "1.1.0×0"]);
        // And it is not tried again.
        await world.pass(keeper, 60);
        expect(keeper.status()).toMatchObject({ serving: "1.0.0", release: undefined });
    });

    it("comes back to the version before also when all had the new one", async () => {
        const keeper = await second();
        await world.pass(keeper, 25);
        expect(keeper.status()).toMatchObject({ serving: "1.1.0", release: { phase: "full" } });
        world.seen = { up: false };
        await world.pass(keeper, 2);
        expect(keeper.status()).toMatchObject({ serving: "1.0.0", release: undefined });
    });

    it("says once that it waits, and for what", async () => {
        const keeper = await second();
        world.seen = { requests: 3 };
        await world.pass(keeper, 60);
        expect((await world.told()).slice(2)).toEqual(["1.1.0 began: from 1.0.0", "1.1.0 10 % of the visitors get it", "1.1.0 waits: 3 requests of at least 20"]);
    });

    it("tells who gets which share, how long that lasts, and what happened, in one answer", async () => {
        const keeper = await second();
        await world.pass(keeper, 4);
        const { status, events } = (await keeper.answers().follow!(["1.1.0"])) as { status: ReleaseStatus; events: Event[] };
        expect(status).toMatchObject({ now: 1_008_000, traffic: [{ version: "1.1.0", share: 10 }, { version: "1.0.0", share: 90 }], release: { version: "1.1.0", weight: 10, since: 1_006_000, seconds: 10 } });
        expect(events.map(({ what }) => what)).toEqual(["began: from 1.0.0", "10 % of the visitors get it"]);
        await keeper.order("abort", "ada");
        await keeper.look();
        expect(keeper.status()).toMatchObject({ traffic: [{ version: "1.0.0", share: 100 }], release: undefined });
        expect(await keeper.answers().follow!([])).toMatchObject({ events: [] });
    });

    it("makes requests of its own in the second half of a window", async () => {
        const keeper = await second();
        await world.pass(keeper, 7);
        const early = world.topped;
        await world.pass(keeper, 4);
        expect([early, world.topped > early]).toEqual([0, true]);
    });

    it("lets the next one wait until the one before is over, and leaves out those between", async () => {
        const keeper = await second();
        await world.pass(keeper, 4);
        world.make("1.2.0");
        world.make("1.3.0");
        await world.pass(keeper, 70);
        expect((await world.told()).filter((line) => /began|finished/.test(line))).toEqual(["1.0.0 began: the first version", "1.1.0 began: from 1.0.0", "1.1.0 finished", "1.3.0 began: from 1.1.0", "1.3.0 finished"]);
    });

    it("does what a person orders, and says what cannot be", async () => {
        const keeper = await second();
        await expect(keeper.order("promote", "ada")).rejects.toMatchObject({ code: "RELEASE_NONE" });
        await world.pass(keeper, 1);
        await expect(keeper.order("promote", "ada")).rejects.toThrow("1.1.0 is not healthy yet");
        await world.pass(keeper, 2);
        await expect(keeper.order("resume", "ada")).rejects.toThrow("The release of 1.1.0 is not paused.");
        await keeper.order("pause", "ada");
        await expect(keeper.order("pause", "bob")).rejects.toThrow("The release of 1.1.0 is paused already: by ada.");
        await world.pass(keeper, 60);
        await keeper.order("promote", "bob");
        await keeper.order("abort", "ada");
        expect((await world.told()).slice(3)).toEqual(["1.1.0 10 % of the visitors get it", "1.1.0 paused: by ada", "1.1.0 50 % of the visitors get it", "1.1.0 gone back: by ada"]);
        expect((await world.events.read()).slice(-2).map(({ who }) => who)).toEqual(["by bob", "by ada"]);
    });

    it("brings a kept version back, with what it was made with", async () => {
        const keeper = await second();
        await world.pass(keeper, 35);
        expect((await keeper.rollback(undefined, "ada")).version).toBe("1.0.0");
        await world.pass(keeper, 3);
        expect([keeper.status().serving, world.instances()]).toEqual(["1.0.0", ["1.0.0×1", "1.1.0×1"]]);
        await world.pass(keeper, 6);
        expect([(await world.told()).slice(-3), world.instances()]).toEqual([["1.0.0 began: a rollback from 1.1.0", "1.0.0 all visitors get it", "1.0.0 finished"], ["1.0.0×1", "1.1.0×0"]]);
    });

    it("refuses a rollback to nowhere, changing nothing", async () => {
        const keeper = await second();
        await world.pass(keeper, 4);
        await expect(keeper.rollback("1.0.0", "ada")).rejects.toMatchObject({ code: "RELEASE_UNDER_WAY", details: { version: "1.1.0" } });
        await keeper.order("abort", "ada");
        await expect(keeper.rollback("1.0.0", "ada")).rejects.toMatchObject({ code: "VERSION_SERVES", details: { version: "1.0.0" } });
        await expect(keeper.rollback("9.9.9", "ada")).rejects.toMatchObject({ code: "VERSION_NOT_KEPT", message: "9.9.9 is not kept; kept are 1.1.0, 1.0.0.", details: { version: "9.9.9", kept: "1.1.0, 1.0.0" } });
        await expect(keeper.rollback(undefined, "ada")).rejects.toMatchObject({ code: "NO_VERSION_BEFORE" });
    });

    it("takes away what is neither kept nor needed", async () => {
        const keeper = await second();
        for (const minor of [2, 3, 4, 5, 6]) {
            await world.pass(keeper, 40);
            world.make(`1.${minor}.0`);
        }
        await world.pass(keeper, 40);
        expect(world.instances()).toEqual(["1.2.0×0", "1.3.0×0", "1.4.0×0", "1.5.0×0", "1.6.0×1"]);
    });

    it("gives instances back that somebody took by hand", async () => {
        const keeper = await second();
        await world.pass(keeper, 35);
        world.services.get("1.1.0")!.instances = 0;
        await world.pass(keeper, 1);
        expect(world.instances()).toEqual(["1.0.0×0", "1.1.0×1"]);
    });

    it("tries again when somebody changed a service at the same moment", async () => {
        const keeper = await second();
        world.conflict = true;
        await expect(keeper.look()).rejects.toThrow("update out of sequence");
        world.conflict = false;
        await world.pass(keeper, 3);
        expect((await world.told()).slice(2)).toEqual(["1.1.0 began: from 1.0.0", "1.1.0 10 % of the visitors get it"]);
    });
});
