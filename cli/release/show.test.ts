import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { statusWith, toldOf } from "./fixture";
import { showOn } from "./show";

const scene = { region: "us", status: statusWith(), events: [], at: 0 };
const event = toldOf("10 % of the visitors get it");

function shown(isTTY: boolean, json: boolean) {
    const written: string[] = [];
    const show = showOn({ write: (text) => written.push(text), isTTY, columns: 60 }, json, () => 0);
    return { written, show };
}

describe("what is shown of a release", () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it("is a JSON line an event for programs, also on a terminal", () => {
        const { written, show } = shown(true, true);
        show.scene(scene);
        show.event(event);
        show.end();
        expect(written).toEqual([`${JSON.stringify(event)}\n`]);
        expect(JSON.parse(written[0]!)).toMatchObject({ region: "us", version: "1.5.0", what: "10 % of the visitors get it" });
    });

    it("is a plain line an event without a terminal", () => {
        const { written, show } = shown(false, false);
        show.scene(scene);
        show.event(event);
        show.end();
        expect(written).toEqual(["2026-11-27 12:34:56  us  1.5.0  10 % of the visitors get it\n"]);
    });

    it("is redrawn in place on a terminal, below the events that stay", () => {
        const { written, show } = shown(true, false);
        show.scene(scene);
        show.event(event);
        show.end();
        expect(written.map((text) => text.split("\n").length - 1)).toEqual([3, 4, 0]);
        expect(written[0]).toMatch(/^us  1\.5\.0  step 1 of 3/);
        expect(written[1]).toMatch(/^\x1b\[3A\r\x1b\[J2026-11-27 12:34:56  us  1\.5\.0  10 % of the visitors get it\nus  1\.5\.0  step 1/);
        expect(written[2]).toBe("\x1b[3A\r\x1b[J");
        vi.advanceTimersByTime(5_000);
        expect(written.length).toBe(3);
    });

    it("moves by itself, for the time does, with a view for each region", () => {
        const { written, show } = shown(true, false);
        show.scene(scene);
        show.scene({ ...scene, region: "cn" });
        vi.advanceTimersByTime(500);
        show.end();
        expect(written.at(-2)).toMatch(/^\x1b\[6A\r\x1b\[Jus  1\.5\.0[^]*\ncn  1\.5\.0/);
    });
});
