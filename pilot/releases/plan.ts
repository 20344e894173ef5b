import { compareVersions } from "../gateway/apps";
import { isUnderWay, type Release, weightOf } from "./release";

/** A version of the app as the Swarm has it. */
export interface Version {
    version: string;
    /** Instances that it should have. */
    wished: number;
    /** `address:port` of those that are healthy. */
    addresses: string[];
    /** The newest release that it was on. */
    release?: Release;
    /** Since when it serves, or served; milliseconds since 1970. */
    servingSince?: number;
}

/** Which versions there are, by what they are there for. */
export interface Plan {
    /** The one that all visitors get whom no release says otherwise of. */
    serving?: Version;
    /** The one whose release is under way. */
    candidate?: Version;
    /** Never on a release, and the newest of these: it is next. */
    next?: Version;
}

/**
 * What the labels of all versions say together. A version serves from the moment on that all visitors get it; so of two
 * that say they do, the later one does, however far the pilot that wrote it came.
 */
export function planOf(versions: Version[]): Plan {
    const byServing = versions.filter(({ servingSince }) => servingSince !== undefined).sort((one, other) => other.servingSince! - one.servingSince!);
    const underWay = versions.filter(({ release }) => release && isUnderWay(release)).sort((one, other) => other.release!.since - one.release!.since);
    const unseen = versions.filter(({ release, servingSince }) => !release && servingSince === undefined).sort((one, other) => compareVersions(other.version, one.version));
    return { serving: byServing[0], candidate: underWay[0], next: unseen[0] };
}

/** Who gets the visitors: who serves, and whom a share of them gets beside it. */
export interface Traffic {
    stable?: Version;
    candidate?: { version: Version; weight: number };
}

/**
 * While a version that all visitors get is watched, it serves and there is no candidate. One that has lost all its
 * instances gets nobody, so that a visitor is not sent to where nothing is.
 */
export function trafficOf({ serving, candidate }: Plan): Traffic {
    if (!serving) return {};
    if (!candidate || candidate === serving || candidate.addresses.length === 0) return { stable: serving };
    return { stable: serving, candidate: { version: candidate, weight: weightOf(candidate.release!) } };
}

/**
 * How many instances a version should have: `instances` while visitors get it or may get it again in a moment, and for
 * as long after it went back as its own streams may take to end; then none.
 */
export function instancesOf(version: Version, { serving, candidate }: Plan, { instances, keepSeconds }: { instances: number; keepSeconds: number }, now: number): number {
    const { release } = version;
    const wanted = version === serving || version === candidate || version.version === candidate?.release?.from;
    if (wanted) return instances;
    if (release?.phase === "back" && now - release.since < keepSeconds * 1000) return version.wished;
    return 0;
}
