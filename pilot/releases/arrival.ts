import type { Event } from "./events";
import { type Release, weightOf } from "./release";

/**
 * Why a release goes back when a pilot comes to it; undefined when it goes on. What nobody watches has no business with a
 * share of the visitors; where testers alone have it, or all visitors do, waiting was no worse than watching.
 * @param awaySince when the pilot before ended, undefined where nobody knows
 */
export function leftAlone(release: Release, awaySince: number | undefined, aloneSeconds: number, now: number): string | undefined {
    if (release.phase !== "canary") return undefined;
    // Whoever wrote that it is where it is was there then.
    const seconds = Math.floor((now - Math.max(awaySince ?? 0, release.since)) / 1000);
    if (seconds <= aloneSeconds) return undefined;
    return awaySince === undefined ? `nobody is known to have watched it for ${seconds} s` : `nobody watched it for ${seconds} s`;
}

/** What the log lacks of a release, where the pilot before was killed after it had led the visitors and before it had said so. */
export function untold(release: Release, last: Event | undefined): string | undefined {
    const weight = weightOf(release);
    return last?.phase === release.phase && last.weight === weight ? undefined : `found: ${release.phase} at ${weight} %`;
}
