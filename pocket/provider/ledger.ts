import { existsSync, readFileSync } from "node:fs";
import { writeWhole } from "../../system/whole";
import type { Values } from "./values";

/** One create: begun before its first effect, made when it ended. It leaves the ledger when the resource is deleted. */
export interface Entry {
    /** Ever larger: later creates depend on earlier ones, so orphans go backwards. */
    number: number;
    urn: string;
    token: string;
    /** Known as soon as the kind said it; absent when a create was cut before that. */
    id?: string;
    inputsHash: string;
    phase: "begun" | "made";
    /** The engine does not know of it: its reply was lost, or the stack's state does not hold it. */
    orphan: boolean;
    /** What a later delete needs of the provider's arguments; never a secret. */
    provider: Values;
}

/**
 * Every resource that was made and not deleted, on disk before the engine hears of it. It answers the question that
 * neither the cloud nor Pulumi's state can: which resources does no stack know of?
 */
export class Ledger {
    private readonly entries: Entry[];

    constructor(private readonly file: string) {
        this.entries = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Entry[]) : [];
    }

    begin(urn: string, token: string, inputsHash: string, provider: Values): Entry {
        const number = Math.max(0, ...this.entries.map((e) => e.number)) + 1;
        const entry: Entry = { number, urn, token, inputsHash, phase: "begun", orphan: false, provider };
        this.entries.push(entry);
        this.save();
        return entry;
    }

    change(entry: Entry, change: Partial<Entry>): void {
        Object.assign(entry, change);
        this.save();
    }

    remove(entry: Entry): void {
        const at = this.entries.indexOf(entry);
        if (at < 0) return;
        this.entries.splice(at, 1);
        this.save();
    }

    /** The resource is no more. */
    forget(token: string, id: string): void {
        for (const entry of this.entries.filter((e) => e.token === token && e.id === id)) this.remove(entry);
    }

    rehash(token: string, id: string, inputsHash: string): void {
        for (const entry of this.entries.filter((e) => e.token === token && e.id === id)) this.change(entry, { inputsHash });
    }

    /** Latest first, so that what depends on another goes before it. */
    orphans(match: (entry: Entry) => boolean = () => true): Entry[] {
        return this.entries.filter((e) => e.orphan && match(e)).sort((a, b) => b.number - a.number);
    }

    begun(): Entry[] {
        return this.entries.filter((e) => e.phase === "begun");
    }

    /** Marks as orphans what `stack` made and its state does not hold, and as known what it holds. */
    claim(stack: string, knownIds: string[]): Entry[] {
        const ids = new Set(knownIds);
        for (const entry of this.entries.filter((e) => stackOf(e.urn) === stack)) entry.orphan = entry.id === undefined || !ids.has(entry.id);
        this.save();
        return this.orphans((e) => stackOf(e.urn) === stack);
    }

    private save(): void {
        writeWhole(this.file, JSON.stringify(this.entries, null, 1));
    }
}

/** "urn:pulumi:<stack>::<project>::<type>::<name>" */
export function stackOf(urn: string): string {
    return urn.replace(/^urn:pulumi:/, "").split("::")[0] ?? "";
}

export function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}
