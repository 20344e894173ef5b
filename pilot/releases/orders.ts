import { Unanswerable } from "../status/refusals";
import type { Plan, Version } from "./plan";
import { giveWay, goBack, goOn, type Look, pause, type Release, resume } from "./release";

export type Order = "promote" | "pause" | "resume" | "abort";

/** What becomes of a release by a person's order. @throws Unanswerable where it cannot be */
export function obey(order: Order, release: Release, by: string, now: number): Look {
    const { version, paused, phase } = release;
    if (order === "resume" && paused === undefined) throw new Unanswerable("RELEASE_NOT_PAUSED", { version });
    if (order === "pause" && paused !== undefined) throw new Unanswerable("RELEASE_PAUSED", { version, why: paused });
    if (order === "promote" && phase === "starting") throw new Unanswerable("RELEASE_STARTING", { version });
    return { promote: () => goOn(release, now), pause: () => pause(release, by), resume: () => resume(release, now), abort: () => goBack(release, by, now) }[order]();
}

/**
 * The version that a rollback is to, and how the release that is under way ends for it, if there is one.
 * @param before the version that is meant where none is named
 * @throws Unanswerable where it cannot be
 */
export function rollBack({ versions, serving, candidate, before }: Pick<Plan, "serving" | "candidate" | "before"> & { versions: Version[] }, version: string | undefined, by: string, now: number): { to: Version; way?: Look } {
    const way = candidate && giveWay(candidate.release!, `a rollback ${by}`, now);
    if (candidate && !way) throw new Unanswerable("RELEASE_UNDER_WAY", { version: candidate.version });
    const to = version === undefined ? before : versions.find((one) => one.version === version);
    if (!to && version === undefined) throw new Unanswerable("NO_VERSION_BEFORE");
    if (!to) throw new Unanswerable("VERSION_NOT_KEPT", { version: version!, kept: versions.map((one) => one.version).join(", ") });
    if (to === serving) throw new Unanswerable("VERSION_SERVES", { version: to.version });
    if (to === candidate) throw new Unanswerable("RELEASE_UNDER_WAY", { version: to.version });
    return { to, way };
}
