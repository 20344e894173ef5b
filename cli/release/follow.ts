import { Fault } from "../../errors/fault";
import type { Event } from "../../pilot/releases/events";
import type { ReleaseStatus } from "../../pilot/releases/status";
import type { Region } from "../stack/names";
import { until } from "../wait";
import type { Show } from "./show";
import type { Followed, Told } from "./told";

/** Asks the pilot of the region that is followed. */
export type Ask = (...words: string[]) => Promise<unknown>;

/** How a release ended, or that it stands still until a person says more; `why` in the pilot's words. */
export interface End { is: "finished" | "back" | "paused"; release: string; version: string; why: string }

/** The pilot is a program like others, on a machine like others: either may be started anew while a release is under way. */
const silent = ["HOST_UNREACHABLE", "PILOT_GONE", "PILOT_SILENT"];
const usual = { everyMs: 1_000, patienceMs: 5 * 60_000 };

/**
 * Follows a release to its end, or until it is paused, showing each event once and how it stands between them. Rejects
 * with the fault that the pilot cannot be asked when that lasts for too long, and with `Interrupted`.
 */
export async function follow(region: Region, id: string, ask: Ask, show: Show, { everyMs, patienceMs } = usual): Promise<End> {
    const shown = new Set<string>();
    let heard: { status: ReleaseStatus; events: Told[]; at: number } | undefined;
    let lost: number | undefined;
    const look = async (): Promise<End | undefined> => {
        try {
            const { status, events } = (await ask("follow", id)) as Followed;
            lost = undefined;
            const told = events.map((event) => ({ region, ...event }));
            for (const event of unseen(told, shown)) show.event(event);
            heard = { status, events: told, at: Date.now() };
            show.scene({ region, ...heard });
            return endOf(id, status, events);
        } catch (error) {
            if (!(error instanceof Fault && silent.includes(error.code))) throw error;
            lost ??= Date.now();
            if (Date.now() - lost >= patienceMs) throw error;
            if (heard) show.scene({ region, ...heard, trouble: error.message });
            return undefined;
        }
    };
    // It ends in one way or another: by itself, by a person, or for want of a pilot.
    return (await until(look, Infinity, everyMs))!;
}

/** Those that were not shown yet, which they are from now on. */
function unseen(events: Told[], shown: Set<string>): Told[] {
    const fresh = events.filter(({ time, what }) => !shown.has(`${time} ${what}`));
    for (const { time, what } of fresh) shown.add(`${time} ${what}`);
    return fresh;
}

/**
 * How the release ended; undefined while it goes on. A status may be a second older than the events: a release that was
 * resumed just now is not taken for one that is paused.
 */
export function endOf(id: string, { release }: ReleaseStatus, events: Event[]): End | undefined {
    const last = events.at(-1);
    if (!last) return undefined;
    const end = { release: id, version: last.version, why: last.what };
    if (last.phase === "finished" || last.phase === "back") return { is: last.phase, ...end };
    const paused = release?.id === id ? release.paused : undefined;
    return paused !== undefined && /^(paused|waits)\b/.test(last.what) ? { is: "paused", ...end, why: paused } : undefined;
}

/** How long a pilot, which an `up` may have made anew, takes at most until it sees a version. */
const beginSeconds = 120;

/** Waits until the pilot has begun a release of a version that it did not know of. Throws RELEASE_NOT_BEGUN. */
export async function begun(version: string, known: ReadonlySet<string>, ask: Ask, about: Record<string, string>, { everyMs, seconds } = { everyMs: 1_000, seconds: beginSeconds }): Promise<string> {
    const id = await until(async () => {
        try {
            return newReleaseIn((await ask("events", version)) as Event[], known);
        } catch (error) {
            if (!(error instanceof Fault && silent.includes(error.code))) throw error;
            return undefined;
        }
    }, seconds * 1000, everyMs);
    if (id === undefined) throw new Fault("RELEASE_NOT_BEGUN", { ...about, version, seconds });
    return id;
}

/** The newest release in these events, if it is none of those that were known. */
function newReleaseIn(events: Event[], known: ReadonlySet<string>): string | undefined {
    const last = events.at(-1)?.release;
    return last !== undefined && !known.has(last) ? last : undefined;
}
