import type { ReleaseStatus } from "../../pilot/releases/status";
import { columns } from "../columns";
import { bar, detailLines, figureCells, utc } from "./text";
import { phaseText, sharesOf, type Told } from "./told";

/** What happened, a row an event, oldest first; what was seen stands below its row. */
export function eventsTable(events: Told[]): string {
    if (events.length === 0) return "Nothing is known of it.";
    const head = ["time (UTC)", "region", "version", "what", "share", "who", "verdict"];
    const [first, ...rows] = columns([head, ...events.map(({ time, region, version, what, weight, who, verdict }) => [utc(time), region, version, what, `${weight} %`, who, verdict ?? ""])]);
    return [first!, ...rows.flatMap((row, index) => [row, ...detailLines(events[index]!)])].join("\n");
}

/** The versions of regions, newest first. */
export function versionsTable(regions: { region: string; status: ReleaseStatus }[]): string {
    const head = ["region", "version", "instances", "healthy", "phase", "serving since (UTC)", ""];
    const rows = regions.flatMap(({ region, status: { serving, versions, release } }) => versions.map(({ version, instances, healthy, phase, servingSince }) => [
        region, version, String(instances), String(healthy), phase ?? "", servingSince === undefined ? "" : utc(servingSince),
        [...(version === serving ? ["serves"] : []), ...(release?.version === version ? [`is on its way: ${phaseText(release, versions)}${release.paused === undefined ? "" : ", paused"}`] : [])].join(", "),
    ]));
    const unreadable = regions.flatMap(({ region, status }) => status.unreadable.map(({ version, why }) => `${region}: ${version} is left alone, for ${why}`));
    return [...(rows.length > 0 ? columns([head, ...rows]) : ["There is no version."]), ...unreadable].join("\n");
}

/** Who gets which share of a region's visitors, and what is seen of each side. */
export function trafficText({ region, url, status }: { region: string; url: string; status: ReleaseStatus }): string {
    const { release, versions, testLink } = status;
    const shares = sharesOf(status);
    const rows = shares.map(({ version, share, role, figures }) => [`  ${version}`, bar(share), `${share} %`.padStart(5), release ? role : "", ...(release ? figureCells(figures) : [])]);
    return [
        `${region}  ${url}${release ? `  ${release.version}: ${phaseText(release, versions)}` : ""}`,
        ...(rows.length > 0 ? columns(rows) : ["  no version serves"]),
        ...(release?.paused === undefined ? [] : [`  paused: ${release.paused}`]),
        ...(testLink === undefined ? [] : [`  testers: ${url}/?${testLink.replace(/^\?/, "")}`]),
    ].join("\n");
}
