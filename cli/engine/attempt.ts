import { mkdirSync, rmSync } from "node:fs";

/**
 * An empty folder beside an engine's own, to put it together in before it is renamed into place. The engine's lock is
 * held: what lies there was left by a run that was killed.
 */
export function attemptAt(folder: string): string {
    const attempt = `${folder}.attempt`;
    rmSync(attempt, { recursive: true, force: true });
    mkdirSync(attempt, { recursive: true });
    return attempt;
}
