/** What one data centre thinks of an endpoint; `up` is undefined until its first check has ended. */
export interface Opinion { region: string; up?: boolean; streak: number }

/** How many checks in a row change an opinion. */
export interface Patience { consecutiveUp: number; consecutiveDown: number }

/** Takes one result in. The first result is an opinion at once; later ones need as many in a row as the monitor says. */
export function observe(opinion: Opinion, pass: boolean, { consecutiveUp, consecutiveDown }: Patience): Opinion {
    if (opinion.up === undefined) return { ...opinion, up: pass, streak: 0 };
    if (opinion.up === pass) return { ...opinion, streak: 0 };
    const streak = opinion.streak + 1;
    return streak >= (pass ? consecutiveUp : consecutiveDown) ? { ...opinion, up: pass, streak: 0 } : { ...opinion, streak };
}

/**
 * "If the majority of data centers for that region pass the health monitor requests, that region is considered healthy.
 * If the majority of regions is healthy, then the origin itself will be considered healthy."
 * Source: developers.cloudflare.com/load-balancing/monitors, Health monitor regions.
 *
 * @returns undefined while no data centre has an opinion
 */
export function verdict(opinions: Opinion[]): boolean | undefined {
    const known = opinions.filter(({ up }) => up !== undefined);
    if (known.length === 0) return undefined;
    const regions = [...new Set(known.map(({ region }) => region))];
    return majority(regions.map((region) => majority(known.filter((opinion) => opinion.region === region).map(({ up }) => up === true))));
}

function majority(votes: boolean[]): boolean {
    return votes.filter(Boolean).length * 2 > votes.length;
}
