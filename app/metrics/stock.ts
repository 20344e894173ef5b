import { statfs } from "node:fs/promises";
import type { Service } from "../service";
import type { BreakerState } from "../upstream/breaker";
import type { Series } from "./series";

export interface Disk {
    free: number;
    size: number;
}

/** Room on the disk of this folder, for whoever is not root; undefined when it cannot be told. */
export async function diskOf(folder: string): Promise<Disk | undefined> {
    try {
        const { bavail, blocks, bsize } = await statfs(folder);
        return { free: bavail * bsize, size: blocks * bsize };
    } catch {
        return undefined;
    }
}

const BREAKER: Record<BreakerState, number> = { closed: 0, "half-open": 1, open: 2 };

/** Sets all that is not counted as it happens but looked at when Prometheus asks. */
export function takeStock(series: Series, service: Service, disk: Disk | undefined): void {
    const { connections, journal, database, settings } = service;
    series.degraded.set(database.ok ? 0 : 1);
    series.draining.set(service.draining ? 1 : 0);

    series.sse_active_connections.set(connections.activeGlobal);
    series.sse_max_connections.set(connections.maxGlobal);
    series.sse_utilization.set(connections.activeGlobal / connections.maxGlobal);
    series.chat_active_turns.set(service.turns.active);

    for (const [provider, state] of Object.entries(service.upstream.states)) series.llm_breaker_state.set({ provider }, BREAKER[state]);

    series.mongodb_up.set(database.ok ? 1 : 0);
    series.journal_turns.set(journal.stats.turns);
    series.journal_bytes.set(journal.stats.bytes);
    series.journal_max_bytes.set(settings.JOURNAL_MAX_MIB * 1024 * 1024);
    series.journal_unreadable_lines.set(journal.unreadable);
    setOrDrop(series.journal_disk_free_bytes, disk?.free);
    setOrDrop(series.journal_disk_size_bytes, disk?.size);

    series.multiagent_saves_total.reset();
    series.multiagent_saves_total.inc(service.agents.saves);
    setOrDrop(series.multiagent_active_sessions, service.agentsAlive.active);
}

/** What is not known is not there: a 0 would be a lie. */
function setOrDrop(gauge: Series["journal_disk_free_bytes"], value: number | undefined): void {
    if (value === undefined) gauge.remove();
    else gauge.set(value);
}
