import { describe, expect, it } from "vitest";
import { figures, median, quantile, ratios, spread, type Round } from "./statistics";

describe("several rounds", () => {
    it("have a middle, also of an even number", () => {
        expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([7]), median([])]).toEqual([2, 2.5, 7, NaN]);
        expect(spread([5, 1, 9])).toEqual({ median: 5, min: 1, max: 9 });
    });

    it("have a value that all but some are below", () => {
        expect([quantile([4, 2, 3, 1], 0.5), quantile([1, 2, 3], 0.99), quantile([7], 0), quantile([], 0.5)]).toEqual([2, 3, 7, NaN]);
    });

    // The second round was twice as slow for both: the ratio is the same, the figures are not.
    const rounds: Round[] = [{ go: 10, app: 15 }, { go: 20, app: 30 }, { go: 10 }, { app: 99 }];

    it("are compared round by round", () => expect(ratios(rounds, "app", "go")).toEqual({ median: 1.5, min: 1.5, max: 1.5 }));

    it("count where there is a figure", () => expect(figures(rounds, "go")).toEqual({ median: 10, min: 10, max: 20 }));
});
