import { Fault } from "../../errors/fault";
import type { ReleaseStatus } from "../../pilot/releases/status";
import { askPilot } from "../region/pilot";
import { wayTo } from "../region/way";
import { phaseText } from "../release/told";
import type { Region } from "../stack/names";

/** The pilot's status, as far as it tells why nobody is served. */
export interface Serving {
    certificates: { name: string; waiting?: string }[];
    gateway: { fault?: string };
    releases: Pick<ReleaseStatus, "serving" | "release" | "versions" | "unreadable">;
}

/** Why a region does not serve its visitors; `lasts` if it does not change by itself. */
export interface Cause {
    why: string;
    lasts: boolean;
}

/** Why a region serves no version of the app; undefined if it serves one. */
export function noVersion({ serving, release, versions, unreadable }: Serving["releases"]): Cause | undefined {
    if (serving !== undefined) return undefined;
    if (release) return { why: `the release of ${release.version} goes on (${phaseText(release, versions)})`, lasts: false };
    const told = [
        ...versions.map(({ version, phase }) => `${version} ${phase === "back" ? "went back" : "was not released"}`),
        ...unreadable.map(({ version, why }) => `of ${version} ${why}`),
    ];
    return { why: told.length === 0 ? "no version is there" : told.join(", "), lasts: true };
}

/** Why a region that serves a version may not answer its visitors, in the pilot's words. */
export function otherCause({ certificates, gateway }: Serving): string | undefined {
    const waiting = certificates.flatMap(({ name, waiting }) => (waiting === undefined ? [] : [`${name} has no certificate: ${waiting}`]));
    return gateway.fault ?? waiting[0];
}

/** The pilot's status of a region, or the fault that it cannot be asked. */
export async function askServing(region: Region): Promise<Serving | Fault> {
    try {
        return await askPilot<Serving>(await wayTo(region, { real: false }), "status");
    } catch (error) {
        if (error instanceof Fault) return error;
        throw error;
    }
}

/** The fault that tells why visitors get no answer from a region, after so many seconds. */
export function faultOf(region: Region, status: Serving | Fault, silent: { host: string; place: string; seconds: number; last: string }): Fault {
    if (status instanceof Fault) return status;
    const cause = noVersion(status.releases);
    if (cause) return new Fault("NO_VERSION_SERVES", { region, target: region, why: cause.why });
    const other = otherCause(status);
    return new Fault("API_SILENT", { ...silent, last: other === undefined ? silent.last : `${silent.last}. The pilot of ${region} says: ${other}` });
}

/** The pilot is asked this often at most. */
const EVERY_MS = 5_000;
/** A pilot that has just begun knows of no version for a moment. */
const TIMES = 3;

/** Ends a wait for a region that serves no version, and will not by itself. */
export class Lasting {
    private askedAt: number;
    private times = 0;

    constructor(private readonly region: Region, private readonly ask = askServing, private readonly now: () => number = Date.now) {
        this.askedAt = now();
    }

    /** Throws NO_VERSION_SERVES when the pilot has said so three times on end. */
    async check(): Promise<void> {
        if (this.now() - this.askedAt < EVERY_MS) return;
        const status = await this.ask(this.region);
        this.askedAt = this.now();
        const cause = status instanceof Fault ? undefined : noVersion(status.releases);
        this.times = cause?.lasts ? this.times + 1 : 0;
        if (this.times >= TIMES) throw new Fault("NO_VERSION_SERVES", { region: this.region, target: this.region, why: cause!.why });
    }
}
