import type { Figures } from "../releases/verdict";
import { type Ending, isShared } from "./endings";
import type { Attempt } from "./gateway-log";
import { quantile, type Sample, together } from "./instance-metrics";

/** Longer than the longest window, with what it may be prolonged by. */
const KEEP_SECONDS = 3 * 3_600;

/** What was seen of a version in one second: a busy region has thousands of requests in it. */
interface Second {
    at: number;
    answered: number;
    failed: number;
    cut: number;
    left: number;
    synthetic: number;
    counted: Sample;
}

/** What was seen of each version, and when; the figures of any window of the last hours. Times are milliseconds since 1970. */
export class Book {
    private readonly seconds = new Map<string, Map<number, Second>>();
    private endings: Ending[] = [];

    attempt(version: string, { at, outcome }: Attempt): void {
        this.second(version, at)[outcome] += 1;
    }

    /** What an instance counted since the last look at it. */
    counted(version: string, at: number, sample: Sample): void {
        const second = this.second(version, at);
        second.counted = together([second.counted, sample]);
    }

    ended(ending: Ending): void {
        this.endings = [...this.endings.filter(({ at }) => at >= ending.at - KEEP_SECONDS * 1000), ending];
    }

    /** The instance that ended so took others with it, or went with them. */
    isShared(ending: Ending): boolean {
        return isShared(ending, this.endings);
    }

    /** A request of the pilot's own, which is an attempt besides. */
    synthetic(version: string, at: number): void {
        this.second(version, at).synthetic += 1;
    }

    /**
     * All but what is true of now alone. A window begins with a whole second.
     * @param warm from when first tokens count
     */
    figures(version: string, since: number, warm = since): Omit<Figures, "up" | "downSeconds" | "core"> {
        const first = Math.floor(since / 1000);
        const window = [...(this.seconds.get(version)?.values() ?? [])].filter(({ at }) => at >= first);
        const ended = this.endings.filter((ending) => ending.version === version && ending.at >= first * 1000 && !this.isShared(ending));
        const sum = (key: Exclude<keyof Second, "counted">) => window.reduce((all, second) => all + second[key], 0);
        const unfinished = window.reduce((all, { counted }) => all + counted.unfinished, 0);
        const { firstTokens } = together(window.filter(({ at }) => at >= Math.floor(warm / 1000)).map(({ counted }) => counted));
        return {
            // A stream that was cut has been answered before.
            requests: sum("answered") + sum("failed"),
            synthetic: sum("synthetic"),
            failed: sum("failed"),
            cut: sum("cut") + unfinished,
            firstToken: { count: firstTokens.at(-1)?.count ?? 0, p95: quantile(firstTokens, 0.95) },
            restarts: ended.length,
            outOfMemory: ended.filter(({ outOfMemory }) => outOfMemory).length,
        };
    }

    /** Forgets what came before a moment, of all versions. */
    forget(before: number): void {
        for (const [version, seconds] of this.seconds) {
            for (const at of seconds.keys()) {
                if (at * 1000 >= before) break;
                seconds.delete(at);
            }
            if (seconds.size === 0) this.seconds.delete(version);
        }
        this.endings = this.endings.filter(({ at }) => at >= before);
    }

    private second(version: string, ms: number): Second {
        const at = Math.floor(ms / 1000);
        const seconds = this.seconds.get(version) ?? new Map<number, Second>();
        this.seconds.set(version, seconds);
        const known = seconds.get(at);
        if (known) return known;
        for (const old of seconds.keys()) {
            if (old >= at - KEEP_SECONDS) break;
            seconds.delete(old);
        }
        const fresh = { at, answered: 0, failed: 0, cut: 0, left: 0, synthetic: 0, counted: { unfinished: 0, firstTokens: [] } };
        seconds.set(at, fresh);
        return fresh;
    }
}
