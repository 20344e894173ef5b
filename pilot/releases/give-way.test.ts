import { beforeEach, describe, expect, it } from "vitest";
import { RegionStandIn } from "../test/region";
import type { ReleaseKeeper } from "./keeper";

/** The phase after a release or a rollback in which nothing is left but to wait: all visitors have the version. */
describe("a release in its last phase", () => {
    let region: RegionStandIn;
    let keeper: ReleaseKeeper;
    let known: number;
    /** All visitors have 1.1.0, and 1.0.0 is kept warm for five seconds more. */
    beforeEach(async () => {
        region = new RegionStandIn();
        keeper = await region.serving("1.0.0");
        region.docker.make("1.1.0");
        await region.pass(keeper, 3);
        for (let step = 0; step < 2; step += 1) await keeper.order("promote", "ada");
        await region.pass(keeper, 1);
        expect(region.stateOf("1.1.0")).toBe("full 2");
        known = (await region.told()).length;
    });
    const told = () => region.told(undefined, known);

    it("is finished as soon as the next version is there, which begins at once", async () => {
        region.docker.make("1.2.0");
        await region.pass(keeper, 2);
        expect(await told()).toEqual(["1.1.0 finished early: 1.2.0 is next", "1.2.0 began: from 1.1.0"]);
        await region.pass(keeper, 1);
        expect(region.instances()).toEqual({ "1.0.0": 1, "1.1.0": 1, "1.2.0": 1 });
        await region.pass(keeper, 3);
        expect(region.instances()).toEqual({ "1.0.0": 0, "1.1.0": 1, "1.2.0": 1 });
        await region.pass(keeper, 40);
        expect((await told()).at(-1)).toBe("1.2.0 finished");
    });

    it("is finished for the next version also while it is paused", async () => {
        await keeper.order("pause", "ada");
        region.docker.make("1.2.0");
        await region.pass(keeper, 2);
        expect((await told()).slice(1)).toEqual(["1.1.0 finished early: 1.2.0 is next", "1.2.0 began: from 1.1.0"]);
        expect(region.stateOf("1.1.0")).toBe("finished 2");
    });

    it("goes back, and is not finished, when it has lost its instances as the next one comes", async () => {
        region.docker.broken.add("1.1.0");
        region.docker.make("1.2.0");
        await region.pass(keeper, 2);
        expect([await told(), region.stateOf("1.1.0")]).toEqual([[], "full 2"]);
    });

    it("is finished by a rollback, and the version before is warm", async () => {
        const { version, from } = await keeper.rollback(undefined, "ada");
        expect([version, from, await told()]).toEqual(["1.0.0", "1.1.0", ["1.1.0 finished early: a rollback by ada", "1.0.0 began: a rollback from 1.1.0"]]);
        expect(region.instances()).toEqual({ "1.0.0": 1, "1.1.0": 1 });
        await region.pass(keeper, 1);
        expect([(await told()).at(-1), region.instances()]).toEqual(["1.0.0 all visitors get it", { "1.0.0": 1, "1.1.0": 1 }]);
    });

    it("is finished by a rollback after a rollback, and by a version after one", async () => {
        await keeper.rollback(undefined, "ada");
        await region.pass(keeper, 2);
        expect(region.stateOf("1.0.0")).toBe("full 0");
        expect((await keeper.rollback(undefined, "bob")).version).toBe("1.1.0");
        await region.pass(keeper, 2);
        region.docker.make("1.2.0");
        await region.pass(keeper, 2);
        expect((await told()).slice(3)).toEqual([
            "1.0.0 finished early: a rollback by bob", "1.1.0 began: a rollback from 1.0.0", "1.1.0 all visitors get it", "1.1.0 finished early: 1.2.0 is next", "1.2.0 began: from 1.1.0",
        ]);
    });

    it("lets a rollback take the place of one whose version does not come up", async () => {
        await region.pass(keeper, 6);
        region.docker.broken.add("1.0.0");
        region.docker.make("0.9.0", { "antipode.ordinal": "0" });
        await keeper.rollback("1.0.0", "ada");
        await region.pass(keeper, 2);
        await expect(keeper.rollback("1.0.0", "bob")).rejects.toMatchObject({ code: "RELEASE_UNDER_WAY", details: { version: "1.0.0" } });
        await keeper.rollback("0.9.0", "bob");
        await region.pass(keeper, 2);
        expect((await told()).slice(2)).toEqual(["1.0.0 gone back: a rollback by bob", "0.9.0 began: a rollback from 1.1.0", "0.9.0 all visitors get it"]);
    });

    it.each(["starting", "canary"])("is not meant by a release of a new version that is %s: that one has to be aborted first", async (phase) => {
        await region.pass(keeper, 6);
        region.docker.make("1.2.0");
        await region.pass(keeper, phase === "starting" ? 1 : 3);
        expect(region.stateOf("1.2.0")).toBe(`${phase} 0`);
        await expect(keeper.rollback("1.0.0", "ada")).rejects.toMatchObject({ code: "RELEASE_UNDER_WAY", details: { version: "1.2.0" } });
    });
});

it("a first version that does not come up gives way to the next one", async () => {
    const region = new RegionStandIn();
    region.docker.make("1.0.0");
    region.docker.broken.add("1.0.0");
    const keeper = region.pilot();
    await region.pass(keeper, 900);
    region.docker.make("1.0.1");
    await region.pass(keeper, 4);
    expect(await region.told()).toEqual(["1.0.0 began: the first version", "1.0.0 gone back: 1.0.1 is next", "1.0.1 began: the first version", "1.0.1 all visitors get it: it is the first"]);
});
