import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { built } from "./build";
import { complaints, counted, Load, pace, size } from "./load/load";
import type { Met } from "./load/visitor";
import { antipode, domain, models, must, pulumi } from "./pocket";
import { appOf, deploy, killPilot, over, prepare, restore, shared, steps, told, toldWhen, versionAt } from "./versions";

const base = "2.0.0";

/** Visitors who were answered by this version and, in a later request, by another. */
const backwards = (met: Met[], version: string) => met.filter(({ requests }) => {
    const answered = requests.filter(([, , by]) => by !== null).sort(([one], [other]) => one - other).map(([, , by]) => by);
    return answered.lastIndexOf(version) > answered.indexOf(version) && answered.slice(answered.indexOf(version)).some((by) => by !== version);
});

describe("while visitors read streams without end and ask for other things", () => {
    let load: Load;
    const folders: Record<string, string> = {};

    /** Nobody met a failure, and enough was asked for that to say something. */
    const wellServed = async (): Promise<Met[]> => {
        const met = await load.met();
        expect([complaints(met), counted(met).requests > size.perSecond, counted(met).streams > 5]).toEqual([{}, true, true]);
        return met;
    };

    beforeAll(async () => {
        await prepare("us", base);
        for (const version of ["2.1.0", "2.2.0", "2.3.0", "2.4.0", "2.5.0", "2.6.0"]) folders[version] = await built(appOf(version));
        await models(pace);
        load = await Load.begin("us", `https://us.${domain}`);
    });
    afterAll(async () => {
        await load?.end();
        await models({ clear: "ark" });
        await restore("us");
    }, 300_000);

    it.each<[string, string, number[]]>([
        ["2.1.0", "low", [100]],
        ["2.2.0", "medium", [10, 50, 100]],
        ["2.3.0", "high", [5, 10, 30, 50, 80, 100]],
    ])("%s comes to all of them as `%s` has it, and none of them is led back", async (version, strategy, weights) => {
        const before = await versionAt("us");
        await deploy(["us"], folders[version]!, strategy);
        const events = await over("us", version);
        expect(steps(events)).toEqual([
            [`began: from ${before}`, 0], ...weights.map((weight) => [weight === 100 ? "all visitors get it" : `${weight} % of the visitors get it`, weight]), ["finished", 100],
        ]);
        expect([await versionAt("us"), backwards(await wellServed(), version)]).toEqual([version, []]);
    });

    it("a release goes on with a pilot that knows nothing, whenever the one before is killed", async () => {
        await deploy(["us"], folders["2.4.0"]!, "routine");
        const seen = new Set<string>();
        const events = await toldWhen("us", "2.4.0", (last) => {
            const at = `${last.phase} ${last.weight}`;
            if (!seen.has(at) && last.phase !== "finished") void killPilot("us").catch(() => undefined);
            seen.add(at);
            return last.phase === "finished";
        }, "to be over", 240);
        expect(steps(events).at(-1)).toEqual(["finished", 100]);
        expect([...seen].slice(-5)).toEqual(["canary 10", "canary 30", "canary 50", "full 100", "finished 100"]);
        await wellServed();
    });

    it("the second of two releases waits for the first, and so does whoever wants to go back", async () => {
        await deploy(["us"], folders["2.5.0"]!, "medium");
        await shared("us", "2.5.0");
        await must(antipode("pause", "us"));
        await deploy(["us"], folders["2.6.0"]!, "low");
        expect(await told("us", "2.6.0")).toEqual([]);
        const refused = await antipode("rollback", "us", "2.3.0");
        expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("2.5.0")]);
        await must(antipode("resume", "us"));
        const [first, second] = [await over("us", "2.5.0"), await over("us", "2.6.0")];
        expect([steps(first).at(-1), steps(second)]).toEqual([["finished early: 2.6.0 is next", 100], [["began: from 2.5.0", 0], ["all visitors get it", 100], ["finished", 100]]]);
        await wellServed();
    });

    it("each version that is kept comes back by one command", async () => {
        for (const version of ["2.2.0", "2.3.0", "2.4.0", "2.5.0"]) {
            await must(antipode("rollback", "us", version));
            expect(await versionAt("us")).toBe(version);
            await over("us", version);
        }
        // Without a word it is the one before.
        await must(antipode("rollback", "us"));
        expect(await versionAt("us")).toBe("2.4.0");
        await over("us", "2.4.0");
        const refusals = await Promise.all(["2.0.0", "2.4.0", "two"].map(async (version) => (await antipode("rollback", "us", version)).stderr));
        expect(refusals).toEqual([expect.stringMatching(/2\.0\.0 is not kept.*2\.6\.0, 2\.5\.0, 2\.4\.0, 2\.3\.0, 2\.2\.0/s), expect.stringContaining("2.4.0"), expect.stringContaining("two")]);
        await wellServed();
    });

    it("a version is made once: with another setting it needs another number", async () => {
        await must(pulumi("config", "set", "antipode:logLevel", "debug", "-s", "us"));
        const refused = await antipode("up", "us");
        await must(pulumi("config", "rm", "antipode:logLevel", "-s", "us"));
        expect([refused.code, refused.stderr + refused.stdout]).toEqual([1, expect.stringContaining("Version 2.6.0 of the app is made already")]);
        await wellServed();
    });
});
