import { type Limits, type Phase, type Release, type Sight, windowOf } from "./release";

/** What the pilot says of the app's versions. Times are milliseconds since 1970, by the machine's clock. */
export interface ReleaseStatus {
    now: number;
    /** The version that all visitors get whom no release says otherwise of. */
    serving?: string;
    /** Who gets the visitors, in percent; a candidate stands first. */
    traffic: { version: string; share: number }[];
    /** Newest first. */
    versions: { version: string; instances: number; healthy: number; phase?: Phase; servingSince?: number }[];
    /** The one that is under way; `seconds` is how long its phase or window lasts at most, from `since` on. */
    release?: Release & { weight: number; seconds: number; seen: Sight; complaint?: string };
    unreadable: { version: string; why: string }[];
    /** What makes a visitor a tester when it stands behind an address: a query string. */
    testLink?: string;
}

/** How long a release may stay where it is, in seconds: then it is judged, or goes back. */
export const secondsOf = (release: Release, limits: Limits): number => (release.phase === "starting" ? limits.startSeconds : windowOf(release, limits));
