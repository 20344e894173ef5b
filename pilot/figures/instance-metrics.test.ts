import { describe, expect, it } from "vitest";
import { between, quantile, readSample, type Sample, together } from "./instance-metrics";

const text = `# HELP chat_turns_total Turns that ended
# TYPE chat_turns_total counter
chat_turns_total{kind="chat",end="done",code=""} 40
chat_turns_total{kind="chat",end="cut",code="upstream_cut"} 3
chat_turns_total{kind="agents",end="error",code="internal"} 2
chat_turns_total{kind="chat",end="error",code="content_refused"} 9
chat_turns_total{kind="chat",end="stopped",code=""} 5
chat_first_token_seconds_bucket{le="0.5",phase="content"} 10
chat_first_token_seconds_bucket{le="+Inf",phase="content"} 40
chat_first_token_seconds_bucket{le="1",phase="content"} 30
chat_first_token_seconds_bucket{le="1",phase="reasoning"} 7
chat_first_token_seconds_sum{phase="content"} 33.5
nodejs_eventloop_lag_seconds 0.01
`;
const tokens = (...counts: number[]): Sample["firstTokens"] => counts.map((count, index) => ({ within: [0.5, 1, Infinity][index]!, count }));

describe("what an instance has counted", () => {
    it("is read from its metrics", () => {
        expect(readSample(text)).toEqual({ unfinished: 5, firstTokens: tokens(10, 30, 40) });
    });

    it("is nothing where it tells nothing", () => {
        expect(readSample("")).toEqual({ unfinished: 0, firstTokens: [] });
    });

    it.each<[string, Sample, Sample, Sample]>([
        ["more", { unfinished: 1, firstTokens: tokens(1, 2, 3) }, { unfinished: 3, firstTokens: tokens(2, 4, 6) }, { unfinished: 2, firstTokens: tokens(1, 2, 3) }],
        ["the same", { unfinished: 1, firstTokens: tokens(1, 2, 3) }, { unfinished: 1, firstTokens: tokens(1, 2, 3) }, { unfinished: 0, firstTokens: tokens(0, 0, 0) }],
        ["the first ones", { unfinished: 0, firstTokens: [] }, { unfinished: 0, firstTokens: tokens(1, 2, 3) }, { unfinished: 0, firstTokens: tokens(1, 2, 3) }],
        ["from the beginning again", { unfinished: 0, firstTokens: tokens(5, 6, 7) }, { unfinished: 1, firstTokens: tokens(1, 1, 9) }, { unfinished: 1, firstTokens: tokens(1, 1, 9) }],
    ])("since the last look is %s", (_, before, after, expected) => {
        expect(between(before, after)).toEqual(expected);
    });

    it("is added up over instances", () => {
        expect(together([{ unfinished: 1, firstTokens: tokens(1, 2, 3) }, { unfinished: 2, firstTokens: [] }, { unfinished: 0, firstTokens: tokens(1, 1, 1) }]))
            .toEqual({ unfinished: 3, firstTokens: tokens(2, 3, 4) });
        expect(together([])).toEqual({ unfinished: 0, firstTokens: [] });
    });

    it.each<[Sample["firstTokens"], number, number]>([
        [[], 0.95, 0],
        [tokens(0, 0, 0), 0.95, 0],
        [tokens(100, 100, 100), 0.95, 475],
        [tokens(0, 100, 100), 0.5, 750],
        [tokens(50, 100, 100), 0.5, 500],
        [tokens(10, 20, 100), 0.95, 1000],
    ])("of %j: a share of %d came within %d ms", (firstTokens, share, ms) => {
        expect(quantile(firstTokens, share)).toBe(ms);
    });
});
