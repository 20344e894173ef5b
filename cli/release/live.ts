import { Fault } from "../../errors/fault";
import { firstVisitor } from "../../pilot/gateway/first-visitor";
import type { Event } from "../../pilot/releases/events";
import type { Step } from "../progress";
import { particulars, type Way } from "../region/way";
import { askHealth, askHealthDirectly, type Health } from "../visitor/health";
import { until } from "../wait";
import type { Ask } from "./follow";

const seconds = 300;
/** The page is asked this often for each time that the pilot is. */
const PAGES = 5;
/** While nginx reloads, workers of before and after take connections side by side, for a moment: one answer could be either's. */
const ANSWERS = 2;

/** The answer's text when it is the version, from the region itself; else what is wrong with it. */
export function livesAs(version: string, region: string, answer: Health | string): true | string {
    if (typeof answer === "string") return answer;
    if (answer.region !== region.toUpperCase()) return `it is answered by ${answer.region}`;
    return answer.version === version ? true : `${answer.version ?? "a version that does not say which"} answers`;
}

/** Why a release went back, if it did. */
export function setback(events: Event[]): string | undefined {
    const last = events.at(-1);
    return last?.phase === "back" ? last.what : undefined;
}

/**
 * Waits until a region's live address answers with a version, asked as the visitor who would be the first to get
 * another one. Throws LIVE_NOT_SEEN, and ROLLBACK_FAILED when the release that brings it is over and gone back.
 */
export async function untilLive(way: Way, host: string, version: string, step: Step, release?: { id: string; ask: Ask }): Promise<void> {
    const headers = { "x-antipode-visitor": firstVisitor };
    let last = "";
    let asked = 0;
    let right = 0;
    const seen = await until(async () => {
        const told = livesAs(version, way.region, await (way.real ? askHealthDirectly(host, headers) : askHealth(way.region, host, headers)));
        if (told === true) return (right += 1) >= ANSWERS ? true : undefined;
        right = 0;
        step.note((last = told));
        if (release && (asked += 1) % PAGES === 0) {
            // That it cannot be asked now says nothing of the visitors.
            const events = (await release.ask("events", release.id).catch(() => [])) as Event[];
            const why = setback(events);
            if (why !== undefined) throw new Fault("ROLLBACK_FAILED", { ...particulars(way), version, why });
        }
        return undefined;
    }, seconds * 1000, 300);
    if (!seen) throw new Fault("LIVE_NOT_SEEN", { ...particulars(way), url: `https://${host}/api/health`, version, seconds, last });
}
