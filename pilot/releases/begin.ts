import type { Labels } from "./labels";
import { readRelease, servingLabel, writeRelease } from "./labels";
import type { Release } from "./release";
import { parseStrategy, type Strategy } from "./strategy";

/**
 * How a version is to be released: by its own label, which the program wrote when it made it, or else as all are.
 * @param windowSeconds of each step, where it is not to be the strategy's
 */
export function strategyOf(labels: Labels, usual: Strategy, windowSeconds: number | undefined): Strategy {
    const strategy = labels["antipode.strategy"] ? parseStrategy(labels["antipode.strategy"]) : usual;
    return { weights: strategy.weights, windowSeconds: windowSeconds ?? strategy.windowSeconds };
}

/** A version's first look at the world. @param from the version that serves */
export function begin(version: string, from: string | undefined, strategy: Strategy, now: number): Release {
    const time = new Date(now).toISOString().replace(/\D/g, "").slice(0, 14);
    return { id: `${time}-${version}`, version, from, strategy, phase: "starting", step: 0, since: now, watched: 0 };
}

/**
 * The labels of a version after a look. From the moment on that all visitors get it, it is the one that serves; should
 * it go back after that, the one before is again.
 */
export function labelsAfter(labels: Labels, release: Release, now: number): Labels {
    const before = readRelease(labels);
    const written = writeRelease(labels, release);
    const serves = release.phase === "full" || release.phase === "finished";
    const served = before?.id === release.id && (before.phase === "full" || before.phase === "finished");
    if (serves && !served) return { ...written, [servingLabel]: String(now) };
    if (release.phase === "back" && served) {
        const { [servingLabel]: _, ...rest } = written;
        return rest;
    }
    return written;
}
