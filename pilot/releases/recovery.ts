import type { Event } from "./events";
import type { Version } from "./plan";

/** What the events tell of a version. */
export interface Past {
    /** When it last had all visitors, in milliseconds since 1970. */
    served?: number;
    /** Its last release went back. */
    back: boolean;
}

/** The last event of a version: one that is made with its number later is another one. */
export const takenAway = "taken away: it is none of those that are kept";

/** By version. @param events oldest first */
export function pastOf(events: Pick<Event, "time" | "version" | "phase" | "what">[], past = new Map<string, Past>()): Map<string, Past> {
    for (const { time, version, phase, what } of events) {
        if (what === takenAway) {
            past.delete(version);
            continue;
        }
        const served = phase === "full" || phase === "finished" ? Date.parse(time) : past.get(version)?.served;
        past.set(version, { served, back: phase === "back" });
    }
    return past;
}

/** A version that is to serve, and why. */
export interface Recovery {
    version: Version;
    why: string;
}

/**
 * The version that is to serve where labels were lost with their services: none serves, or only one that another had
 * replaced. A version that went back is not brought back.
 * @param source the version in the source, if it is known
 * @returns undefined where all is well, where nothing is usable, and in a region that never served
 */
export function recoveryOf(versions: Version[], serving: Version | undefined, source: string | undefined, past: ReadonlyMap<string, Past>): Recovery | undefined {
    const hasLabels = ({ release, servingSince }: Version) => release !== undefined || servingSince !== undefined;
    const isUsable = (one: Version) => (one.release ? one.release.phase !== "back" : !past.get(one.version)?.back);
    const servedAt = (one: Version) => one.servingSince ?? past.get(one.version)?.served ?? versions.find(({ release }) => release?.from === one.version)?.release!.since ?? 0;
    const [last] = versions.filter((one) => isUsable(one) && servedAt(one) > 0).sort((one, other) => servedAt(other) - servedAt(one));
    if (serving) {
        const isLost = last && !hasLabels(last) && servedAt(last) > servedAt(serving);
        return isLost ? { version: last, why: `it served before ${serving.version} does, and its labels were lost` } : undefined;
    }
    const isNew = past.size === 0 && !versions.some(hasLabels);
    const wanted = versions.find(({ version }) => version === source);
    if (isNew || (wanted && isUsable(wanted))) return isNew ? undefined : { version: wanted!, why: "no version serves, and it is the one in the source" };
    return last && { version: last, why: "no version serves, and it is the last one that did" };
}
