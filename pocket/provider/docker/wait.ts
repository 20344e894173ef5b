import { until as untilFound } from "../../../system/until";
import { ifThere } from "./engine/answer";
import type { Engine } from "./engine/engine";

/** Between two looks at an engine, over ssh a round trip each. */
const EVERY_MS = 300;

/** Looks at an engine until there is something to give back. Undefined when `timeoutMs` have passed; rejects when the signal ends it. */
export function until<T>(look: () => Promise<T | undefined>, timeoutMs: number, signal?: AbortSignal): Promise<T | undefined> {
    return untilFound(look, timeoutMs, { everyMs: EVERY_MS, signal });
}

/** Deletes `path` as soon as what holds it lets go: retries for `timeoutMs` while the refusal matches `busy`. Gone is good. */
export async function deleteOnceFree(engine: Engine, path: string, busy: RegExp, timeoutMs: number, signal: AbortSignal): Promise<void> {
    let last: Error | undefined;
    const gone = await until(async () => {
        last = await ifThere(engine.delete(path)).then(() => undefined, (error: Error) => error);
        if (last && !busy.test(last.message)) throw last;
        return last ? undefined : true;
    }, timeoutMs, signal);
    if (!gone && last) throw last;
}
