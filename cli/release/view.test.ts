import { describe, expect, it } from "vitest";
import { good, quiet, statusWith, toldOf, type Underway } from "./fixture";
import { type Scene, sceneLines } from "./view";

/** The view of this release, so many seconds after it was heard of. */
function seen(release: Partial<Underway>, scene: Partial<Scene> = {}, seconds = 0): string[] {
    return sceneLines({ region: "us", status: statusWith(release), events: [], at: 5_000_000, ...scene }, 5_000_000 + seconds * 1000, 120);
}

describe("the live view", () => {
    it("has a bar for each version with its share, errors and first token, and the time that is left", () => {
        expect(seen({})).toEqual([
            "us  1.5.0  step 1 of 3, 10 %  9:12 left of 10:00",
            "  1.5.0  ██░░░░░░░░░░░░░░░░░░░░░░   10 %  0 % errors of 812                        first token 412 ms",
            "  1.4.0  ██████████████████████░░   90 %  0.3 % errors of 7300 (20 failed, 2 cut)  first token 412 ms",
        ]);
    });

    it.each<[string, Partial<Underway>, number, string]>([
        ["as time passes", {}, 60, "us  1.5.0  step 1 of 3, 10 %  8:12 left of 10:00"],
        ["when a window is over", {}, 552, "us  1.5.0  step 1 of 3, 10 %  its 10:00 are over"],
        ["while it starts", { phase: "starting" }, 0, "us  1.5.0  starting, 1 of 1 instances healthy  9:12 left of 10:00"],
        ["while the first of all starts", { phase: "starting", from: undefined }, 0, "us  1.5.0  starting, 1 of 1 instances healthy  for 0:48"],
        ["while testers have it", { phase: "testing", seconds: 60 }, 0, "us  1.5.0  testers alone get it  0:12 left of 1:00"],
        ["at the second step", { step: 1 }, 0, "us  1.5.0  step 2 of 3, 50 %  9:12 left of 10:00"],
        ["when all have it", { phase: "full", seconds: 120 }, 0, "us  1.5.0  all visitors get it, 1.4.0 is at hand  1:12 left of 2:00"],
        ["when it is paused", { paused: "by ada" }, 0, "us  1.5.0  step 1 of 3, 10 %  stands still"],
    ])("says how far it is, %s", (_, release, seconds, head) => expect(seen(release, {}, seconds)[0]).toBe(head));

    it.each<[string, Partial<Underway>, string[], string | undefined]>([
        ["that it waits, and for what", {}, ["10 % of the visitors get it", "waits: 12 requests of at least 20"], "  waits: 12 requests of at least 20"],
        ["that it is watched for longer", {}, ["watched for another window: 2 % errors of 812 requests"], "  watched for another window: 2 % errors of 812 requests"],
        ["nothing when it waits no more", {}, ["waits: 12 requests of at least 20", "50 % of the visitors get it"], undefined],
        ["why it is paused, before all else", { paused: "both versions are bad", complaint: "503" }, ["waits: x"], "  paused: both versions are bad"],
        ["why it is not ready", { phase: "starting", seen: { up: false, led: true, crashes: 0, unready: "GET /up is answered with 404" } }, ["began: from 1.4.0"], "  not ready: GET /up is answered with 404"],
        ["what its own check met", { complaint: "the chat had no end" }, ["10 % of the visitors get it"], "  its own check: the chat had no end"],
    ])("says %s", (_, release, events, line) => expect(seen(release, { events: events.map((what) => toldOf(what)) })[3]).toBe(line));

    it("says of a source that is lost that nothing is seen, and of a version that gets nobody that it does not", () => {
        const lines = sceneLines({ region: "us", status: statusWith({ seen: { up: true, led: true, crashes: 0, stable: good } }, { traffic: [{ version: "1.4.0", share: 100 }] }), events: [], at: 0 }, 0, 120);
        expect(lines.slice(1)).toEqual([
            "  1.5.0  ░░░░░░░░░░░░░░░░░░░░░░░░    0 %  nothing is seen of it",
            "  1.4.0  ████████████████████████  100 %  0 % errors of 812      first token 412 ms",
        ]);
    });

    it("says since when the pilot was not heard, and goes on counting", () => {
        expect(seen({}, { trouble: "There is no connection to the machine of us (198.51.100.4): timed out\nmore" }, 12).at(-1)).toBe("  no word from the pilot for 0:12: There is no connection to the machine of us (198.51.100.4): timed out");
    });

    it("is never wider than the terminal, for a line that wraps would not be redrawn", () => {
        const narrow = sceneLines({ region: "us", status: statusWith(), events: [], at: 0 }, 0, 40);
        expect(narrow.map((line) => line.length)).toEqual([39, 39, 39]);
    });

    it("shows who serves where nothing is under way", () => {
        expect(sceneLines({ region: "us", status: quiet, events: [], at: 0 }, 0, 120)).toEqual(["us  no release is under way", "  1.4.0  ████████████████████████  100 %"]);
    });
});
