/** First tokens that came within so many seconds, each bound with all below it; the last bound is without end. */
export type FirstTokens = { within: number; count: number }[];

/** What some of an instance's users met. */
export interface Cohort {
    /** Turns that their user did not end. */
    turns: number;
    /** Turns that broke off, or ended with an error. */
    unfinished: number;
    firstTokens: FirstTokens;
}

/**
 * What an instance has counted since it began, as it tells at `/metrics` (docs/metrics.md), by cohort: always the same
 * users, on all instances, and none of them knows which. So no user decides alone, as no address does.
 */
export type Sample = Map<string, Cohort>;

/** A line of the text format (prometheus.io/docs/instrumenting/exposition_formats): name, labels, value. */
const line = /^(\w+)(?:\{(.*)\})? (\S+)/;

/** The bundled app's series, and those of any app. */
const turnSeries = ["chat_user_turns_total", "stream_ends_total"];
const tokenSeries = ["chat_user_first_token_seconds_bucket", "first_token_seconds_bucket"];
const isUnfinished = (end: string | undefined): boolean => /^(unfinished|cut|error)$/.test(end ?? "");

/** A version from before a series was there says nothing by it: one user could decide by what it counts. */
export function readSample(text: string): Sample {
    const sample: Sample = new Map();
    for (const raw of text.split("\n")) {
        const [, name, labels = "", value] = line.exec(raw) ?? [];
        const label = (key: string) => new RegExp(`(?:^|,)${key}="([^"]*)"`).exec(labels)?.[1];
        const count = Number(value);
        const cohort = label("cohort");
        if (name === undefined || cohort === undefined) continue;
        if (turnSeries.includes(name)) {
            const turns = cohortOf(sample, cohort);
            turns.turns += count;
            if (isUnfinished(label("end"))) turns.unfinished += count;
        }
        if (tokenSeries.includes(name)) {
            cohortOf(sample, cohort).firstTokens.push({ within: label("le") === "+Inf" ? Infinity : Number(label("le")), count });
        }
    }
    for (const { firstTokens } of sample.values()) firstTokens.sort((one, other) => one.within - other.within);
    return sample;
}

function cohortOf(sample: Sample, name: string): Cohort {
    const cohort = sample.get(name) ?? { turns: 0, unfinished: 0, firstTokens: [] };
    sample.set(name, cohort);
    return cohort;
}

/** What came between two looks at an instance. One that counts from the beginning again has begun again. */
export function between(before: Sample, after: Sample): Sample {
    const difference: Sample = new Map();
    for (const [name, earlier] of before) {
        const later = after.get(name);
        const isLess = !later || later.turns < earlier.turns || later.firstTokens.some(({ within, count }) => count < countWithin(earlier, within));
        if (isLess) return after;
    }
    for (const [name, { turns, unfinished, firstTokens }] of after) {
        const earlier = before.get(name) ?? { turns: 0, unfinished: 0, firstTokens: [] };
        const came = {
            turns: turns - earlier.turns,
            unfinished: unfinished - earlier.unfinished,
            firstTokens: firstTokens.map(({ within, count }) => ({ within, count: count - countWithin(earlier, within) })),
        };
        if (came.turns > 0 || tokensOf(came) > 0) difference.set(name, came);
    }
    return difference;
}

export function together(samples: Sample[]): Sample {
    const all: Sample = new Map();
    for (const sample of samples) {
        for (const [name, { turns, unfinished, firstTokens }] of sample) {
            const cohort = cohortOf(all, name);
            cohort.turns += turns;
            cohort.unfinished += unfinished;
            cohort.firstTokens = sum([cohort.firstTokens, firstTokens]);
        }
    }
    return all;
}

/** How many first tokens a cohort has had. */
export const tokensOf = ({ firstTokens }: Pick<Cohort, "firstTokens">): number => firstTokens.at(-1)?.count ?? 0;

const countWithin = ({ firstTokens }: Cohort, within: number): number => firstTokens.find((one) => one.within === within)?.count ?? 0;

export function sum(all: FirstTokens[]): FirstTokens {
    const counts = new Map<number, number>();
    for (const firstTokens of all) for (const { within, count } of firstTokens) counts.set(within, (counts.get(within) ?? 0) + count);
    return [...counts].map(([within, count]) => ({ within, count })).sort((one, other) => one.within - other.within);
}

/**
 * How long such a share of the first tokens took at most, in milliseconds, as Prometheus' `histogram_quantile` says it:
 * evenly spread between two bounds. 0 where there were none; beyond the last bound, that bound.
 */
export function quantile(firstTokens: FirstTokens, share: number): number {
    const all = tokensOf({ firstTokens });
    if (all === 0) return 0;
    const rank = share * all;
    const index = firstTokens.findIndex(({ count }) => count >= rank);
    const { within, count } = firstTokens[index]!;
    const below = firstTokens[index - 1] ?? { within: 0, count: 0 };
    if (within === Infinity) return below.within * 1000;
    return (below.within + ((within - below.within) * (rank - below.count)) / (count - below.count)) * 1000;
}
