import { describe, expect, it } from "vitest";
import { instancesOf, planOf, surplus, trafficOf, type Version } from "./plan";
import type { Phase, Release } from "./release";
import { parseStrategy } from "./strategy";

const on = (version: string, phase: Phase, more: Partial<Release> = {}): Release => ({
    id: `r-${version}`, version, from: "1.4.0", strategy: parseStrategy("routine"), phase, step: 0, since: 1_000, watched: 0, ...more,
});
const of = (version: string, more: Partial<Version> = {}): Version => ({ version, ordinal: Number(version.split(".")[1]), wished: 1, addresses: [`10.0.0.${version.replaceAll(".", "")}:80`], ...more });
const serving = of("1.4.0", { servingSince: 100, release: on("1.4.0", "finished", { from: "1.3.0" }) });
const names = (versions: Version[]) => {
    const { serving, candidate, next } = planOf(versions);
    return [serving?.version, candidate?.version, next?.version];
};

describe("the versions of a region", () => {
    it.each<[string, Version[], (string | undefined)[]]>([
        ["none", [], [undefined, undefined, undefined]],
        ["the first", [of("1.0.0")], [undefined, undefined, "1.0.0"]],
        ["one that serves", [serving], ["1.4.0", undefined, undefined]],
        ["a new one beside it", [of("1.5.0"), serving], ["1.4.0", undefined, "1.5.0"]],
        ["two new ones, of which the newer is next", [of("1.9.0"), of("1.10.0"), serving], ["1.4.0", undefined, "1.10.0"]],
        ["a new one of an older line", [of("1.3.1", { ordinal: 9 }), serving], ["1.4.0", undefined, "1.3.1"]],
        ["one that was passed over", [of("1.3.1", { ordinal: 3 }), serving], ["1.4.0", undefined, undefined]],
        ["a candidate", [of("1.5.0", { release: on("1.5.0", "canary") }), serving], ["1.4.0", "1.5.0", undefined]],
        ["one that all have now", [of("1.5.0", { release: on("1.5.0", "full"), servingSince: 200 }), serving], ["1.5.0", "1.5.0", undefined]],
        ["one that went back", [of("1.5.0", { release: on("1.5.0", "back") }), serving], ["1.4.0", undefined, undefined]],
        ["one that serves again", [of("1.5.0", { servingSince: 200, release: on("1.5.0", "finished") }), of("1.4.0", { servingSince: 300, release: on("1.4.0", "finished") })], ["1.4.0", undefined, undefined]],
    ])("are %s", (_, versions, expected) => {
        expect(names(versions)).toEqual(expected);
    });

    it.each<[string, Version[], string, string | undefined]>([
        ["on a new machine, the one in the source, and not the newest, which may have gone back", [of("1.5.0"), of("1.4.0"), of("1.3.0")], "1.4.0", "1.4.0"],
        ["and when that serves, none of the others", [of("1.5.0"), serving, of("1.3.0")], "1.4.0", undefined],
        ["none, while the one in the source is not made yet", [of("1.5.0"), serving], "1.6.0", undefined],
        ["a new one", [of("1.5.0"), serving], "1.5.0", "1.5.0"],
        ["not one that had its turn, though it is in the source again", [serving, of("1.3.0", { servingSince: 50 })], "1.3.0", undefined],
    ])("have next, where the source is known, %s", (_, versions, source, next) => expect(planOf(versions, source).next?.version).toBe(next));

    it("come back to the one that served when a release began, if it is there", () => {
        const candidate = (from?: string) => of("1.5.0", { servingSince: 200, release: on("1.5.0", "full", { from }) });
        const before = (...versions: Version[]) => planOf(versions).before?.version;
        expect([before(serving, candidate("1.4.0")), before(serving, candidate("1.3.0")), before(serving, candidate(undefined)), before(serving)]).toEqual(["1.4.0", undefined, undefined, undefined]);
    });

    it.each<[string, Version[], unknown]>([
        ["nobody, before the first", [of("1.0.0")], []],
        ["the one that serves", [serving, of("1.5.0")], ["1.4.0"]],
        ["it alone, while the next one starts", [serving, of("1.5.0", { release: on("1.5.0", "starting") })], ["1.4.0", "1.5.0", 0]],
        ["a candidate's share", [serving, of("1.5.0", { release: on("1.5.0", "canary", { step: 1 }) })], ["1.4.0", "1.5.0", 30]],
        ["nobody of a candidate without an instance", [serving, of("1.5.0", { addresses: [], release: on("1.5.0", "canary") })], ["1.4.0"]],
        ["the one before, while one that is watched to the end has no instance", [serving, of("1.5.0", { addresses: [], servingSince: 200, release: on("1.5.0", "full") })], ["1.4.0"]],
        ["it all the same, where the one before has none either", [{ ...serving, addresses: [] }, of("1.5.0", { addresses: [], servingSince: 200, release: on("1.5.0", "full") })], ["1.5.0"]],
        ["everybody of one that is watched to the end", [serving, of("1.5.0", { servingSince: 200, release: on("1.5.0", "full") })], ["1.5.0"]],
    ])("serve %s", (_, versions, expected) => {
        const { stable, candidate } = trafficOf(planOf(versions));
        expect([stable?.version, candidate?.version.version, candidate?.weight].filter((part) => part !== undefined)).toEqual(expected);
    });

    it("have the instances that they need, and none when nobody needs them", () => {
        const versions = [
            of("1.2.0", { servingSince: 1 }),
            of("1.3.0", { servingSince: 50, release: on("1.3.0", "back", { since: 0 }) }),
            serving,
            of("1.5.0", { wished: 0, release: on("1.5.0", "canary") }),
            of("1.6.0", { wished: 0 }),
        ];
        const at = (now: number) => versions.map((version) => instancesOf(version, planOf(versions), { instances: 2, keepSeconds: 120 }, now));
        expect(at(119_000)).toEqual([0, 1, 2, 2, 0]);
        expect(at(120_000)).toEqual([0, 0, 2, 2, 0]);
    });

    it("are five, and those besides that somebody needs", () => {
        const gone = (versions: Version[]) => surplus(versions, planOf(versions)).map(({ version }) => version);
        const kept = (version: string) => of(version, { release: on(version, "finished") });
        const many = ["1.1.0", "1.2.0", "1.3.0", "1.5.0", "1.6.0", "1.7.0", "1.8.0"].map(kept);
        expect(gone([...many.slice(2), serving].slice(1))).toEqual([]);
        expect(gone([...many, of("1.4.0", { servingSince: 5, release: on("1.4.0", "finished") })])).toEqual(["1.1.0", "1.2.0", "1.3.0"]);
        // Gone back to long ago: the one that serves stays, whatever comes after it.
        expect(gone([of("1.0.0", { servingSince: 9 }), ...many])).toEqual(["1.1.0", "1.2.0"]);
        expect(gone([of("1.0.0", { servingSince: 9 }), ...many, of("1.9.0", { release: on("1.9.0", "canary", { from: "1.0.0" }) })])).toEqual(["1.1.0", "1.2.0", "1.3.0"]);
    });

    it("keep the one before at hand until the release is finished", () => {
        const full = of("1.5.0", { servingSince: 200, release: on("1.5.0", "full") });
        const finished = { ...full, release: on("1.5.0", "finished") };
        const instances = (versions: Version[]) => versions.map((version) => instancesOf(version, planOf(versions), { instances: 1, keepSeconds: 120 }, 9e9));
        expect([instances([serving, full]), instances([serving, finished])]).toEqual([[1, 1], [0, 1]]);
    });
});
