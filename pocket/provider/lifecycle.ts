import type { Context, Kind, Package } from "./kind";
import type { Entry, Ledger } from "./ledger";
import { Refusal } from "./refusal";
import { digest, type Values } from "./values";

export type BaseContext = Omit<Context, "begin">;
/** A context for work that no engine asked for: recovery at start, a sweep. */
export type MakeContext = (urn: string, config: Values) => BaseContext;

/**
 * Create and delete that survive a kill at any moment. A resource is in the ledger before it exists; one that no stack
 * knows of is adopted by the next create of the same URN with equal inputs, and deleted before one with others.
 */
export class Lifecycle {
    /** Tail of the creates of one URN: the engine may come back while a create that it gave up is still running. */
    private readonly running = new Map<string, Promise<unknown>>();

    constructor(private readonly pack: Package, private readonly ledger: Ledger) {}

    async create(kind: Kind, inputs: Values, context: BaseContext): Promise<{ id: string; state: Values }> {
        const before = this.running.get(context.urn) ?? Promise.resolve();
        const made = before.then(() => undefined, () => undefined).then(() => this.createAlone(kind, inputs, context));
        this.running.set(context.urn, made);
        try {
            return await made;
        } finally {
            if (this.running.get(context.urn) === made) this.running.delete(context.urn);
        }
    }

    async delete(kind: Kind, id: string, state: Values, context: BaseContext): Promise<void> {
        await kind.delete(id, state, { ...context, begin: () => undefined });
        this.ledger.forget(kind.token, id);
    }

    /** Decides about creates that a killed daemon left half-way: what exists is an orphan, what does not is forgotten. */
    async recover(makeContext: MakeContext): Promise<void> {
        for (const entry of this.ledger.begun().filter((e) => this.owns(e))) {
            const exists = entry.id === undefined || (await this.read(entry, makeContext(entry.urn, entry.provider)).catch(() => true));
            if (exists) this.ledger.change(entry, { orphan: true, phase: entry.id === undefined || this.kind(entry)?.provisionalId ? "begun" : "made" });
            else this.ledger.remove(entry);
        }
    }

    /** Deletes an orphan and takes it out of the ledger; rejects as the kind's delete does. */
    async discard(entry: Entry, base: BaseContext): Promise<void> {
        const kind = this.kind(entry);
        const context: Context = { ...base, begin: () => undefined };
        const id = entry.id ?? (await kind?.recover?.(entry.urn, context));
        const state = id === undefined ? undefined : await kind?.read(id, context);
        if (kind && id !== undefined && state) await kind.delete(id, state, context);
        this.ledger.remove(entry);
    }

    /** An adoption later compares with what the resource is like now. */
    async update(kind: Kind, id: string, olds: Values, news: Values, context: BaseContext): Promise<Values> {
        if (!kind.update) throw new Refusal("NotImplemented", `${kind.token} cannot be updated in place`);
        const state = await kind.update(id, olds, news, { ...context, begin: () => undefined });
        this.ledger.rehash(kind.token, id, digest(news));
        return state;
    }

    owns(entry: Entry): boolean {
        return this.kind(entry) !== undefined;
    }

    private async createAlone(kind: Kind, inputs: Values, context: BaseContext): Promise<{ id: string; state: Values }> {
        // It leaves nothing to adopt or to delete, and its id may be another's too: every password's is "none".
        if (kind.stateOnly) return kind.create(inputs, { ...context, begin: () => undefined });
        const hash = digest(inputs);
        for (const orphan of this.ledger.orphans((e) => e.urn === context.urn && e.token === kind.token)) {
            const state = orphan.id !== undefined && orphan.inputsHash === hash && orphan.phase === "made"
                ? await kind.read(orphan.id, { ...context, begin: () => undefined }, inputs) : undefined;
            if (state && orphan.id !== undefined) {
                this.ledger.change(orphan, { orphan: false });
                await kind.ready?.(orphan.id, { ...context, begin: () => undefined });
                return { id: orphan.id, state };
            }
            await this.discard(orphan, context);
        }
        const remembered = Object.fromEntries((this.pack.config.remember ?? []).map((name) => [name, context.config[name]]));
        const entry = this.ledger.begin(context.urn, kind.token, hash, remembered);
        try {
            const made = await kind.create(inputs, { ...context, begin: (id) => this.ledger.change(entry, { id }) });
            this.ledger.change(entry, { id: made.id, phase: "made", orphan: context.signal.aborted });
            return made;
        } catch (error) {
            await this.undo(entry, context);
            throw error;
        }
    }

    /** A refused create leaves nothing, as far as that can be had; what is left stays in the ledger as an orphan. */
    private async undo(entry: Entry, context: BaseContext): Promise<void> {
        try {
            await this.discard(entry, context);
        } catch {
            this.ledger.change(entry, { orphan: true });
        }
    }

    private async read(entry: Entry, context: BaseContext): Promise<boolean> {
        const state = entry.id === undefined ? undefined : await this.kind(entry)?.read(entry.id, { ...context, begin: () => undefined });
        return state !== undefined;
    }

    private kind(entry: Entry): Kind | undefined {
        return this.pack.kinds.find((k) => k.token === entry.token);
    }
}
