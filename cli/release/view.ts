import type { ReleaseStatus } from "../../pilot/releases/status";
import { columns as aligned } from "../columns";
import { fit } from "../progress";
import { bar, clock, figureCells } from "./text";
import { phaseText, sharesOf, type Told } from "./told";

/** What is known of a region's release; times are of the clock of this computer, in milliseconds. */
export interface Scene {
    region: string;
    status: ReleaseStatus;
    events: Told[];
    /** When that was heard. */
    at: number;
    /** Why nothing was heard since. */
    trouble?: string;
}

/** The live view of a release: lines that are redrawn in place, none longer than the terminal is wide. */
export function sceneLines(scene: Scene, now: number, width = 80): string[] {
    const { region, status, at, trouble } = scene;
    const { release, versions } = status;
    const head = release ? [region, release.version, phaseText(release, versions), timeText(release, status.now + (now - at))] : [region, "no release is under way"];
    const rows = sharesOf(status).map(({ version, share, figures }) => [`  ${version}`, bar(share), `${share} %`.padStart(5), ...(release ? figureCells(figures) : [])]);
    const why = reason(scene);
    return [
        head.filter(Boolean).join("  "),
        ...aligned(rows),
        ...(why ? [`  ${why}`] : []),
        ...(trouble ? [`  no word from the pilot for ${clock(now - at)}: ${trouble.split("\n")[0]}`] : []),
    ].map((line) => fit(line, width));
}

/** How long its window still is; the first version of all may take as long as it takes. @param now by the machine's clock */
function timeText({ phase, since, seconds, paused, from }: NonNullable<ReleaseStatus["release"]>, now: number): string {
    if (paused !== undefined) return "stands still";
    if (phase === "starting" && from === undefined) return `for ${clock(now - since)}`;
    const left = seconds * 1000 - (now - since);
    return left > 0 ? `${clock(left)} left of ${clock(seconds * 1000)}` : `its ${clock(seconds * 1000)} are over`;
}

/** Why it stands where it is: that it is paused, what it waits for, that it is not ready, or that its own check has something to say. */
function reason({ status: { release }, events }: Scene): string | undefined {
    if (!release) return undefined;
    if (release.paused !== undefined) return `paused: ${release.paused}`;
    const last = events.at(-1)?.what ?? "";
    if (/^(waits|watched)\b/.test(last)) return last;
    if (release.phase === "starting" && release.seen.unready !== undefined) return `not ready: ${release.seen.unready}`;
    return release.complaint === undefined ? undefined : `its own check: ${release.complaint}`;
}
