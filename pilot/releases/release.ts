import type { Strategy } from "./strategy";
import { type Figures, judge, judgeEarly, type Rules, type Verdict } from "./verdict";

/**
 * `starting`: its instances come up. `testing`: testers alone get it. `canary`: a share of the visitors does. `full`: all
 * do, and the version before is kept at hand. `finished`: that one is gone. `back`: so is this one.
 */
export type Phase = "starting" | "testing" | "canary" | "full" | "finished" | "back";

/** A version on its way to the visitors. Times are milliseconds since 1970. */
export interface Release {
    id: string;
    version: string;
    /** The version that served when it began; none for the first of all. */
    from?: string;
    strategy: Strategy;
    phase: Phase;
    /** Which of the strategy's weights it has, in the phase `canary`. */
    step: number;
    /** When this phase, step or window began. */
    since: number;
    /** Windows on end that were good enough to stay and not to go on. */
    watched: number;
    /** Why it stands still until a person says more. */
    paused?: string;
}

/** What can be seen of a release now; figures are of the window that runs, absent when a source of them is lost. */
export interface Sight {
    /** As many instances as it should have are healthy, and have said that they can serve. */
    up: boolean;
    /** Why an instance can't serve yet. */
    unready?: string;
    /** The gateway leads visitors as the release has it; a configuration takes seconds to come to nginx, or never does. */
    led: boolean;
    /** Instances that ended before they were healthy. */
    crashes: number;
    candidate?: Figures;
    stable?: Figures;
}

export interface Limits {
    /** How long its instances may take to become healthy; a machine may have to pull the image over a thin line first. */
    startSeconds: number;
    /** How long testers have it alone; 0 leaves that out. */
    testSeconds: number;
    /** How long the version before is kept at hand, and what became of this one's streams when it went back. */
    keepSeconds: number;
    rules: Rules;
}

/** A release one look later; `told` when something happened, and `verdict` when a window was judged. */
export interface Look {
    release: Release;
    told?: string;
    verdict?: Verdict;
}

/** Instances that never became healthy; three are no chance. */
const MOST_CRASHES = 3;
/** Windows on end after which a person has to look at a version that is not good enough to go on. */
const MOST_WATCHED = 3;

export const isUnderWay = ({ phase }: Release): boolean => phase !== "finished" && phase !== "back";

/** The share of the visitors that it gets, in percent. */
export function weightOf({ phase, step, strategy }: Release): number {
    if (phase === "canary") return strategy.weights[step]!;
    return phase === "full" || phase === "finished" ? 100 : 0;
}

/** How long it is watched where it is, in seconds. */
export function windowOf({ phase, strategy }: Release, { testSeconds, keepSeconds }: Limits): number {
    return phase === "canary" ? strategy.windowSeconds : phase === "testing" ? testSeconds : keepSeconds;
}

/** What becomes of a release by what is seen of it. */
export function advance(release: Release, sight: Sight, limits: Limits, now: number): Look {
    const seconds = (now - release.since) / 1000;
    switch (release.phase) {
        case "starting":
            return start(release, sight, limits, now, seconds);
        case "testing":
        case "canary":
        case "full":
            return watch(release, sight, limits, now, seconds);
        default:
            return { release };
    }
}

function start(release: Release, { up, unready, crashes }: Sight, { startSeconds, testSeconds }: Limits, now: number, seconds: number): Look {
    const first = release.from === undefined;
    // Before the first there is nothing to go back to: Swarm goes on trying.
    if (!up && first) return { release };
    if (crashes >= MOST_CRASHES && !first) return goBack(release, `${crashes} instances ended before they were healthy`, now);
    if (!up) return seconds < startSeconds ? { release } : goBack(release, `no instance was healthy within ${startSeconds} s${unready === undefined ? "" : `: ${unready}`}`, now);
    if (release.paused !== undefined) return { release };
    if (first) return { release: { ...release, phase: "finished", since: now }, told: isAtOnce(release) ? "all visitors get it" : "all visitors get it: it is the first" };
    if (testSeconds > 0 && release.strategy.weights.length > 1) return { release: { ...release, phase: "testing", since: now }, told: "healthy: testers get it" };
    return goOn(release, now);
}

function watch(release: Release, { candidate, stable, led }: Sight, limits: Limits, now: number, seconds: number): Look {
    const { rules } = limits;
    const early = judgeEarly(candidate, stable, rules);
    if (early) return byVerdict(release, early, now);
    if (release.paused !== undefined) return { release };
    if (seconds < windowOf(release, limits)) return { release };
    // Testers are too few to be judged by.
    if (release.phase === "testing") return goOn(release, now);
    if (!led) return { release, verdict: { is: "blind", why: "the gateway does not lead visitors to it yet" } };
    return byVerdict(release, judge(candidate, stable, rules), now);
}

function byVerdict(release: Release, verdict: Verdict, now: number): Look {
    switch (verdict.is) {
        case "fail":
            return { ...goBack(release, verdict.why, now), verdict };
        case "fire":
            // It stands still already, for this or for something else, until a person has looked.
            return release.paused === undefined ? { ...pause(release, `both versions are bad: ${verdict.why}`), verdict } : { release };
        case "blind":
            return { release, verdict };
        case "pass":
            return { ...goOn(release, now), verdict };
        case "little":
            return { ...(release.phase === "full" ? goOn(release, now) : { release }), verdict };
        case "watch":
            if (release.phase === "full") return { ...goOn(release, now), verdict };
            return { ...keepWatching(release, verdict.why, now), verdict };
    }
}

function keepWatching(release: Release, why: string, now: number): Look {
    const watched = release.watched + 1;
    if (watched >= MOST_WATCHED) return pause({ ...release, watched }, `${watched} windows on end: ${why}`);
    return { release: { ...release, watched, since: now }, told: `watched for another window: ${why}` };
}

/** The next step, whatever is seen. */
export function goOn(release: Release, now: number): Look {
    const { phase, step, strategy } = release;
    if (phase === "full") return { release: { ...release, phase: "finished", since: now }, told: "finished" };
    const next = phase === "canary" ? step + 1 : 0;
    const weight = strategy.weights[next]!;
    const full = weight === 100;
    return {
        release: { ...release, phase: full ? "full" : "canary", step: next, since: now, watched: 0, paused: undefined },
        told: full ? "all visitors get it" : `${weight} % of the visitors get it`,
    };
}

/** What a version that served before is released with: to all visitors at once. No other strategy has a window without length. */
export const atOnce: Strategy = { weights: [100], windowSeconds: 0 };
const isAtOnce = ({ strategy }: Release): boolean => strategy.windowSeconds === atOnce.windowSeconds;

/**
 * How a release that is under way ends for another one that may not wait. All visitors have it, so nothing is left but to
 * wait: then it is finished. Or it is a rollback that has not come to the visitors yet. Undefined where it is to be
 * taken back first by a person.
 */
export function giveWay(release: Release, other: string, now: number): Look | undefined {
    if (release.phase === "full") return { release: { ...release, phase: "finished", since: now, paused: undefined }, told: `finished early: ${other}` };
    return release.phase === "starting" && (isAtOnce(release) || release.from === undefined) ? goBack(release, other, now) : undefined;
}

export function goBack(release: Release, why: string, now: number): Look {
    return { release: { ...release, phase: "back", since: now, paused: undefined }, told: `gone back: ${why}` };
}

export function pause(release: Release, why: string): Look {
    return { release: { ...release, paused: why }, told: `paused: ${why}` };
}

/** Its window begins anew. */
export function resume(release: Release, now: number): Look {
    return { release: { ...release, since: now, watched: 0, paused: undefined }, told: "resumed" };
}
