import { until as untilAborted } from "../system/until";
import { interruption } from "./interruption";

/** Asks until there is an answer. Gives undefined when the deadline (milliseconds from now) has passed. Throws `Interrupted`. */
export function until<T>(ask: () => Promise<T | undefined>, deadlineMs: number, everyMs = 250): Promise<T | undefined> {
    return untilAborted(ask, deadlineMs, { everyMs, signal: interruption });
}
