import type { Phase, Release } from "./release";
import { parseStrategy, writeWeights } from "./strategy";

/** A Swarm service's labels: text alone. What the program writes when it makes a version, and what the pilot adds. */
export type Labels = Record<string, string>;

/** Of the release that a version is, or was, on. All of them change in one update of the service, or none does. */
const names = {
    id: "antipode.release", from: "antipode.from", weights: "antipode.weights", window: "antipode.window", phase: "antipode.phase",
    step: "antipode.step", since: "antipode.since", watched: "antipode.watched", paused: "antipode.paused",
} as const;

/** Since when a version is the one that serves, in milliseconds since 1970; of several, the newest is. */
export const servingLabel = "antipode.serving";

const phases: Phase[] = ["starting", "testing", "canary", "full", "finished", "back"];

export const readServing = (labels: Labels): number | undefined => (labels[servingLabel] === undefined ? undefined : Number(labels[servingLabel]));

/** The labels with this release written into them. */
export function writeRelease(labels: Labels, release: Release): Labels {
    const written: Record<keyof typeof names, string | undefined> = {
        id: release.id,
        from: release.from,
        weights: writeWeights(release.strategy),
        window: String(release.strategy.windowSeconds),
        phase: release.phase,
        step: String(release.step),
        since: String(release.since),
        watched: String(release.watched),
        paused: release.paused,
    };
    const ours = new Set<string>(Object.values(names));
    const others = Object.entries(labels).filter(([name]) => !ours.has(name));
    const now = Object.entries(written).flatMap(([key, value]) => (value === undefined ? [] : [[names[key as keyof typeof names], value] as const]));
    return Object.fromEntries([...others, ...now]);
}

/**
 * The release that is written in a version's labels; undefined when it was never on one.
 * @throws Error when somebody has changed them into something that is none
 */
export function readRelease(labels: Labels): Release | undefined {
    const id = labels[names.id];
    if (id === undefined) return undefined;
    const number = (name: string) => {
        const value = Number(labels[name]);
        if (!Number.isSafeInteger(value) || value < 0) throw new Error(`the label ${name} is "${labels[name]}" and no number`);
        return value;
    };
    const phase = phases.find((name) => name === labels[names.phase]);
    if (phase === undefined) throw new Error(`the label ${names.phase} is "${labels[names.phase]}" and none of ${phases.join(", ")}`);
    const strategy = { ...parseStrategy(labels[names.weights] ?? ""), windowSeconds: number(names.window) };
    const step = number(names.step);
    if (step >= strategy.weights.length) throw new Error(`the label ${names.step} is ${step}, and there are ${strategy.weights.length} steps`);
    return {
        id,
        version: labels["antipode.version"]!,
        from: labels[names.from],
        strategy,
        phase,
        step,
        since: number(names.since),
        watched: number(names.watched),
        paused: labels[names.paused],
    };
}

/** Whether a version's labels say of its release, and since when it serves, what a decision was made by. */
export function saysStill(labels: Labels, { release, servingSince }: { release?: Release; servingSince?: number }): boolean {
    const text = (one: Release | undefined) => JSON.stringify(one && writeRelease({}, one));
    return text(readRelease(labels)) === text(release) && readServing(labels) === servingSince;
}
