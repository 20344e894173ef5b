import type { Excluded } from "../figures/weigh";

/** What was seen of one version in a window. Counts are weighed by address (figures/weigh.ts), so they may have a fraction. */
export interface Figures {
    /** That count, those of the pilot itself among them. */
    requests: number;
    /** Those of the pilot, which it makes where visitors make too few. */
    synthetic: number;
    /** Answered with 5xx. */
    failed: number;
    /** Streams that the instance broke off. */
    cut: number;
    /** Requests that do not count. Events from before this was counted have none. */
    excluded?: Excluded;
    /** Turns that their user did not end, and those of them that broke off or ended with an error, as the instances count. */
    turns?: { count: number; unfinished: number };
    /** From a question to its first token: how many there were, and how long 95 % of them waited at most, in milliseconds. */
    firstToken: { count: number; p95: number };
    /** The same to the first byte, as the gateway sees it, of an app without metrics. */
    firstByte?: { count: number; p95: number };
    /** Instances that ended by themselves, and not together with another version's. */
    restarts: number;
    /** Those of them that the kernel ended for want of memory. */
    outOfMemory: number;
    /** An instance is healthy now. */
    up: boolean;
    /** For how long none has been, as far as this pilot has seen; 0 while one is. */
    downSeconds: number;
    /** The result of the pilot's own check; `failing` while both versions may have the trouble, `none` if the app has no check. */
    core: "passed" | "failed" | "failing" | "not yet" | "none";
    /** Why the check failed. */
    complaint?: string;
}

export interface Rules {
    /** Fewer requests say nothing. */
    minRequests: number;
    /** Percent of the requests: from the first on a version is watched for longer, beyond the second it goes back. */
    watchPercent: number;
    failPercent: number;
    /** It may be without an instance for so long: the gateway leads nobody to it meanwhile. */
    downSeconds: number;
}

/**
 * The model's own: over 5 % goes back, under 1 % goes on; twenty requests are the least that a percentage of 5 means
 * something for. In twenty seconds an instance that ended has a healthy successor, also on a machine that has just begun
 * again: Swarm makes it after a second, and asks for its health every two.
 */
export const usualRules: Rules = { minRequests: 20, watchPercent: 1, failPercent: 5, downSeconds: 20 };

/** So many errors need no window to be seen. */
const GROSS_PERCENT = 25;
/** One crash may be chance. */
const MOST_RESTARTS = 1;
/** A first token may come so much later than the stable version's: by factor and, where that is little, in milliseconds. */
const SLOWER = { times: 2, ms: 500 };

/**
 * `pass`: the next step. `fail`: back. `watch`: not good enough to go on, not bad enough to go back. `little`: too few
 * requests to say. `blind`: a source of figures is lost. `fire`: the stable version is as bad, so that going back would help nobody.
 */
export type Verdict = { is: "pass" | "fail" | "watch" | "little" | "blind" | "fire"; why: string };

/**
 * The verdict of a window that is over.
 * @param candidate undefined when a source of its figures is lost
 * @param stable of the same window, beside it
 */
export function judge(candidate: Figures | undefined, stable: Figures | undefined, rules: Rules): Verdict {
    if (!candidate) return { is: "blind", why: "nothing can be seen of the candidate" };
    if (neitherIsUp(candidate, stable) && !(isDown(candidate, rules) && isDown(stable!, rules))) return { is: "blind", why: "no instance is healthy, of neither version" };
    const trouble = downright(candidate, rules) ?? tooMany(candidate, rules.failPercent, rules) ?? slow(candidate, stable, rules);
    if (trouble) return against(trouble, stable, rules);
    if (!stable) return { is: "blind", why: "nothing can be seen of the stable version" };
    if (!candidate.up) return { is: "blind", why: `no instance is healthy, for ${candidate.downSeconds} s so far` };
    if (candidate.core === "failing") return { is: "blind", why: "its own check fails, and so may the stable version's" };
    if (candidate.core === "not yet") return { is: "blind", why: "its own check has not come to an end yet" };
    if (candidate.requests < rules.minRequests) return { is: "little", why: `${Math.floor(candidate.requests)} requests of at least ${rules.minRequests}` };
    const own = candidate.synthetic > 0 ? `, ${candidate.synthetic} of them the pilot's own` : "";
    for (const [kind, { count, percent, told }] of ratesOf(candidate).entries()) {
        const beside = ratesOf(stable)[kind]!.percent;
        const isWorse = count >= rules.minRequests && percent >= rules.watchPercent && percent > beside;
        if (isWorse) return { is: "watch", why: `${told}${kind === 0 ? own : ""}, the stable version ${shown(beside)}` };
    }
    return { is: "pass", why: `${ratesOf(candidate)[0].told}${own}` };
}

/** What ends a step before its window is over; undefined when nothing does. */
export function judgeEarly(candidate: Figures | undefined, stable: Figures | undefined, rules: Rules): Verdict | undefined {
    // There is nothing to go back to in such a moment: a machine that has just begun again is like that.
    if (neitherIsUp(candidate, stable)) return undefined;
    const trouble = candidate && (downright(candidate, rules) ?? (mayBeBoth(stable, rules) ? undefined : tooMany(candidate, GROSS_PERCENT, rules)));
    return trouble === undefined ? undefined : against(trouble, stable, rules);
}

/** Of the requests that count: those that failed, and streams that were cut. 0 if there were none. */
export const errorPercent = ({ requests, failed, cut }: Figures): number => percentOf(failed + cut, requests);

const percentOf = (bad: number, count: number): number => (count === 0 ? 0 : (bad / count) * 100);

/** A share of what was counted that is bad. */
interface Rate {
    count: number;
    percent: number;
    told: string;
    /** The bad ones, by kind. */
    bad: string;
}

/** Requests, as the gateway sees them, and turns, as the instances do: the two are counted and weighed apart. */
function ratesOf(figures: Figures): [requests: Rate, turns: Rate] {
    const { requests, failed, cut, turns = { count: 0, unfinished: 0 } } = figures;
    const [percent, unfinished] = [errorPercent(figures), percentOf(turns.unfinished, turns.count)];
    return [
        { count: requests, percent, told: `${shown(percent)} errors of ${Math.round(requests)} requests`, bad: `${Math.round(failed)} failed, ${Math.round(cut)} streams cut` },
        { count: turns.count, percent: unfinished, told: `${shown(unfinished)} of ${Math.round(turns.count)} turns did not finish`, bad: `${Math.round(turns.unfinished)} turns` },
    ];
}

function against(why: string, stable: Figures | undefined, rules: Rules): Verdict {
    const theirs = stable && (downright(stable, rules) ?? tooMany(stable, rules.failPercent, rules));
    return theirs === undefined ? { is: "fail", why } : { is: "fire", why: `${why}; of the stable version: ${theirs}` };
}

/** The stable version has errors too, if not many: what both need may be gone since a moment ago, and a few requests tell that sooner than many. */
const mayBeBoth = (stable: Figures | undefined, rules: Rules): boolean =>
    stable !== undefined && tooMany(stable, rules.failPercent, rules) === undefined && ratesOf(stable).some(({ percent }) => percent >= rules.watchPercent);

const neitherIsUp = (candidate: Figures | undefined, stable: Figures | undefined): boolean => candidate?.up === false && stable?.up === false;

const isDown = ({ up, downSeconds }: Figures, rules: Rules): boolean => !up && downSeconds >= rules.downSeconds;

/** What is bad whatever the traffic is. */
function downright(figures: Figures, rules: Rules): string | undefined {
    const { core, complaint, outOfMemory, restarts, downSeconds } = figures;
    if (isDown(figures, rules)) return `no instance has been healthy for ${downSeconds} s`;
    if (core === "failed") return `its own check failed${complaint === undefined ? "" : `: ${complaint}`}`;
    if (outOfMemory > 0) return "it ran out of memory";
    if (restarts > MOST_RESTARTS) return `its instances ended by themselves ${restarts} times`;
    return undefined;
}

function tooMany(figures: Figures, most: number, { minRequests }: Rules): string | undefined {
    const rate = ratesOf(figures).find(({ count, percent }) => count >= minRequests && percent > most);
    return rate && `${rate.told} (${rate.bad}), more than ${most} %`;
}

/** First tokens, or first bytes of two versions without metrics. */
function slow(candidate: Figures, stable: Figures | undefined, { minRequests }: Rules): string | undefined {
    const waits = [["token", candidate.firstToken, stable?.firstToken], ["byte", candidate.firstByte, stable?.firstByte]] as const;
    for (const [what, theirs, ours] of waits) {
        if (!theirs || !ours || Math.min(theirs.count, ours.count) < minRequests) continue;
        if (theirs.p95 <= Math.max(ours.p95 * SLOWER.times, ours.p95 + SLOWER.ms)) continue;
        return `its first ${what} comes after ${Math.round(theirs.p95)} ms, the stable version's after ${Math.round(ours.p95)} ms (95 % of them)`;
    }
    return undefined;
}

const shown = (percent: number): string => `${Number(percent.toFixed(1))} %`;
