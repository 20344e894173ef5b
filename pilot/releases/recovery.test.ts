import { beforeEach, describe, expect, it } from "vitest";
import { RegionStandIn } from "../test/region";
import type { ReleaseKeeper } from "./keeper";
import type { Version } from "./plan";
import { pastOf, recoveryOf } from "./recovery";
import type { Phase, Release } from "./release";

const at = (seconds: number) => new Date(seconds * 1000).toISOString();
const event = (version: string, phase: Phase, seconds: number) => ({ version, phase, time: at(seconds), what: "" });

it("what the events tell of versions is when they last served, and whether they went back", () => {
    const events = [
        event("1.0.0", "starting", 1), event("1.0.0", "finished", 2), event("1.1.0", "canary", 3), event("1.1.0", "full", 4), event("1.1.0", "back", 5),
        event("1.2.0", "canary", 6), event("1.3.0", "back", 7), event("1.3.0", "starting", 8), event("1.3.0", "full", 9),
        event("1.4.0", "back", 10), { ...event("1.4.0", "back", 11), what: "taken away: it is none of those that are kept" },
    ];
    expect(Object.fromEntries(pastOf(events))).toEqual({
        "1.0.0": { served: 2_000, back: false }, "1.1.0": { served: 4_000, back: true }, "1.2.0": { served: undefined, back: false }, "1.3.0": { served: 9_000, back: false },
    });
});

describe("the version that is to serve where labels were lost", () => {
    const bare = (version: string): Version => ({ version, ordinal: Number(version.split(".")[1]), wished: 0, addresses: [] });
    const on = (version: string, phase: Phase, more: Partial<Version> & { from?: string } = {}): Version => ({
        ...bare(version), ...more, release: { id: "r", version, from: more.from, strategy: { weights: [100], windowSeconds: 1 }, phase, step: 0, since: 5_000, watched: 0 } satisfies Release,
    });
    const served = (version: string, seconds: number) => on(version, "finished", { servingSince: seconds * 1000 });
    const both = [event("1.0.0", "finished", 2), event("1.1.0", "back", 5)];

    it.each<[string, Version[], string | undefined, ReturnType<typeof event>[], string | undefined]>([
        ["none in a region that never served", [bare("1.0.0"), bare("1.1.0")], "1.0.0", [], undefined],
        ["none where all is well", [served("1.0.0", 2), on("1.1.0", "back")], "1.1.0", both, undefined],
        ["the one in the source", [bare("1.0.0"), bare("1.1.0")], "1.1.0", [event("1.0.0", "finished", 2)], "1.1.0"],
        ["not the one in the source where it went back, by its labels: then the last that served, by the events", [bare("1.0.0"), on("1.1.0", "back")], "1.1.0", both, "1.0.0"],
        ["the same where the events are lost, by the label of whoever came from it", [bare("1.0.0"), on("1.1.0", "back", { from: "1.0.0" })], "1.1.0", [], "1.0.0"],
        ["the same where the labels are lost, by the events", [bare("1.0.0"), bare("1.1.0")], "1.1.0", both, "1.0.0"],
        ["the last of several", [bare("1.0.0"), bare("1.1.0"), bare("1.2.0")], undefined, [event("1.1.0", "finished", 2), event("1.0.0", "finished", 4)], "1.0.0"],
        ["one that served, while the one in the source is not made yet", [bare("1.0.0")], "1.2.0", both, "1.0.0"],
        ["none where the only one went back", [on("1.1.0", "back")], "1.1.0", both, undefined],
        ["none where all went back, by the events", [bare("1.1.0")], "1.1.0", both, undefined],
        ["none that never served and is not in the source", [bare("1.2.0"), on("1.1.0", "back")], "1.1.0", [event("1.1.0", "back", 5)], undefined],
        ["the one that served last, where an older one took its place", [served("1.0.0", 2), bare("1.1.0"), on("1.2.0", "back")], "1.2.0", [event("1.0.0", "finished", 2), event("1.1.0", "finished", 4)], "1.1.0"],
        ["not one that was replaced, though its labels are lost", [bare("1.0.0"), served("1.1.0", 4)], "1.1.0", [event("1.0.0", "finished", 2), event("1.1.0", "finished", 4)], undefined],
    ])("is %s", (_, versions, source, events, expected) => {
        const [serving] = versions.filter(({ servingSince }) => servingSince !== undefined).sort((one, other) => other.servingSince! - one.servingSince!);
        expect(recoveryOf(versions, serving, source, pastOf(events))?.version.version).toBe(expected);
    });
});

describe("a region whose services somebody removed by hand", () => {
    let region: RegionStandIn;
    let keeper: ReleaseKeeper;
    /** 1.0.0 serves, 1.1.0 went back and is in the source. */
    beforeEach(async () => {
        region = new RegionStandIn();
        keeper = await region.serving("1.0.0");
        region.docker.make("1.1.0");
        region.docker.source("1.1.0");
        await region.pass(keeper, 4);
        await keeper.order("abort", "ada");
        await region.pass(keeper, 10);
    });

    it.each([
        ["this pilot", () => keeper],
        ["the next pilot", () => region.pilot()],
    ])("serves the version again that served, by %s, and tells so", async (_, pilot) => {
        const known = (await region.told()).length;
        region.docker.remake("1.0.0");
        await region.pass(pilot(), 4);
        expect(await region.told(undefined, known)).toEqual(["1.0.0 began: no version serves, and it is the last one that did", "1.0.0 all visitors get it"]);
        expect(region.instances()).toEqual({ "1.0.0": 1, "1.1.0": 0 });
    });

    it("does not serve the one that went back, though no label says so any more", async () => {
        for (const version of ["1.0.0", "1.1.0"]) region.docker.remake(version);
        keeper = region.pilot();
        await region.pass(keeper, 20);
        expect([keeper.status().serving, region.instances()]).toEqual(["1.0.0", { "1.0.0": 1, "1.1.0": 0 }]);
    });

    it("releases a version that was taken away as a new one, when it is made once more", async () => {
        for (const minor of [2, 3, 4, 5, 6]) {
            region.docker.make(`1.${minor}.0`);
            region.docker.source(`1.${minor}.0`);
            await region.pass(keeper, 40);
        }
        expect(region.docker.of("1.1.0")).toBeUndefined();
        region.docker.make("1.1.0", { "antipode.ordinal": "8" });
        region.docker.source("1.1.0");
        await region.pass(region.pilot(), 3);
        expect((await region.told("1.1.0")).slice(-2)).toEqual(["began: from 1.6.0", "10 % of the visitors get it"]);
    });

    it("begins with none that went back where no other is there", async () => {
        region.docker.remake("1.1.0");
        region.docker.services.delete(region.docker.of("1.0.0").ID);
        keeper = region.pilot();
        await region.pass(keeper, 20);
        expect([keeper.status().serving, region.instances()]).toEqual([undefined, { "1.1.0": 0 }]);
        await expect(keeper.rollback(undefined, "ada")).rejects.toMatchObject({ code: "NO_VERSION_BEFORE" });
        await keeper.rollback("1.1.0", "ada");
        await region.pass(keeper, 3);
        expect(keeper.status().serving).toBe("1.1.0");
    });

    it("can be rolled back, also while it recovers", async () => {
        region.docker.remake("1.0.0");
        expect((await keeper.rollback(undefined, "ada")).version).toBe("1.0.0");
        await region.pass(keeper, 3);
        expect(keeper.status().serving).toBe("1.0.0");
        region.docker.broken.add("1.0.0");
        region.docker.remake("1.0.0");
        await region.pass(keeper, 3);
        expect(region.stateOf("1.0.0")).toBe("starting 0");
        await expect(keeper.rollback(undefined, "ada")).rejects.toMatchObject({ code: "RELEASE_UNDER_WAY", details: { version: "1.0.0" } });
        await keeper.rollback("1.1.0", "ada");
        await region.pass(keeper, 3);
        expect([keeper.status().serving, region.stateOf("1.0.0")]).toEqual(["1.1.0", "back 0"]);
    });
});
