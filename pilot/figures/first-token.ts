import type { Figures } from "../releases/verdict";
import { type Cohort, quantile, sum, tokensOf } from "./instance-metrics";
import { capOf } from "./weigh";

const SHARE = 0.95;

/**
 * How long users wait for the first token, so that no cohort decides alone: one above its share is scaled down to it, and
 * the wait is that of all cohorts without the one that waits longest.
 */
export function firstTokenOf(cohorts: Iterable<Cohort>): Figures["firstToken"] {
    const all = [...cohorts].filter((cohort) => tokensOf(cohort) > 0);
    const most = capOf(all.map(tokensOf));
    const weighed = all.map((cohort) => {
        const by = Math.min(1, most / tokensOf(cohort));
        return cohort.firstTokens.map(({ within, count }) => ({ within, count: count * by }));
    });
    const without = weighed.map((_, index) => sum(weighed.filter((_, other) => other !== index)));
    if (without.length < 2) return { count: 0, p95: 0 };
    return {
        count: Math.floor(Math.min(...without.map((firstTokens) => tokensOf({ firstTokens })))),
        p95: Math.min(...without.map((firstTokens) => quantile(firstTokens, SHARE))),
    };
}
