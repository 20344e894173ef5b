import type { Kind, ObjectSchema, Package } from "./kind";
import { checkSchema, nearest } from "./check";
import { covers, diffInputs, diffPlan } from "./diff";
import { nameOf } from "./ledger";
import type { BaseContext, Lifecycle } from "./lifecycle";
import { autoName, mustDeleteFirst } from "./naming";
import type { Difference, Failure, Fn } from "./kind";
import { inputsNow } from "./refresh";
import { Refusal } from "./refusal";
import { checkMissing, checkRules, fillDefaults } from "./rules";
import { UNKNOWN, at, hasUnknown, isObject, isSecret, isSigned, known, plain, seal, sealLike, type Values } from "./values";

/** What a provider instance was configured with. */
export interface Instance { config: Values; region: string; ready: Promise<void> }

/**
 * The provider protocol without the wire: values in, values out. Everything the engine sends may hold secret
 * wrappers; what the kinds see does not.
 */
export class Service {
    constructor(readonly pack: Package, private readonly lifecycle: Lifecycle) {}

    checkConfig(inputs: Values): Failure[] {
        return checkSchema(decode(inputs, this.pack.config), { ...this.pack.config, required: [] });
    }

    diffConfig(olds: Values, news: Values): Difference[] {
        return diffInputs(plain(olds), plain(news), this.pack.config.replaceOn);
    }

    configure(args: Values): Instance {
        const config = plain<Values>(decode(args, this.pack.config));
        const empty = this.pack.config.required.find((name) => config[name] === undefined || config[name] === "");
        if (empty) throw new Refusal("MissingConfiguration", `provider ${this.pack.name}: "${empty}" is required and must not be empty`, empty);
        this.pack.configure?.(config);
        const ready = this.pack.connect?.(config) ?? Promise.resolve();
        // A failure is told by the first request that waits for it, not as an unhandled rejection.
        ready.catch(() => undefined);
        return { config, region: typeof config.region === "string" ? config.region : "global", ready };
    }

    check(token: string, news: Values, olds: Values, seed: Uint8Array, context: BaseContext): { inputs: Values; failures: Failure[] } {
        const kind = this.kind(token);
        const failures = checkSchema(news, kind.schema);
        if (failures.length > 0) return { inputs: news, failures };
        const name = nameOf(context.urn);
        const named = autoName(kind, name, dropNulls(news), olds, seed);
        const about = {
            ...context, name, olds: Object.keys(olds).length > 0 ? plain<Values>(olds) : undefined,
            unknown: (property: string) => hasUnknown(at(plain(named), property)),
        };
        const given = known(plain(named));
        const refused = [...checkMissing(kind, given, about.unknown), ...(kind.check?.(given, about) ?? [])];
        // What the schema calls sensitive is a secret whether or not the program says so (bridge, pkg/tfbridge, MarkSchemaSecrets).
        const inputs = seal(kind.normalize ? kind.normalize(plain(named), about) : named, [named], kind.schema.secretOutputs);
        return { inputs: kind.bridge === "sdk" ? fillDefaults(kind.rules, inputs) : inputs, failures: refused };
    }

    diff(token: string, olds: Values, oldInputs: Values, news: Values, ignore: string[]): { found: Difference[]; deleteFirst: boolean } {
        const kind = this.kind(token);
        const all = diffPlan({ ...kind, replaceOn: kind.update ? kind.replaceOn : ["*"] }, plain(oldInputs), plain(news), plain(olds), ignore);
        const found = kind.diff?.(plain(olds), plain(news), all) ?? all;
        return { found, deleteFirst: mustDeleteFirst(kind, plain(news)) };
    }

    async create(token: string, inputs: Values, context: BaseContext): Promise<{ id: string; outputs: Values }> {
        const kind = this.kind(token);
        const { id, state } = await this.lifecycle.create(kind, withoutInternals(plain(inputs)), context);
        return { id, outputs: seal(state, [inputs], kind.schema.secretOutputs) };
    }

    /** In a preview, outputs that are left out are unknown: right for a create. */
    previewCreate(inputs: Values): Values {
        return withoutInternals(inputs);
    }

    /** In a preview of an update, what is no input stays as it was, but for what the change makes anew: that is unknown. */
    previewUpdate(token: string, olds: Values, oldInputs: Values, news: Values): Values {
        const { found } = this.diff(token, olds, oldInputs, news, []);
        const anew = Object.entries(this.kind(token).recomputes ?? {}).filter(([, causes]) => found.some(({ path }) => causes.some((cause) => covers(cause, path)))).map(([name]) => name);
        const changed = Object.keys(oldInputs).filter((name) => found.some(({ path }) => covers(name, path)));
        const gone = [...changed, ...anew].filter((name) => !(name in news));
        const outputs = { ...olds, ...news };
        for (const name of gone) delete outputs[name];
        return seal(withoutInternals(outputs), [news, olds], this.kind(token).schema.secretOutputs);
    }

    async read(token: string, id: string, oldInputs: Values, oldState: Values, context: BaseContext): Promise<{ inputs: Values; outputs: Values } | undefined> {
        const kind = this.kind(token);
        const prior = plain<Values>(oldState);
        const state = await kind.read(id, { ...context, begin: () => undefined }, Object.keys(prior).length > 0 ? prior : undefined);
        if (!state) return undefined;
        const inputs = inputsNow(plain(oldInputs), prior, state, kind.schema);
        return { inputs: seal(inputs, [oldInputs]), outputs: seal(state, [oldInputs, oldState], kind.schema.secretOutputs) };
    }

    async update(token: string, id: string, olds: Values, news: Values, context: BaseContext): Promise<Values> {
        const kind = this.kind(token);
        const state = await this.lifecycle.update(kind, id, plain(olds), withoutInternals(plain(news)), context);
        return seal(state, [news], kind.schema.secretOutputs);
    }

    async delete(token: string, id: string, state: Values, context: BaseContext): Promise<void> {
        await this.lifecycle.delete(this.kind(token), id, plain(state), context);
    }

    async invoke(token: string, args: Values, context: BaseContext): Promise<{ values: Values; failures: Failure[] }> {
        const fn = this.find(this.pack.functions, token, "function") as Fn;
        const given = plain<Values>(args);
        const wrong = checkSchema(given, fn.schema);
        const none = (): boolean => false;
        const failures = wrong.length > 0 ? wrong : [...checkMissing(fn, given, none), ...checkRules(fn, given, none)];
        if (failures.length > 0) return { values: {}, failures };
        return { values: await fn.invoke(given, context), failures: [] };
    }

    private kind(token: string): Kind {
        return this.find(this.pack.kinds, token, "resource type") as Kind;
    }

    private find(all: (Kind | Fn)[], token: string, what: string): Kind | Fn {
        const found = all.find((k) => k.token === token);
        if (!found) throw new Refusal("UnknownToken", `unknown ${what} "${token}".${nearest(token, all.map((k) => k.token))}`);
        return found;
    }
}

/** Provider arguments that are no strings travel as JSON text. */
export function decode(args: Values, schema: ObjectSchema): Values {
    return Object.fromEntries(Object.entries(args).filter(([name]) => name !== "version" && name !== "pluginDownloadURL")
        .map(([name, value]) => [name, sealLike(decodeOne(plain(value), schema.properties[name]?.type), isSecret(value) ? value : undefined)]));
}

function decodeOne(value: unknown, type: string | undefined): unknown {
    if (typeof value !== "string" || value === UNKNOWN || type === "string" || type === undefined || hasUnknown(value)) return value;
    try {
        return JSON.parse(value);
    } catch {
        return value;
    }
}

function dropNulls(values: Values): Values {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}

function withoutInternals(values: Values): Values {
    const inside = (value: unknown): unknown => (Array.isArray(value) ? value.map(inside) : isObject(value) && !isSigned(value) ? withoutInternals(value) : value);
    return Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith("__")).map(([name, value]) => [name, inside(value)]));
}
