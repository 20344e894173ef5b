import { randomBytes } from "node:crypto";
import type { Resource } from "../model";
import type { Store } from "../store";
import type { Context, Kind, ObjectSchema, PropertySchema } from "./kind";
import type { Refusal } from "./refusal";
import { asWritten, canonical, ruled } from "./rules";
import { isObject, type Values } from "./values";

/** A kind whose resources are records of a cloud in the store: what is there is what the record says. */
export interface RecordKind<I, S> extends Pick<Kind<I, S>,
    "token" | "schema" | "rules" | "exactlyOneOf" | "atLeastOneOf" | "bridge" | "word" | "replaceOn" | "autoName" | "deleteBeforeReplace" | "check" | "normalize" | "diff" | "recomputes"> {
    cloud: string;
    /** The cloud's own word for it, as in `Resource.kind`. */
    kind: string;
    newId(inputs: I): string;
    /** The record's key, where a resource has the id of another; the id itself otherwise. */
    recordId?(id: string): string;
    /** The cloud's answer about an id that it does not have. */
    missing(id: string): Refusal;
    /** Refuses what does not go together with the other records. `self` is the record that an update changes. */
    admit?(inputs: I, context: Context, self?: Resource<S>): void;
    /** All properties: inputs, defaults and computed. `before` as in `admit`. */
    compute(id: string, inputs: I, context: Context, before?: S): S;
    /** What follows from other records, such as the address that is bound to a machine: worked out at each look, never stored. */
    derive?(resource: Resource<S>, store: Store): Partial<S>;
    /** Absent: every change replaces. */
    updates?: boolean;
    /** Refuses a delete while something uses the record; asked again until the patience is over. */
    release?(resource: Resource<S>, context: Context): void;
    /** Refuses an update that takes away what something uses; asked again until the patience is over. */
    letGo?(resource: Resource<S>, news: I, context: Context): void;
    /** Records that go with this one. */
    takesAlong?(resource: Resource<S>, store: Store): Resource[];
    /** The record says something about machines, addresses or firewalls, and counts when that is true. */
    settles?: boolean;
    /** Whether the record still stands for something. */
    alive?(state: S): boolean;
}

/** Between admitting and writing nothing waits, so two requests never get the same address. */
export function recordKind<I extends Values, S extends Values>(definition: RecordKind<I, S>): Kind<I, S> {
    const { cloud, kind, rules } = definition;
    const keyOf = (id: string): string => definition.recordId?.(id) ?? id;
    const settled = async (context: Context): Promise<void> => {
        if (definition.settles) await context.substrate.settle();
    };
    const find = (id: string, store: Store): Resource<S> | undefined => {
        const found = store.get<S>(cloud, keyOf(id));
        return found?.kind === kind && (definition.alive?.(found.props) ?? true) ? found : undefined;
    };
    const look = (id: string, store: Store): S | undefined => {
        const found = find(id, store);
        return found && { ...found.props, ...definition.derive?.(found, store) };
    };
    const told = (state: S, written: Values | undefined): S => asWritten(rules, state, written) as S;
    const put = (id: string, state: S, context: Context): void =>
        context.store.put({ cloud, kind, id: keyOf(id), region: context.region, props: state as Values });
    return {
        token: definition.token, schema: definition.schema, rules, exactlyOneOf: definition.exactlyOneOf, atLeastOneOf: definition.atLeastOneOf,
        bridge: definition.bridge, word: definition.word, replaceOn: definition.replaceOn, autoName: definition.autoName,
        deleteBeforeReplace: definition.deleteBeforeReplace,
        check: ruled<I>(definition), normalize: definition.normalize, diff: definition.diff, recomputes: definition.recomputes,
        async create(given, context) {
            const inputs = canonical(rules, given) as I;
            definition.admit?.(inputs, context);
            const id = definition.newId(inputs);
            const state = definition.compute(id, inputs, context);
            context.begin(id);
            put(id, state, context);
            await settled(context);
            return { id, state: told(look(id, context.store) ?? state, given) };
        },
        read: async (id, context, last) => {
            const state = look(id, context.store);
            return state && told(state, last);
        },
        ready: (_id, context) => settled(context),
        update: definition.updates ? async (id, _olds, given, context) => {
            const now = (): Resource<S> => {
                const self = find(id, context.store);
                if (!self) throw definition.missing(id);
                return self;
            };
            const planned = (self: Resource<S>): I => withComputed(definition, canonical(rules, given), self.props) as I;
            if (definition.letGo) await patiently(context, () => definition.letGo?.(now(), planned(now()), context));
            const self = now();
            const news = planned(self);
            definition.admit?.(news, context, self);
            const state = definition.compute(id, news, context, self.props);
            put(id, state, context);
            await settled(context);
            return told(look(id, context.store) ?? state, given);
        } : undefined,
        async delete(id, _state, context) {
            const resource = context.store.get<S>(cloud, keyOf(id));
            if (!resource) return;
            await patiently(context, () => definition.release?.(resource, context));
            for (const other of definition.takesAlong?.(resource, context.store) ?? []) context.store.delete(other.cloud, other.id);
            context.store.delete(cloud, keyOf(id));
            await settled(context);
        },
    };
}

/** What is planned: Terraform's older SDK keeps what the service computed, where the program leaves it out. */
function withComputed({ bridge, schema }: Pick<RecordKind<any, any>, "bridge" | "schema">, inputs: Values, before: Values): Values {
    return bridge === "sdk" || bridge === "dynamic" ? keep(schema, inputs, before) : inputs;
}

function keep({ computed = [], properties = {} }: Partial<ObjectSchema> | PropertySchema, inputs: Values, before: Values): Values {
    const inside = Object.entries(inputs).map(([name, value]) => {
        const was = before[name];
        return [name, isObject(value) && isObject(was) ? keep(properties[name] ?? {}, value, was) : value];
    });
    const kept = computed.filter((name) => inputs[name] === undefined && before[name] !== undefined).map((name) => [name, before[name]]);
    return { ...Object.fromEntries(inside), ...Object.fromEntries(kept) };
}

/** Asks again after each change of the store until `attempt` does not throw; its last refusal when patience is over. */
export async function patiently(context: Pick<Context, "store" | "patience" | "signal">, attempt: () => void): Promise<void> {
    const deadline = Date.now() + context.patience;
    for (;;) {
        try {
            return attempt();
        } catch (error) {
            if (Date.now() >= deadline || context.signal.aborted) throw error;
            await change(context, deadline - Date.now());
        }
    }
}

function change(context: Pick<Context, "store" | "signal">, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
        const done = (): void => {
            clearTimeout(timer);
            context.store.off("change", done);
            context.signal.removeEventListener("abort", done);
            resolve();
        };
        const timer = setTimeout(done, milliseconds);
        context.store.on("change", done);
        context.signal.addEventListener("abort", done);
    });
}

/** "vpc-0f3a…": the prefix and as many random hex digits as the service gives. */
export function hexId(prefix: string, digits: number): string {
    return prefix + randomBytes(Math.ceil(digits / 2)).toString("hex").slice(0, digits);
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** "ins-k3v9x1qz": Tencent's form. */
export function base36Id(prefix: string, digits = 8): string {
    return prefix + [...randomBytes(digits)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
