import { errorPercent, type Figures } from "../../pilot/releases/verdict";
import type { Told } from "./told";

/** As the logs have it, and of the same clock for both sides of the world: "2026-11-27 12:34:56". */
export const utc = (time: string | number): string => new Date(time).toISOString().slice(0, 19).replace("T", " ");

/** A time that passes, in milliseconds: "0:09", "12:00". */
export function clock(ms: number): string {
    const seconds = Math.max(0, Math.ceil(ms / 1000));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A share of the visitors as a bar: neither full nor empty unless they are all, or none. */
export function bar(share: number, width = 24): string {
    const part = Math.round((share / 100) * width);
    const filled = share <= 0 ? 0 : share >= 100 ? width : Math.min(width - 1, Math.max(1, part));
    return "█".repeat(filled) + "░".repeat(width - filled);
}

/** Errors, the first token and what else stands out, in one cell each; of a source that is lost there is nothing to say. */
export function figureCells(figures: Figures | undefined): [string, string, string] {
    if (!figures) return ["nothing is seen of it", "", ""];
    const { requests, synthetic, failed, cut, turns, firstToken, firstByte, restarts, outOfMemory, up, core } = figures;
    const own = synthetic > 0 ? `, ${synthetic} the pilot's own` : "";
    // One address may count in part.
    const bad = [...(failed > 0 ? [`${Number(failed.toFixed(1))} failed`] : []), ...(cut > 0 ? [`${Number(cut.toFixed(1))} cut`] : [])];
    return [
        requests === 0 ? "no requests that count" : `${Number(errorPercent(figures).toFixed(1))} % errors of ${Math.round(requests)}${bad.length > 0 ? ` (${bad.join(", ")}${own})` : own}`,
        firstToken.count > 0 ? `first token ${Math.round(firstToken.p95)} ms` : firstByte && firstByte.count > 0 ? `first byte ${Math.round(firstByte.p95)} ms` : "",
        [
            ...(up ? [] : ["no instance is healthy"]),
            ...(outOfMemory > 0 ? ["out of memory"] : []),
            ...(restarts > 0 ? [`ended ${restarts}×`] : []),
            ...(core === "failed" ? ["its check failed"] : []),
            ...(turns && turns.unfinished > 0 ? [`${Math.round(turns.unfinished)} of ${Math.round(turns.count)} turns not finished`] : []),
            ...excludedText(figures),
        ].join(", "),
    ];
}

/** The requests that do not count, and why. */
function excludedText({ excluded }: Figures): string[] {
    if (!excluded) return [];
    const parts = [[excluded.left, "left by visitors"], [excluded.capped, "above one address's share"], [excluded.trimmed, "of the two extreme addresses"]] as const;
    const said = parts.filter(([count]) => Math.round(count) > 0).map(([count, why]) => `${Math.round(count)} ${why}`);
    return said.length === 0 ? [] : [`not counted: ${said.join(" + ")}`];
}

/** The same in a sentence. */
export const figuresText = (figures: Figures | undefined): string => figureCells(figures).filter(Boolean).join(", ");

/** What stands below an event: what was seen, and the last words of what never was healthy. */
export function detailLines({ version, figures, log }: Told): string[] {
    return [
        ...(figures ? [`    ${version}: ${figuresText(figures.candidate)}; beside it: ${figuresText(figures.stable)}`] : []),
        ...(log ?? []).map((line) => `    │ ${line}`),
    ];
}

/** One event as it comes: a line, and what stands below it. */
export function eventLines(event: Told): string[] {
    const { time, region, version, what, who } = event;
    return [`${utc(time)}  ${region}  ${version}  ${what}${who === "by itself" ? "" : `  (${who})`}`, ...detailLines(event)];
}
