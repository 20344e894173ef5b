import { setTimeout as pause } from "node:timers/promises";

/**
 * Looks until there is something to give back, at once and then every `everyMs`. Undefined when `timeoutMs` have passed;
 * rejects with what `look` throws, and with the signal's reason when it is aborted meanwhile.
 */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined, timeoutMs: number, { everyMs = 250, signal }: { everyMs?: number; signal?: AbortSignal } = {}): Promise<T | undefined> {
    const end = Date.now() + timeoutMs;
    for (;;) {
        const found = await look();
        if (found !== undefined) return found;
        if (Date.now() >= end) return undefined;
        await pause(Math.min(everyMs, Math.max(1, end - Date.now())), undefined, { signal }).catch(() => Promise.reject(signal?.reason));
    }
}
