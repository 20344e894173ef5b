import { chat } from "../apps/chat";
import type { Declared } from "../apps/contract";
import { isUnderWay, type Release, weightOf } from "./release";

/** A version of the app as the Swarm has it. */
export interface Version {
    version: string;
    /** Its place among all that were ever made. */
    ordinal: number;
    /** Instances that it should have. */
    wished: number;
    /** `address:port` of those that are healthy. */
    addresses: string[];
    /** The newest release that it was on. */
    release?: Release;
    /** Since when it serves, or served; milliseconds since 1970. */
    servingSince?: number;
    /** What it is judged by, as far as that is known. The bundled app's contract if left out. */
    contract?: Declared;
}

export const contractOf = ({ contract }: Version): Declared => contract ?? chat;

/** Which versions there are, by what they are there for. */
export interface Plan {
    /** The one that all visitors get whom no release says otherwise of. */
    serving?: Version;
    /** The one whose release is under way. */
    candidate?: Version;
    /** The one that served when that release began: all visitors come back to it, and it is what the new one is compared with. */
    before?: Version;
    /** Those whose visitors another one has got, and since when. */
    replaced: { version: Version; since: number }[];
    /** The one in the source, the last that was made, if it was never on a release: it is next. */
    next?: Version;
}

/**
 * What the labels of all versions say together. A version serves from the moment on that all visitors get it; so of two
 * that say they do, the later one does, however far the pilot that wrote it came.
 * @param source the version that somebody wants now, as far as that is known: on a new machine all kept ones are made
 * once more, and look as if none had ever had its turn, those among them that went back
 */
export function planOf(versions: Version[], source?: string): Plan {
    const byServing = versions.filter(({ servingSince }) => servingSince !== undefined).sort((one, other) => other.servingSince! - one.servingSince!);
    const underWay = versions.filter(({ release }) => release && isUnderWay(release)).sort((one, other) => other.release!.since - one.release!.since);
    const isSeen = ({ release, servingSince }: Version) => release !== undefined || servingSince !== undefined;
    const lastSeen = Math.max(-1, ...versions.filter(isSeen).map(({ ordinal }) => ordinal));
    // One that was made before another that has had its turn was passed over: it is kept, and no step back is made to it.
    const isWanted = ({ version }: Version) => source === undefined || version === source;
    const [newest] = versions.filter((version) => !isSeen(version) && version.ordinal > lastSeen && isWanted(version)).sort((one, other) => other.ordinal - one.ordinal);
    const candidate = underWay[0];
    const named = (wanted: string | undefined) => versions.find(({ version }) => version === wanted);
    const replaced = byServing.flatMap(({ release, servingSince }) => {
        const version = release?.phase === "full" || release?.phase === "finished" ? named(release.from) : undefined;
        return version ? [{ version, since: servingSince! }] : [];
    });
    return { serving: byServing[0], candidate, before: named(candidate?.release?.from), replaced, next: newest };
}

/** Who gets the visitors: who serves, and whom a share of them gets beside it. */
export interface Traffic {
    stable?: Version;
    candidate?: { version: Version; weight: number };
}

/**
 * While a version that all visitors get is watched, it serves and there is no candidate. One that has lost all its
 * instances gets nobody, so that a visitor is not sent to where nothing is: the version before is still at hand then.
 */
export function trafficOf({ serving, candidate, before }: Plan): Traffic {
    if (!serving) return {};
    if (candidate === serving) return { stable: serving.addresses.length === 0 && before && before.addresses.length > 0 ? before : serving };
    if (!candidate || candidate.addresses.length === 0) return { stable: serving };
    return { stable: serving, candidate: { version: candidate, weight: weightOf(candidate.release!) } };
}

/**
 * How many instances a version should have: `instances` while visitors get it or may get it again in a moment. It keeps
 * those that it has for as long after it went back as its own streams may take to end, and for as long after it was
 * replaced, also when the release that did so was finished early; then none.
 */
export function instancesOf(version: Version, { serving, candidate, before, replaced }: Plan, { instances, keepSeconds }: { instances: number; keepSeconds: number }, now: number): number {
    const { release } = version;
    const wanted = version === serving || version === candidate || version === before;
    if (wanted) return instances;
    const isRecent = (since: number) => now - since < keepSeconds * 1000;
    const isKept = release?.phase === "back" ? isRecent(release.since) : replaced.some((one) => one.version === version && isRecent(one.since));
    return isKept ? version.wished : 0;
}

/** How many versions stand in a region. The program keeps as many in its state (infra/region/made.ts). */
const KEPT = 5;

/** Those that are to be taken away: made before the last few, and needed by nobody. The program has let them go, or will. */
export function surplus(versions: Version[], { serving, candidate, before, next }: Plan): Version[] {
    const needed = new Set([serving, candidate, before, next]);
    const last = new Set([...versions].sort((one, other) => other.ordinal - one.ordinal).slice(0, KEPT));
    return versions.filter((one) => !last.has(one) && !needed.has(one));
}
