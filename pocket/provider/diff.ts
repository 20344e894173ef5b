import type { Difference, Kind, ObjectSchema, PropertySchema } from "./kind";
import { normalOf, type Rule } from "./rules";
import { UNKNOWN, equal, isObject, isSigned, type Values } from "./values";

/**
 * What differs between two sets of plain inputs, by the deepest path that says it: "tags.Name", "ingresses[0].port".
 * Members that begin with "__" are the bridge's own and no difference.
 */
export function diffInputs(olds: Values, news: Values, replaceOn: string[] = []): Difference[] {
    return marked(new Comparison({}).members(olds, news, {}, {}, ""), replaceOn);
}

/**
 * What differs between the state that is planned and the one before. An argument that the program leaves out is planned as
 * its default, or as it was when the service computes it: writing out a default, or the value that is there, is no change.
 */
export function diffPlan(kind: Pick<Kind, "schema" | "rules" | "bridge" | "replaceOn">, olds: Values, news: Values, state: Values, ignore: string[] = []): Difference[] {
    const found = new Comparison(kind).members(olds, news, state, kind.schema, "");
    return marked(found.filter((d) => !ignore.some((pattern) => covers(pattern, d.path))), kind.replaceOn);
}

/** Whether `pattern` ("tags", "ingresses[*].port", "*") is the path or one of its parents. */
export function covers(pattern: string, path: string): boolean {
    const wanted = steps(pattern);
    const given = steps(path);
    return wanted.length <= given.length && wanted.every((step, i) => step === "*" || step === given[i]);
}

function marked(found: Difference[], replaceOn: string[]): Difference[] {
    return found.map((d) => ({ ...d, replace: replaceOn.some((pattern) => covers(pattern, d.path)) }));
}

/** An element as the program gave it, and as the state has it. */
interface Pair { old?: unknown; state?: unknown }

class Comparison {
    constructor(private readonly kind: Partial<Pick<Kind, "rules" | "bridge">>) {}

    members(old: Values, now: Values, state: Values, schema: Partial<ObjectSchema> | PropertySchema, path: string): Difference[] {
        const properties = schema.properties ?? {};
        const defaulted = Object.keys(properties).filter((name) => this.rule(member(path, name)).default !== undefined);
        const names = [...new Set([...Object.keys(old), ...Object.keys(now), ...defaulted])].filter((name) => !name.startsWith("__"));
        return names.flatMap((name) => this.planned(old[name], now[name], state[name], properties[name], schema.computed?.includes(name) ?? false, member(path, name)));
    }

    private planned(old: unknown, now: unknown, state: unknown, schema: PropertySchema | undefined, computed: boolean, path: string): Difference[] {
        const { default: usual } = this.rule(path);
        if (absent(now) && usual === undefined && (computed || absent(old))) return [];
        return this.compare(old, now ?? usual, state, schema, path);
    }

    /** Where the program gave nothing before, what was there is the state, or else the default. */
    private compare(old: unknown, after: unknown, state: unknown, schema: PropertySchema | undefined, path: string): Difference[] {
        const rule = this.rule(path);
        const before = old ?? state ?? rule.default;
        if (after === UNKNOWN) return [{ path, kind: absent(before) ? "add" : "update", replace: false }];
        if (this.same(before, after, rule)) return [];
        if (absent(before)) return [{ path, kind: "add", replace: false }];
        if (absent(after)) return [{ path, kind: "delete", replace: false }];
        if (isObject(before) && isObject(after) && !isSigned(before) && !isSigned(after)) {
            return this.members(isObject(old) ? old : {}, after, isObject(state) ? state : {}, schema ?? {}, path);
        }
        if (Array.isArray(before) && Array.isArray(after)) {
            const known = Array.isArray(state) && state.length === before.length ? state : [];
            const pairs = before.map((element, i): Pair => (absent(old) ? { state: element } : { old: element, state: known[i] }));
            return this.elements(pairs, after, schema?.items, path, rule.set === true);
        }
        return [{ path, kind: "update", replace: false }];
    }

    private elements(before: Pair[], after: unknown[], schema: PropertySchema | undefined, path: string, set: boolean): Difference[] {
        const one = (pair: Pair | undefined, now: unknown, i: number): Difference[] => this.compare(pair?.old, now, pair?.state, schema, `${path}[${i}]`);
        if (!set) return Array.from({ length: Math.max(before.length, after.length) }, (_, i) => one(before[i], after[i], i)).flat();
        const gone = [...before];
        const come = after.map((element, i) => [i, element] as const).filter(([i, element]) => {
            // In a set, the place of an element says nothing about what it was.
            const found = gone.findIndex(({ old, state }) => one(old === undefined ? { state } : { old }, element, i).length === 0);
            if (found >= 0) gone.splice(found, 1);
            return found < 0;
        });
        const changed = come.flatMap(([i, element], at) => one(gone[at], element, i));
        return [...changed, ...gone.slice(come.length).map((_, i) => ({ path: `${path}[${after.length + i}]`, kind: "delete" as const, replace: false }))];
    }

    private same(before: unknown, after: unknown, rule: Rule): boolean {
        if (absent(before) && absent(after)) return true;
        if (this.none(before) && this.none(after)) return true;
        return equal(before, after) || (!absent(before) && !absent(after) && equal(normalOf(rule, before), normalOf(rule, after)));
    }

    /** What Terraform's older SDK takes for an argument that is not given (helper/schema, `diffString`: the type's zero value). */
    private none(value: unknown): boolean {
        if (absent(value)) return true;
        if (this.kind.bridge !== "sdk" && this.kind.bridge !== "dynamic") return false;
        return value === "" || value === 0 || value === false || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
    }

    private rule(path: string): Rule {
        return this.kind.rules?.[path.replace(/\[\d+\]/g, "[*]")] ?? {};
    }
}

function absent(value: unknown): value is undefined | null {
    return value === undefined || value === null;
}

function member(path: string, name: string): string {
    if (!/^[\w-]+$/.test(name)) return `${path}["${name}"]`;
    return path ? `${path}.${name}` : name;
}

function steps(path: string): string[] {
    return [...path.matchAll(/\["([^"]*)"\]|\[([^\]]*)\]|([^.[\]]+)/g)].map((m) => m[1] ?? m[2] ?? m[3] ?? "");
}
