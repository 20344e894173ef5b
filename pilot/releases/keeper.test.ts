import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Contract, type Declared, isComplete } from "../apps/contract";
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

const good: Figures = { requests: 100, synthetic: 0, failed: 0, cut: 0, firstToken: { count: 0, p95: 0 }, restarts: 0, outOfMemory: 0, up: true, downSeconds: 0, core: "passed" };

/** A Swarm whose services have an instance as soon as one is wished for. */
class World {
    readonly services = new Map<string, { labels: Labels; instances: number }>();
    now = 1_000_000;
    seen: Partial<Figures> = {};
    /** Nothing can be seen of a candidate. */
    blind = false;
    led = true;
    events = new EventLog(join(scratch(), "events.jsonl"), () => undefined, () => this.now);
    traffic = 0;
    topped = 0;
    made = 0;
    /** No instance of this version ever is healthy. */
    broken?: string;
    /** What its instances wrote; none when Docker does not tell. */
    log?: string[] = ["Error: no such module"];
    /** When the pilot before ended; what Docker says instead, where it is an Error. */
    awaySince?: number | Error;
    asked = 0;
    successorComes = false;
    /** What a version that doesn't say so turns out to be judged by. */
    found?: Contract;
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
                const tasks = [...world.services].flatMap(([version, { instances }]) => (instances > 0 && version !== world.broken ? [{
                    ID: version, ServiceID: version, DesiredState: "running", Status: { State: "running" }, NetworksAttachments: [{ Network: { Spec: { Name: "antipode" } }, Addresses: [`10.0.0.${version.split(".")[1]}/24`] }],
                }] : []));
                return { ...versionsOf(services, tasks), successorComes: world.successorComes, tasks: tasks.map((task) => ({ ...task, version: task.ID })) };
            },
            labels: (version: string) => world.services.get(version)!.labels,
            async change(version: string, { labels, instances }: { labels?: (labels: Labels) => Labels; instances?: number }) {
                if (world.conflict) throw new Error("update out of sequence");
                const service = world.services.get(version)!;
                if (labels) service.labels = labels(service.labels);
                if (instances !== undefined) service.instances = instances;
            },
            async pilotAwaySince() {
                world.asked += 1;
                if (world.awaySince instanceof Error) throw world.awaySince;
                return world.awaySince;
            },
            lastLines: async () => world.log ?? Promise.reject(new Error("Docker is away")),
            remove: async (version: string) => void world.services.delete(version),
        };
        const watch = {
            observe: () => undefined, look: async () => undefined, topUp: async () => void (this.topped += 1), forget: () => undefined, complaint: () => undefined,
            detect: async ({ contract }: { contract?: Declared }) => (contract && isComplete(contract) ? undefined : world.found),
            sight: (candidate: { addresses: string[] }): Omit<Sight, "led"> => ({ up: candidate.addresses.length > 0, crashes: 0, candidate: world.blind ? undefined : { ...good, ...world.seen }, stable: good }),
        };
        return new ReleaseKeeper({
            swarm: swarm as unknown as Swarm, watch: watch as unknown as Watch, events: this.events, log: () => undefined, usual: { ...parseStrategy("medium"), windowSeconds: 10 }, instances: 1, aloneSeconds: 900,
            limits: { startSeconds: 180, testSeconds: 0, keepSeconds: 5, rules: usualRules }, leads: () => world.led, onTraffic: () => void (this.traffic += 1),
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
    afterEach(() => void vi.useRealTimers());

    /** 1.0.0 serves, 1.1.0 was just made. */
    async function second(): Promise<ReleaseKeeper> {
        world.make("1.0.0");
        const keeper = world.pilot();
        await world.pass(keeper, 4);
        world.make("1.1.0");
        return keeper;
    }

    it("writes down once what an app of one's own is judged by, and tells once what it lacks", async () => {
        const keeper = await second();
        world.make("2.0.0", { "antipode.preset": "detect" });
        world.found = { preset: "any", health: "/health", check: "none", metrics: "none" };
        await world.pass(keeper, 10);
        await world.pass(world.pilot(), 10);
        expect(world.services.get("2.0.0")!.labels).toMatchObject({ "antipode.preset": "any", "antipode.health": "/health", "antipode.check": "none", "antipode.metrics": "none", "antipode.phase": "canary" });
        expect((await world.told()).filter((line) => line.startsWith("2.0.0")).slice(0, 3)).toEqual(["2.0.0 began: from 1.0.0", "2.0.0 not judged by metrics or a check: the app has none", "2.0.0 10 % of the visitors get it"]);
        expect((await world.told()).filter((line) => line.includes("not judged by"))).toHaveLength(1);
    });

    it("leaves a new version to its successor, who has the settings that came with it", async () => {
        const keeper = await second();
        world.successorComes = true;
        await world.pass(keeper, 30);
        expect([world.instances(), (await world.told()).filter((line) => line.startsWith("1.1.0"))]).toEqual([["1.0.0×1", "1.1.0×0"], []]);
        world.successorComes = false;
        await world.pass(world.pilot(), 1);
        expect((await world.told()).at(-1)).toBe("1.1.0 began: from 1.0.0");
    });

    it("carries on what it began, though a successor comes", async () => {
        const keeper = await second();
        await world.pass(keeper, 1);
        world.successorComes = true;
        await world.pass(keeper, 30);
        expect((await world.told()).filter((line) => line.startsWith("1.1.0"))).toEqual([
            "1.1.0 began: from 1.0.0", "1.1.0 10 % of the visitors get it", "1.1.0 50 % of the visitors get it", "1.1.0 all visitors get it", "1.1.0 finished",
        ]);
    });

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

    it("says what a pilot did not come to say that was killed, and that once", async () => {
        await second();
        const kept = world.events;
        const killed = async (seconds: number) => {
            world.events = new EventLog("/dev/null/events.jsonl", () => undefined);
            await world.pass(world.pilot(), seconds);
            world.events = kept;
            await world.pass(world.pilot(), 1);
            await world.pass(world.pilot(), 1);
        };
        for (const seconds of [1, 10, 10, 4, 10]) await killed(seconds);
        expect((await world.told()).slice(2)).toEqual(["1.1.0 found: starting at 0 %", "1.1.0 10 % of the visitors get it", "1.1.0 found: canary at 50 %", "1.1.0 found: full at 100 %", "1.1.0 found: finished at 100 %"]);
    });

    it("takes one back that no pilot has watched for long, and asks until it knows", async () => {
        const keeper = await second();
        await world.pass(keeper, 4);
        await keeper.order("pause", "ada");
        world.awaySince = world.now;
        world.now += 901_000;
        await world.pass(keeper, 1);
        expect([(await world.told()).at(-1), world.asked]).toEqual(["1.1.0 paused: by ada", 0]);
        world.awaySince = new Error("Docker is away");
        const other = world.pilot();
        await expect(other.look()).rejects.toThrow("Docker is away");
        [world.awaySince, world.conflict] = [world.now - 901_000, true];
        await expect(other.look()).rejects.toThrow("update out of sequence");
        world.conflict = false;
        const before = world.traffic;
        await world.pass(other, 3);
        expect([(await world.told()).at(-1), world.asked, world.traffic - before]).toEqual(["1.1.0 gone back: nobody watched it for 901 s", 3, 1]);
        expect([other.status().serving, (await world.events.read()).at(-1)]).toMatchObject(["1.0.0", { phase: "back", weight: 0, who: "by itself" }]);
    });

    it("goes on with one that was alone for a moment", async () => {
        await world.pass(await second(), 4);
        world.awaySince = world.now - 900_000;
        await world.pass(world.pilot(), 10);
        expect((await world.told()).at(-1)).toBe("1.1.0 50 % of the visitors get it");
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

    it("shows the last lines of one that never was healthy, and gets on without them", async () => {
        const keeper = await second();
        world.broken = "1.1.0";
        await world.pass(keeper, 182);
        expect((await world.events.read("1.1.0")).map(({ what, log }) => [what, log])).toEqual([["began: from 1.0.0", undefined], ["gone back: no instance was healthy within 180 s", ["Error: no such module"]]]);
        [world.broken, world.log] = ["1.2.0", undefined];
        world.make("1.2.0");
        await world.pass(keeper, 3);
        await keeper.order("abort", "ada");
        expect((await world.events.read("1.2.0")).at(-1)).toMatchObject({ what: "gone back: by ada", phase: "back" });
        expect((await world.events.read("1.2.0")).at(-1)).not.toHaveProperty("log");
    });

    it("comes back to the version before also when all had the new one", async () => {
        const keeper = await second();
        await world.pass(keeper, 25);
        expect(keeper.status()).toMatchObject({ serving: "1.1.0", release: { phase: "full" } });
        world.seen = { up: false, downSeconds: 20 };
        await world.pass(keeper, 2);
        expect(keeper.status()).toMatchObject({ serving: "1.0.0", release: undefined });
    });

    it("says with each event what was seen in its window, of both versions, and of a lost source nothing", async () => {
        const keeper = await second();
        await world.pass(keeper, 4);
        world.seen = { failed: 60 };
        await world.pass(keeper, 1);
        const [began, canary, back] = (await world.events.read("1.1.0")).map(({ figures }) => figures);
        expect([began, canary, back]).toEqual([undefined, { candidate: good, stable: good }, { candidate: { ...good, failed: 60 }, stable: good }]);
        expect((await world.events.read("1.1.0"))[0]).not.toHaveProperty("figures");
        world.blind = true;
        world.make("1.2.0");
        await world.pass(keeper, 3);
        await keeper.order("pause", "ada");
        expect((await world.events.read("1.2.0")).map(({ what, figures }) => [what, figures])).toEqual([["began: from 1.0.0", undefined], ["10 % of the visitors get it", { stable: good }], ["paused: by ada", { stable: good }]]);
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
        expect((await world.told()).filter((line) => /began|finished/.test(line))).toEqual(["1.0.0 began: the first version", "1.1.0 began: from 1.0.0", "1.1.0 finished early: 1.3.0 is next", "1.3.0 began: from 1.1.0", "1.3.0 finished"]);
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

    it("gives a version its instance at once when it begins, and not at its next look", async () => {
        // No pause comes to an end in here.
        vi.useFakeTimers({ toFake: ["setTimeout"] });
        world.make("1.0.0");
        const over = new AbortController();
        const running = world.pilot().run(over.signal);
        while (world.instances()[0] !== "1.0.0×1") await new Promise(setImmediate);
        over.abort();
        await running;
        expect(await world.told()).toEqual(["1.0.0 began: the first version"]);
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
