import { describe, expect, it } from "vitest";
import { Fault } from "../../errors/fault";
import { quiet, statusWith, toldOf, underWay } from "./fixture";
import { begun, endOf, follow } from "./follow";
import type { Show } from "./show";
import type { Followed } from "./told";

const id = underWay.id;
const gone = () => new Fault("PILOT_GONE", { region: "us", target: "us" });
const quick = { everyMs: 1, patienceMs: 60_000 };

/** A pilot that gives these answers one after the other, and the last one for ever. */
function pilot(...answers: (Followed | Error)[]) {
    const asked: string[][] = [];
    const ask = async (...words: string[]) => {
        asked.push(words);
        const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
        if (answer instanceof Error) throw answer;
        return answer;
    };
    return { ask, asked };
}

function screen() {
    const events: string[] = [];
    const troubles: (string | undefined)[] = [];
    const show: Show = { event: ({ region, what }) => void events.push(`${region} ${what}`), scene: ({ trouble }) => void troubles.push(trouble), end: () => undefined };
    return { events, troubles, show };
}

const [began, canary, all, finished] = [
    toldOf("began: from 1.4.0", { phase: "starting", weight: 0 }), toldOf("10 % of the visitors get it"), toldOf("all visitors get it", { phase: "full", weight: 100 }), toldOf("finished", { phase: "finished", weight: 100 }),
];

describe("a release that is followed", () => {
    it("is shown event by event, each once, until it is finished", async () => {
        const { ask, asked } = pilot({ status: statusWith(), events: [began!] }, { status: statusWith(), events: [began!, canary!] }, { status: statusWith(), events: [began!, canary!] }, { status: quiet, events: [began!, canary!, all!, finished!] });
        const { events, troubles, show } = screen();
        expect(await follow("us", id, ask, show, quick)).toEqual({ is: "finished", release: id, version: "1.5.0", why: "finished" });
        expect(events).toEqual(["us began: from 1.4.0", "us 10 % of the visitors get it", "us all visitors get it", "us finished"]);
        expect([asked[0], troubles]).toEqual([["follow", id], [undefined, undefined, undefined, undefined]]);
    });

    it("outlives a pilot that is started anew, and a line that is away for a while", async () => {
        const { ask } = pilot({ status: statusWith(), events: [began!] }, gone(), new Fault("HOST_UNREACHABLE", { region: "us", address: "a", reason: "timed out" }), { status: quiet, events: [began!, finished!] });
        const { events, troubles, show } = screen();
        expect(await follow("us", id, ask, show, quick)).toMatchObject({ is: "finished" });
        expect([events.length, troubles]).toEqual([2, [undefined, "No pilot runs in us.", "There is no connection to the machine of us (a): timed out", undefined]]);
    });

    it("is given up when the pilot stays away, or refuses", async () => {
        await expect(follow("us", id, pilot(gone()).ask, screen().show, { everyMs: 1, patienceMs: 20 })).rejects.toMatchObject({ code: "PILOT_GONE" });
        await expect(follow("us", id, pilot(new Fault("RELEASE_NONE")).ask, screen().show, quick)).rejects.toMatchObject({ code: "RELEASE_NONE" });
    });

    const back = toldOf("gone back: 30 % errors", { phase: "back", weight: 0 });
    it.each([
        ["begins", statusWith(), [], undefined],
        ["goes on", statusWith(), [began!, canary!], undefined],
        ["is finished", statusWith(), [began!, finished!], { is: "finished", why: "finished" }],
        ["has gone back", quiet, [began!, back], { is: "back", why: "gone back: 30 % errors" }],
        ["is paused", statusWith({ paused: "by ada" }), [canary!, toldOf("paused: by ada")], { is: "paused", why: "by ada" }],
        ["is paused, and still bad", statusWith({ paused: "by ada" }), [toldOf("paused: by ada"), toldOf("waits: both bad")], { is: "paused", why: "by ada" }],
        ["was paused when it was looked at, and resumed since", statusWith({ paused: "by ada" }), [toldOf("paused: by ada"), toldOf("resumed")], undefined],
        ["is another's that is paused", statusWith({ paused: "by ada", id: "other" }), [toldOf("paused: by ada")], undefined],
    ])("ends as it %s", (_, status, events, end) => expect(endOf(id, status, events)).toEqual(end && { release: id, version: "1.5.0", ...end }));
});

describe("a release that is to begin", () => {
    const known = new Set(["20250101000000-1.5.0"]);
    const events = (...releases: string[]) => releases.map((release) => toldOf("began", { release })) as unknown as Followed;

    it("is the first new one of its version, also when the pilot is only coming", async () => {
        const { ask, asked } = pilot(gone(), events("20250101000000-1.5.0"), events("20250101000000-1.5.0", id));
        expect(await begun("1.5.0", known, ask, { region: "us", target: "us" }, { everyMs: 1, seconds: 60 })).toBe(id);
        expect(asked[0]).toEqual(["events", "1.5.0"]);
    });

    it("has to begin", async () => {
        await expect(begun("1.5.0", known, pilot(events("20250101000000-1.5.0")).ask, { region: "us", target: "us" }, { everyMs: 1, seconds: 0.02 })).rejects.toMatchObject({ code: "RELEASE_NOT_BEGUN" });
    });
});
