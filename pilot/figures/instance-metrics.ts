/** What an instance has counted since it began, as it tells at `/metrics` (docs/metrics.md). */
export interface Sample {
    /** Turns that ended otherwise than their user wished: broken off, or with an error. */
    unfinished: number;
    /** First tokens that came within so many seconds, each bound with all below it; the last bound is without end. */
    firstTokens: { within: number; count: number }[];
}

/** A line of the text format (prometheus.io/docs/instrumenting/exposition_formats): name, labels, value. */
const line = /^(\w+)(?:\{(.*)\})? (\S+)/;

/** A version from before a series was there says nothing of it: it counts as none. */
export function readSample(text: string): Sample {
    const sample: Sample = { unfinished: 0, firstTokens: [] };
    for (const raw of text.split("\n")) {
        const [, name, labels = "", value] = line.exec(raw) ?? [];
        const label = (key: string) => new RegExp(`(?:^|,)${key}="([^"]*)"`).exec(labels)?.[1];
        // That a model does not want to answer something is no fault of the version that asked.
        if (name === "chat_turns_total" && /^(cut|error)$/.test(label("end") ?? "") && label("code") !== "content_refused") sample.unfinished += Number(value);
        if (name === "chat_first_token_seconds_bucket" && label("phase") === "content") {
            sample.firstTokens.push({ within: label("le") === "+Inf" ? Infinity : Number(label("le")), count: Number(value) });
        }
    }
    sample.firstTokens.sort((one, other) => one.within - other.within);
    return sample;
}

/** What came between two looks at an instance. One that counts from the beginning again has begun again. */
export function between(before: Sample, after: Sample): Sample {
    const earlier = new Map(before.firstTokens.map(({ within, count }) => [within, count]));
    const anew = after.unfinished < before.unfinished || after.firstTokens.some(({ within, count }) => count < (earlier.get(within) ?? 0));
    if (anew) return after;
    return {
        unfinished: after.unfinished - before.unfinished,
        firstTokens: after.firstTokens.map(({ within, count }) => ({ within, count: count - (earlier.get(within) ?? 0) })),
    };
}

export function together(samples: Sample[]): Sample {
    const counts = new Map<number, number>();
    for (const { firstTokens } of samples) for (const { within, count } of firstTokens) counts.set(within, (counts.get(within) ?? 0) + count);
    return {
        unfinished: samples.reduce((sum, { unfinished }) => sum + unfinished, 0),
        firstTokens: [...counts].map(([within, count]) => ({ within, count })).sort((one, other) => one.within - other.within),
    };
}

/**
 * How long such a share of the first tokens took at most, in milliseconds, as Prometheus' `histogram_quantile` says it:
 * evenly spread between two bounds. 0 where there were none; beyond the last bound, that bound.
 */
export function quantile(firstTokens: Sample["firstTokens"], share: number): number {
    const all = firstTokens.at(-1)?.count ?? 0;
    if (all === 0) return 0;
    const rank = share * all;
    const index = firstTokens.findIndex(({ count }) => count >= rank);
    const { within, count } = firstTokens[index]!;
    const below = firstTokens[index - 1] ?? { within: 0, count: 0 };
    if (within === Infinity) return below.within * 1000;
    return (below.within + ((within - below.within) * (rank - below.count)) / (count - below.count)) * 1000;
}
