/** Requests of one source: the address of a visitor, or a cohort of users. */
export interface Tally {
    answered: number;
    failed: number;
    /** Of those that were answered. */
    cut: number;
    /** Requests that the visitor ended. */
    left: number;
}

/** What counts for a verdict, and what does not. */
export interface Counted {
    requests: number;
    failed: number;
    cut: number;
    excluded: Excluded;
}

/**
 * Requests that say nothing of a version. `left`: the visitor ended them. `capped`: beyond one address's share. `trimmed`: of
 * the two addresses that move the error rate most.
 */
export interface Excluded {
    left: number;
    capped: number;
    trimmed: number;
}

/** No address is more of all requests than this; among fewer than a hundred addresses, than twice its even share. */
const SHARE = 0.02;
/** An error rate so low that it is none: it orders addresses without errors by their requests. */
const NO_RATE = 1e-6;
/** Halvings of the range from 0 to 1: far closer than any count of requests can tell. */
const HALVINGS = 40;

interface Weighed {
    requests: number;
    failed: number;
    cut: number;
}

/**
 * The requests of all sources, so that none of them decides alone, however many requests it sends.
 *
 * A source above its share is scaled down to it, its errors too: many users behind one address still weigh. Then the source
 * that raises the error rate most and the one that lowers it most are left out. The rest is above a threshold only if the
 * sources other than any single one are; and if they are, no single source can hide it (weigh.test.ts has both as properties).
 *
 * @param own requests of the pilot: they have no share, and are never left out
 */
export function weigh(tallies: Iterable<Tally>, own: Weighed = { requests: 0, failed: 0, cut: 0 }): Counted {
    const all = [...tallies];
    const sources = all.map(sourceOf).filter(({ requests }) => requests > 0);
    const most = capOf(sources.map(({ requests }) => requests));
    const weighed = sources.map((source) => scaled(source, Math.min(1, most / source.requests)));
    const extremes = extremesOf(weighed, own);
    const rest = weighed.filter((source) => !extremes.includes(source));
    const total = (of: Weighed[], key: keyof Weighed) => of.reduce((sum, one) => sum + one[key], 0);
    const counted = [...rest, own];
    return {
        requests: rounded(total(counted, "requests")),
        failed: rounded(total(counted, "failed")),
        cut: rounded(total(counted, "cut")),
        excluded: {
            left: all.reduce((sum, { left }) => sum + left, 0),
            capped: rounded(total(sources, "requests") - total(weighed, "requests")),
            trimmed: rounded(total(extremes, "requests")),
        },
    };
}

/** An answer and its cut may lie on two sides of a window's beginning. */
const sourceOf = ({ answered, failed, cut }: Tally): Weighed => ({ requests: Math.max(answered, cut) + failed, failed, cut });

const scaled = ({ requests, failed, cut }: Weighed, by: number): Weighed => ({ requests: requests * by, failed: failed * by, cut: cut * by });

const rounded = (count: number): number => Number(count.toFixed(2));

/** The most requests of one source so that, with all others capped alike, none is more than its share of the sum. */
export function capOf(sizes: number[]): number {
    const share = Math.max(SHARE, 2 / sizes.length);
    const sorted = [...sizes].sort((one, other) => other - one);
    let below = sorted.reduce((sum, size) => sum + size, 0);
    for (const [above, size] of sorted.entries()) {
        const cap = (share * below) / (1 - above * share);
        if (size <= cap || above * share >= 1) return cap;
        below -= size;
    }
    return Infinity;
}

/** How far a source is beyond an error rate, in requests; below 0 it speaks for the version. */
const excess = ({ requests, failed, cut }: Weighed, rate: number): number => failed + cut - rate * requests;

/** At an error rate: the source that speaks most against the version, and the one that speaks most for it, if one does. */
function extremesAt(sources: Weighed[], rate: number): Weighed[] {
    let [against, inFavor]: (Weighed | undefined)[] = [];
    for (const source of sources) {
        if (!against || excess(source, rate) > excess(against, rate)) against = source;
        if (!inFavor || excess(source, rate) <= excess(inFavor, rate)) inFavor = source;
    }
    if (!against || !inFavor) return [];
    return inFavor === against || excess(inFavor, rate) >= 0 ? [against] : [against, inFavor];
}

/**
 * The extremes at the error rate of what is left without them. The greater the rate, the less is beyond it, whatever is
 * left out: so halving the range finds it.
 */
function extremesOf(sources: Weighed[], own: Weighed): Weighed[] {
    const all = [...sources, own];
    const total = (key: keyof Weighed) => all.reduce((sum, one) => sum + one[key], 0);
    const sum = { requests: total("requests"), failed: total("failed"), cut: total("cut") };
    let [low, high] = [NO_RATE, 1];
    for (let times = 0; times < HALVINGS; times += 1) {
        const rate = (low + high) / 2;
        const rest = extremesAt(sources, rate).reduce((left, extreme) => left - excess(extreme, rate), excess(sum, rate));
        if (rest > 0) low = rate;
        else high = rate;
    }
    return extremesAt(sources, low);
}
