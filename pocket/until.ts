import { until as untilFound } from "../system/until";

/**
 * Waits until `check` gives something true, and gives that. A check that throws counts as not yet; the last error
 * is the cause of the one thrown when the time is over.
 */
export async function until<T>(check: () => T | Promise<T>, { seconds, every = 100, what = "a condition" }: { seconds: number; every?: number; what?: string }): Promise<NonNullable<T>> {
    let cause: unknown;
    const found = await untilFound(async () => {
        try {
            return (await check()) || undefined;
        } catch (error) {
            cause = error;
            return undefined;
        }
    }, seconds * 1000, { everyMs: every });
    if (found === undefined) throw new Error(`waited ${seconds} s for ${what}`, { cause });
    return found as NonNullable<T>;
}
