import { afterEach, describe, expect, it } from "vitest";
import { Fault } from "../../errors/fault";
import { Interrupted } from "../interruption";
import { inEach, inTurn } from "./each";

const gone = (region: string) => new Fault("PILOT_GONE", { region, target: region });
const work = (bad: Record<string, Error>) => async (region: string) => {
    if (bad[region]) throw bad[region];
    return `${region} done`;
};

describe.each([["at once", inEach], ["in turn", inTurn]])("the same in several regions, %s", (_, run) => {
    afterEach(() => void (process.exitCode = undefined));

    it("gives what came of it", async () => expect(await run(["us", "cn"], work({}))).toEqual(["us done", "cn done"]));

    it("goes on where one fails, tells that, and ends the command with 1", async () => {
        const told: string[] = [];
        expect(await run(["us", "cn"], work({ us: gone("us") }), (text) => told.push(text))).toEqual(["cn done"]);
        expect([told, process.exitCode]).toEqual([[expect.stringMatching(/^\nPILOT_GONE: No pilot runs in us\.\n/)], 1]);
    });

    it("is the command's own fault where there is but one", async () => {
        await expect(run(["us"], work({ us: gone("us") }))).rejects.toMatchObject({ code: "PILOT_GONE" });
        expect(process.exitCode).toBeUndefined();
    });

    it("lets everything else through", async () => {
        await expect(run(["us", "cn"], work({ us: gone("us"), cn: new Interrupted("SIGINT") }))).rejects.toBeInstanceOf(Interrupted);
    });
});
