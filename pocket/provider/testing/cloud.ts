import { join } from "node:path";
import { scratch } from "../../../testing/scratch";
import { Store } from "../../store";
import type { Context, Kind, Substrate } from "../kind";
import { diffPlan } from "../diff";
import { at, hasUnknown, known, type Values } from "../values";

/** A cloud without a wire: checks, creates and deletes as the service does, on a store of its own. */
export class TestCloud {
    readonly folder = scratch();
    readonly store = new Store(join(this.folder, "store.json"));
    settled = 0;
    readonly substrate: Substrate = { settle: async () => void this.settled++ };

    constructor(private readonly kinds: Kind[], private readonly region: string, private readonly config: Values = {}) {}

    context(): Context {
        const { store, substrate, config, region } = this;
        return { store, substrate, urn: "", config, region, signal: new AbortController().signal, timeout: 0, patience: 0, begin: () => undefined };
    }

    /** The last part of the token names the kind: "Vpc". */
    kind(type: string): Kind {
        const found = this.kinds.find((k) => k.token.endsWith(`:${type}`));
        if (!found) throw new Error(`no kind ${type}`);
        return found;
    }

    /** Paths that are refused in the preview already, with the code. */
    refused(type: string, inputs: Values): string[] {
        const unknown = (property: string): boolean => hasUnknown(at(inputs, property));
        const failures = this.kind(type).check?.(known(inputs), { urn: "", name: "x", config: this.config, region: this.region, store: this.store, unknown }) ?? [];
        return failures.map((f) => `${f.property}: ${f.reason.split(":")[0]}`);
    }

    /** What a plan of other inputs changes in a resource, as "update tags.Name" or "replace cidrBlock"; `state` is what was there. */
    changes(type: string, olds: Values, news: Values, state: Values = olds): string[] {
        const kind = this.kind(type);
        const found = diffPlan({ ...kind, replaceOn: kind.update ? kind.replaceOn : ["*"] }, olds, news, state);
        return (kind.diff?.(state, news, found) ?? found).map((d) => `${d.replace ? "replace" : d.kind} ${d.path}`);
    }

    async make(type: string, inputs: Values): Promise<{ id: string; state: Values }> {
        return (await this.kind(type).create(inputs, this.context())) as { id: string; state: Values };
    }

    async update(type: string, id: string, inputs: Values): Promise<Values> {
        return (await this.kind(type).update!(id, {}, inputs, this.context())) as Values;
    }

    async read(type: string, id: string): Promise<Values> {
        return (await this.kind(type).read(id, this.context())) as Values;
    }

    async delete(type: string, id: string): Promise<void> {
        await this.kind(type).delete(id, {}, this.context());
    }
}
