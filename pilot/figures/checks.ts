import { contractOf, type Version } from "../releases/plan";
import type { Figures } from "../releases/verdict";
import type { VersionCheck } from "./version-check";

/** How often a version's own check is made, at most. */
const CHECK_EVERY_MS = 10_000;
/** One failure may be chance: of a model, a line, a second. */
const FAILURES = 2;
/** More than come between two of another version's. */
const REMEMBERED = 10;

/** What a version's checks came to. Times are when a check began, in milliseconds since 1970. */
export interface Checked {
    /** On end, up to the last one. */
    failed: number[];
    /** The last few that did not fail. */
    passed: number[];
    /** Instances that no check has asked yet. */
    unasked?: number;
}

/**
 * What a version's checks say of it, beside those of the stable version. What both need may be away: failures are held
 * against one alone only when the other passed between two of them. Before that it may have been well until a moment
 * ago; after the last one it may be well again.
 * @param stable undefined where there is none to compare with, or it has no instance that could be asked
 */
export function coreOf({ failed, passed, unasked = 0 }: Checked, stable?: Checked): Figures["core"] {
    if (failed.length < FAILURES) return passed.length > 0 && unasked === 0 ? "passed" : "not yet";
    if (!stable || stable.failed.length >= FAILURES) return "failed";
    return stable.passed.some((at) => at > failed[0]! && at < failed.at(-1)!) ? "failed" : "failing";
}

/** A version's checks, and which of its instances they asked. */
interface Series extends Checked {
    running: boolean;
    endedAt: number;
    /** The version's instances. */
    there: string[];
    /** Those of them that were asked, the last one at the end. */
    asked: string[];
    why?: string;
}

const unaskedOf = ({ there, asked }: Series): string[] => there.filter((address) => !asked.includes(address));

/** Makes the versions' own checks, one of each at a time, in the background: a model may take its time. */
export class Checks {
    private readonly checks = new Map<string, Series>();

    constructor(private readonly core: Pick<VersionCheck, "run">, private readonly now: () => number) {}

    /**
     * Begins a check if one is due. The instances take turns, and a new one comes first. An instance that failed is asked
     * again: one bad instance among good ones fails twice on end.
     */
    begin(of: Version): void {
        const { version, addresses } = of;
        const kind = contractOf(of).check ?? "none";
        if (kind === "none") return;
        const check = this.checks.get(version) ?? { failed: [], passed: [], there: [], asked: [], running: false, endedAt: 0 };
        this.checks.set(version, check);
        check.there = addresses;
        check.asked = check.asked.filter((address) => addresses.includes(address));
        const again = check.failed.length > 0 ? check.asked.at(-1) : undefined;
        const address = again ?? unaskedOf(check)[0] ?? check.asked[0];
        const began = this.now();
        if (address === undefined || check.running || began - check.endedAt < CHECK_EVERY_MS) return;
        check.running = true;
        void this.core.run(address, kind)
            .then(
                () => Object.assign(check, { failed: [], passed: [...check.passed, began].slice(-REMEMBERED) }),
                (error: Error) => Object.assign(check, { failed: [...check.failed, began].slice(-REMEMBERED), why: error.message }),
            )
            .finally(() => Object.assign(check, { running: false, endedAt: this.now(), asked: [...check.asked.filter((one) => one !== address), address] }));
    }

    forget(version: string): void {
        this.checks.delete(version);
    }

    /** Forgets all versions but these. */
    keep(versions: Set<string>): void {
        for (const version of this.checks.keys()) if (!versions.has(version)) this.checks.delete(version);
    }

    of(version: string): Checked {
        const check = this.checks.get(version);
        return check ? { ...check, unasked: unaskedOf(check).length } : { failed: [], passed: [] };
    }

    /** Why the last one that failed did. */
    complaint(version: string): string | undefined {
        return this.checks.get(version)?.why;
    }
}
