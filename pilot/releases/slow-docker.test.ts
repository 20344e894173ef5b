import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Outdated, Swarm } from "../swarm/swarm";
import { RegionStandIn } from "../test/region";
import type { ReleaseKeeper } from "./keeper";

let region: RegionStandIn;
let docker: RegionStandIn["docker"];
beforeEach(() => {
    region = new RegionStandIn();
    ({ docker } = region);
});
afterEach(() => void vi.useRealTimers());

const pilot = () => region.pilot();
const stateOf = (version: string) => region.stateOf(version);
const pass = (keeper: ReleaseKeeper, seconds: number) => region.pass(keeper, seconds);

/** 1.0.0 serves, and 10 % of the visitors get 1.1.0, whose window is over. */
async function canary(): Promise<ReleaseKeeper> {
    docker.make("1.0.0");
    const keeper = pilot();
    await pass(keeper, 4);
    docker.make("1.1.0");
    await pass(keeper, 4);
    region.now += 10_000;
    expect(stateOf("1.1.0")).toBe("canary 0");
    return keeper;
}

/** Lets what was begun come to its end. */
const settled = async () => {
    for (let times = 0; times < 50; times += 1) await new Promise(setImmediate);
};

describe("an aborted release stays aborted", () => {
    it.each([
        ["listServices", false], ["listTasks", false], ["inspect", false], ["update", false],
        ["listServices", true], ["listTasks", true], ["inspect", true], ["update", true],
    ])("when Docker takes more than a minute for %s of the look before (and goes on with it all the same: %s)", async (question, deaf) => {
        const keeper = await canary();
        vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
        docker.deaf = deaf;
        const slow = docker.hold(question);
        const look = keeper.look();
        look.catch(() => undefined);
        await slow.reached;
        const abort = keeper.order("abort", "ada");
        await vi.advanceTimersByTimeAsync(60_000);
        await expect(look).rejects.toThrow("a look at the releases took longer than 60 s");
        expect((await abort).phase).toBe("back");
        expect(stateOf("1.1.0")).toBe("back 0");
        slow.answer();
        await settled();
        expect(stateOf("1.1.0")).toBe("back 0");
        await pass(keeper, 20);
        expect(stateOf("1.1.0")).toBe("back 0");
        expect(docker.of("1.0.0").Spec.Mode).toEqual({ Replicated: { Replicas: 1 } });
        expect((await region.events.read("1.1.0")).map(({ what }) => what)).toEqual(["began: from 1.0.0", "10 % of the visitors get it", "gone back: by ada"]);
    });
});

describe("a write by somebody else between a look and what follows from it", () => {
    /** The keeper does something, and another pilot writes in the very moment in which it has looked. */
    async function meanwhile(keeper: ReleaseKeeper, begun: () => Promise<unknown>, other: (other: ReleaseKeeper) => Promise<unknown>, question = "inspect"): Promise<unknown> {
        await keeper.look();
        const slow = docker.hold(question);
        const done = begun().then(() => "done", (error: Error) => error);
        await slow.reached;
        await other(pilot());
        slow.answer();
        return done;
    }
    const abort = (other: ReleaseKeeper) => other.order("abort", "bob");

    it.each<[string, (keeper: ReleaseKeeper) => Promise<unknown>]>([
        ["promote", (keeper) => keeper.order("promote", "ada")],
        ["pause", (keeper) => keeper.order("pause", "ada")],
        ["abort", (keeper) => keeper.order("abort", "ada")],
    ])("refuses the order %s, and says so", async (_, order) => {
        const keeper = await canary();
        region.now -= 10_000;
        expect(await meanwhile(keeper, () => order(keeper), abort, "update")).toMatchObject({ code: "RELEASE_CHANGED", details: { version: "1.1.0" } });
        expect(stateOf("1.1.0")).toBe("back 0");
    });

    it("refuses to resume what was aborted", async () => {
        const keeper = await canary();
        region.now -= 10_000;
        await keeper.order("pause", "ada");
        expect(await meanwhile(keeper, () => keeper.order("resume", "ada"), abort, "update")).toMatchObject({ code: "RELEASE_CHANGED" });
        expect(stateOf("1.1.0")).toBe("back 0");
    });

    it("does not lead on what was paused", async () => {
        const keeper = await canary();
        const slow = docker.hold("update");
        const look = keeper.look();
        look.catch(() => undefined);
        await slow.reached;
        await pilot().order("pause", "bob");
        slow.answer();
        await expect(look).rejects.toThrow(new Outdated("1.1.0"));
        expect(stateOf("1.1.0")).toBe("canary 0 paused");
    });

    it("refuses a rollback to a version that somebody else has begun with", async () => {
        const keeper = await canary();
        await keeper.order("abort", "ada");
        expect(await meanwhile(keeper, () => keeper.rollback("1.1.0", "ada"), (other) => other.rollback("1.1.0", "bob"), "update")).toMatchObject({ code: "RELEASE_CHANGED" });
        expect(docker.of("1.1.0").Spec.Labels!["antipode.phase"]).toBe("starting");
        expect((await region.events.read("1.1.0")).at(-1)).toMatchObject({ what: "began: a rollback from 1.0.0", who: "by bob" });
    });

    it("takes no instances from a version that visitors get again", async () => {
        const keeper = await canary();
        await keeper.order("promote", "ada");
        await keeper.order("promote", "ada");
        region.now += 6_000;
        // The release is finished; the instances of 1.0.0 are no longer needed from the next look on.
        await keeper.look();
        const scaling = docker.hold("inspect");
        const scale = keeper.look();
        scale.catch(() => undefined);
        await scaling.reached;
        await pilot().rollback("1.0.0", "bob");
        scaling.answer();
        await expect(scale).rejects.toThrow("1.0.0 was changed by somebody else in this moment");
        expect(docker.of("1.0.0").Spec.Mode).toEqual({ Replicated: { Replicas: 1 } });
    });

    it("does not take a version away that somebody has begun to release", async () => {
        const keeper = await canary();
        await keeper.order("abort", "ada");
        for (const minor of [2, 3, 4, 5, 6]) docker.make(`1.${minor}.0`, { "antipode.release": "r", "antipode.weights": "100", "antipode.window": "0", "antipode.phase": "back", "antipode.step": "0", "antipode.since": "1", "antipode.watched": "0" });
        region.now += 6_000;
        const swarm = new Swarm(docker.docker, {});
        const never = new AbortController().signal;
        const seen = (await swarm.look(never)).versions.find(({ version }) => version === "1.1.0")!;
        await pilot().rollback("1.1.0", "bob");
        await expect(swarm.remove("1.1.0", seen, never)).rejects.toThrow(new Outdated("1.1.0"));
        expect(docker.of("1.1.0")).toBeDefined();
    });
});

describe("a change whose answer was lost", () => {
    it("is told of when the next look finds it", async () => {
        const keeper = await canary();
        vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
        docker.deaf = true;
        const slow = docker.hold("update");
        const look = keeper.look();
        look.catch(() => undefined);
        await slow.reached;
        await vi.advanceTimersByTimeAsync(60_000);
        await expect(look).rejects.toThrow("took longer");
        slow.answer();
        await settled();
        expect(stateOf("1.1.0")).toBe("canary 1");
        await keeper.look();
        expect((await region.events.read("1.1.0")).at(-1)).toMatchObject({ what: "found: canary at 50 %" });
    });
});
