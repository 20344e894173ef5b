import { describe, expect, it } from "vitest";
import { underWay } from "./fixture";
import { endText, statusOf } from "./carry";
import type { End } from "./follow";

const end = (is: End["is"], why: string): End => ({ is, release: underWay.id, version: "1.5.0", why });
const [finished, back, paused] = [end("finished", "finished"), end("back", "gone back: 30 % errors"), end("paused", "by ada")];

describe("how a release ended", () => {
    it.each([[[], 0], [[finished], 0], [[finished, back], 2], [[paused], 3], [[back, paused], 3]])("is the exit status: %j", (ends, status) => expect(statusOf(ends)).toBe(status));

    it.each([
        [finished, "✔ us: all visitors get 1.5.0"],
        [back, "✘ us: 1.5.0 has gone back: 30 % errors\n  Visitors have the version before: npx antipode versions us --real; what it said: npx antipode logs us --real --version 1.5.0"],
        [paused, "‖ us: 1.5.0 stands still: by ada\n  Look at it with `npx antipode traffic us --real`; then `npx antipode resume us --real`, `promote us --real` or `abort us --real`"],
    ])("is said, with what to do", (ended, text) => expect(endText(ended, { region: "us", real: true })).toBe(text));
});
