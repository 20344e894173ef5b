import type { Held } from "./held";

export interface Entry extends Held {
    /** Nobody else brings it to the database: it waits to be brought. */
    waiting: boolean;
    /** The file that its newest line is in. */
    file: string;
}

/** The accounts of a journal: which turns it holds, which of them wait, and in which files they are. */
export class Ledger {
    private readonly entries = new Map<string, Entry>();
    private readonly sizes = new Map<string, number>();
    private readonly bySession = new Map<string, Set<string>>();
    private readonly byFile = new Map<string, Set<string>>();
    /** Bytes of all that has a text here, as it is on the disk. */
    bytes = 0;

    get(turn: string): Entry | undefined {
        return this.entries.get(turn);
    }

    all(): Entry[] {
        return [...this.entries.values()];
    }

    /** What waits, in the order in which the turns began. */
    waiting(): Entry[] {
        return this.all().filter(({ waiting }) => waiting);
    }

    get waits(): number {
        let count = 0;
        for (const turns of this.bySession.values()) count += turns.size;
        return count;
    }

    /** Whether a turn of this session waits. */
    holds(session: string): boolean {
        return this.bySession.has(session);
    }

    isEmpty(file: string): boolean {
        return !this.byFile.has(file);
    }

    /** A turn's newest state; it keeps its place in the order. */
    put(entry: Entry): void {
        this.unlink(entry.turn);
        this.entries.set(entry.turn, entry);
        const size = entry.message !== undefined || entry.end ? Buffer.byteLength(JSON.stringify(entry)) : 0;
        this.sizes.set(entry.turn, size);
        this.bytes += size;
        add(this.byFile, entry.file, entry.turn);
        if (entry.waiting) add(this.bySession, entry.session, entry.turn);
    }

    remove(turn: string): Entry | undefined {
        const entry = this.unlink(turn);
        this.entries.delete(turn);
        return entry;
    }

    private unlink(turn: string): Entry | undefined {
        const entry = this.entries.get(turn);
        if (!entry) return undefined;
        this.bytes -= this.sizes.get(turn)!;
        this.sizes.delete(turn);
        drop(this.byFile, entry.file, turn);
        drop(this.bySession, entry.session, turn);
        return entry;
    }
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
    map.set(key, (map.get(key) ?? new Set()).add(value));
}

function drop(map: Map<string, Set<string>>, key: string, value: string): void {
    const values = map.get(key);
    values?.delete(value);
    if (values?.size === 0) map.delete(key);
}
