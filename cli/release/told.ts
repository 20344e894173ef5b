import type { Event } from "../../pilot/releases/events";
import { weightOf } from "../../pilot/releases/release";
import type { ReleaseStatus } from "../../pilot/releases/status";
import type { Figures } from "../../pilot/releases/verdict";
import type { Region } from "../stack/names";

/** What the pilot is asked for when a release is followed. */
export interface Followed { status: ReleaseStatus; events: Event[] }

/** The pilot's whole status, as far as it is read. */
export interface PilotStatus { certificates: { name: string }[]; releases: ReleaseStatus }

/** One thing that happened to a release, in a region. */
export interface Told extends Event { region: Region }

/** One version's part in the traffic; `share` is in percent. */
export interface Share { version: string; share: number; role: "candidate" | "stable"; figures?: Figures }

/**
 * Who gets the visitors now. While a release is under way both of its versions are there, also when one of them gets
 * nobody; figures are of the window that runs.
 */
export function sharesOf({ traffic, release }: ReleaseStatus): Share[] {
    if (!release) return traffic.map(({ version, share }) => ({ version, share, role: "stable" }));
    const shareOf = (wanted: string) => traffic.find(({ version }) => version === wanted)?.share ?? 0;
    const { version, from, seen } = release;
    return [
        { version, share: shareOf(version), role: "candidate", figures: seen.candidate },
        ...(from === undefined ? [] : [{ version: from, share: shareOf(from), role: "stable" as const, figures: seen.stable }]),
    ];
}

/** The region's own public name, which the pilot keeps a certificate for. */
export function hostIn({ certificates }: PilotStatus, region: Region): string {
    return certificates.find(({ name }) => name.startsWith(`${region}.`))?.name ?? region;
}

/** How far a release is, for people. */
export function phaseText(release: NonNullable<ReleaseStatus["release"]>, versions: ReleaseStatus["versions"]): string {
    const { phase, step, strategy, from } = release;
    const own = versions.find(({ version }) => version === release.version);
    switch (phase) {
        case "starting": return `starting, ${own?.healthy ?? 0} of ${own?.instances ?? 0} instances healthy`;
        case "testing": return "testers alone get it";
        case "canary": return `step ${step + 1} of ${strategy.weights.length}, ${weightOf(release)} %`;
        case "full": return from === undefined ? "all visitors get it" : `all visitors get it, ${from} is at hand`;
        case "finished": return "finished";
        case "back": return "gone back";
    }
}
