import { describe, expect, it } from "vitest";
import { between, type Cohort, type FirstTokens, quantile, readSample, type Sample, together } from "./instance-metrics";

const text = `# HELP chat_user_turns_total Turns that ended
# TYPE chat_user_turns_total counter
chat_user_turns_total{cohort="7",end="finished"} 40
chat_user_turns_total{end="unfinished",cohort="7"} 3
chat_user_turns_total{cohort="8",end="finished"} 2
chat_user_first_token_seconds_bucket{le="0.5",cohort="7"} 10
chat_user_first_token_seconds_bucket{le="+Inf",cohort="7"} 40
chat_user_first_token_seconds_bucket{le="1",cohort="7"} 30
chat_user_first_token_seconds_sum{cohort="7"} 33.5
nodejs_eventloop_lag_seconds 0.01
`;
const tokens = (...counts: number[]): FirstTokens => counts.map((count, index) => ({ within: [0.5, 1, Infinity][index]!, count }));
const cohort = (turns: number, unfinished: number, ...counts: number[]): Cohort => ({ turns, unfinished, firstTokens: tokens(...counts) });
const sample = (cohorts: Record<string, Cohort>): Sample => new Map(Object.entries(cohorts));

describe("what an instance has counted", () => {
    it("is read from its metrics, by cohort", () => {
        expect(readSample(text)).toEqual(sample({ 7: cohort(43, 3, 10, 30, 40), 8: cohort(2, 0) }));
    });

    it("is read from the metrics of an app of one's own, by cohort too", () => {
        const own = [
            "# TYPE stream_ends_total counter", 'stream_ends_total{end="done",cohort="7"} 40', 'stream_ends_total{cohort="7",end="cut"} 2', 'stream_ends_total{end="error",cohort="7",route="/a, b"} 1', 'stream_ends_total{end="error"} 9',
            'first_token_seconds_bucket{cohort="7",le="0.5"} 10', 'first_token_seconds_bucket{cohort="7",le="1"} 30', 'first_token_seconds_bucket{cohort="7",le="+Inf"} 40 1700000000000', "http_requests_total 9",
        ];
        expect(readSample(own.join("\r\n"))).toEqual(sample({ 7: cohort(43, 3, 10, 30, 40) }));
    });

    it("is nothing if it does not tell it by cohort: one user could have done it all", () => {
        expect(readSample(`chat_turns_total{kind="chat",end="cut",code="upstream_cut"} 3\nchat_first_token_seconds_bucket{le="+Inf",phase="content"} 40\n`)).toEqual(new Map());
        expect(readSample("")).toEqual(new Map());
    });

    it.each<[string, Record<string, Cohort>, Record<string, Cohort>, Record<string, Cohort>]>([
        ["more", { 7: cohort(5, 1, 1, 2, 3) }, { 7: cohort(9, 3, 2, 4, 6) }, { 7: cohort(4, 2, 1, 2, 3) }],
        ["nothing", { 7: cohort(5, 1, 1, 2, 3) }, { 7: cohort(5, 1, 1, 2, 3) }, {}],
        ["the first ones", { 7: cohort(0, 0) }, { 7: cohort(3, 0, 1, 2, 3) }, { 7: cohort(3, 0, 1, 2, 3) }],
        ["those of one more", { 7: cohort(5, 1, 1, 2, 3) }, { 7: cohort(5, 1, 1, 2, 3), 8: cohort(1, 1) }, { 8: cohort(1, 1) }],
        ["from the beginning again", { 7: cohort(7, 0, 5, 6, 7) }, { 7: cohort(9, 1, 1, 1, 9) }, { 7: cohort(9, 1, 1, 1, 9) }],
        ["from the beginning again, without one of them", { 7: cohort(7, 0), 8: cohort(1, 0) }, { 7: cohort(9, 1) }, { 7: cohort(9, 1) }],
    ])("since the last look is %s", (_, before, after, expected) => {
        expect(between(sample(before), sample(after))).toEqual(sample(expected));
    });

    it("is added up over instances", () => {
        expect(together([sample({ 7: cohort(1, 1, 1, 2, 3) }), sample({ 7: cohort(2, 0), 8: cohort(4, 2) }), sample({ 7: cohort(3, 0, 1, 1, 1) })]))
            .toEqual(sample({ 7: cohort(6, 1, 2, 3, 4), 8: cohort(4, 2) }));
        expect(together([])).toEqual(new Map());
    });

    it.each<[FirstTokens, number, number]>([
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
