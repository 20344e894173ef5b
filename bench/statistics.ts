/** The middle one of some values, the mean of the two middle ones of an even number; NaN of none. */
export function median(values: number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    const half = sorted.length / 2;
    return sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The value that such a share of all is not above; NaN of none. */
export function quantile(values: number[], share: number): number {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** What several rounds gave. */
export interface Spread { median: number; min: number; max: number }

export function spread(values: number[]): Spread {
    return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** One round's figure of each subject, by its key. A subject that was not measured in a round is not in it. */
export type Round = Record<string, number>;

/** A subject's figures over all rounds. */
export function figures(rounds: Round[], key: string): Spread {
    return spread(rounds.flatMap((round) => round[key] ?? []));
}

/**
 * A subject's figures as multiples of a peer's in the same round: what else the machine does in a round slows both.
 * The ratio of two medians would compare different minutes.
 */
export function ratios(rounds: Round[], key: string, peer: string): Spread {
    return spread(rounds.flatMap((round) => (round[key] === undefined || !round[peer] ? [] : round[key] / round[peer]!)));
}
