import { join } from "node:path";
import { scratch } from "../../../../testing/scratch";
import { Store } from "../../../store";
import { Ledger } from "../../ledger";
import { Lifecycle, type BaseContext } from "../../lifecycle";
import { Service } from "../../service";
import type { Difference } from "../../kind";
import type { Values } from "../../values";
import type { DockerPackage } from "..";

/** A resource as the engine's state holds it. */
export interface Resource { token: string; name: string; id: string; inputs: Values; outputs: Values }

/** What Pulumi's engine does with a provider, one resource at a time, without the wire. */
export class Program {
    private readonly service: Service;
    private readonly base: Omit<BaseContext, "urn">;

    constructor(pack: DockerPackage, private readonly config: Values) {
        const home = scratch();
        this.service = new Service(pack, new Lifecycle(pack, new Ledger(join(home, "ledger.json"))));
        this.base = {
            store: new Store(join(home, "store.json")), substrate: { settle: async () => undefined }, config, region: "global",
            signal: new AbortController().signal, timeout: 0, patience: 1_000,
        };
    }

    /** Rejects as `pulumi up` fails: in Check with the property's name, in Create with the engine's words. */
    async create(token: string, name: string, args: Values): Promise<Resource> {
        const inputs = this.check(token, name, args, {});
        const { id, outputs } = await this.service.create(token, inputs, this.context(token, name));
        return { token, name, id, inputs, outputs };
    }

    /** What a preview with `args` shows. */
    diff({ token, name, inputs, outputs }: Resource, args: Values): Difference[] {
        return this.service.diff(token, outputs, inputs, this.check(token, name, args, inputs), []).found;
    }

    async update({ token, name, id, inputs, outputs }: Resource, args: Values): Promise<Resource> {
        const news = this.check(token, name, args, inputs);
        return { token, name, id, inputs: news, outputs: await this.service.update(token, id, outputs, news, this.context(token, name)) };
    }

    /** Absent when the resource is gone. */
    async refresh({ token, name, id, inputs, outputs }: Resource): Promise<Resource | undefined> {
        const found = await this.service.read(token, id, inputs, outputs, this.context(token, name));
        return found && { token, name, id, ...found };
    }

    delete({ token, name, id, outputs }: Resource): Promise<void> {
        return this.service.delete(token, id, outputs, this.context(token, name));
    }

    private check(token: string, name: string, args: Values, olds: Values): Values {
        const { inputs, failures } = this.service.check(token, args, olds, new Uint8Array(), this.context(token, name));
        if (failures.length > 0) throw new Error(failures.map((f) => `${f.property}: ${f.reason}`).join("\n"));
        return inputs;
    }

    private context(token: string, name: string): BaseContext {
        return { ...this.base, config: this.config, urn: `urn:pulumi:test::antipode::${token}::${name}` };
    }
}
