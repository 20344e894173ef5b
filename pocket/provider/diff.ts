import type { Difference } from "./kind";
import { UNKNOWN, equal, isObject, isSigned, type Values } from "./values";

/**
 * What differs between two sets of plain inputs, by the deepest path that says it: "tags.Name", "ingresses[0].port".
 * Members that begin with "__" are the bridge's own and no difference.
 */
export function diffInputs(olds: Values, news: Values, replaceOn: string[] = [], ignore: string[] = []): Difference[] {
    return compare(olds, news, "").filter((d) => !ignore.some((pattern) => covers(pattern, d.path)))
        .map((d) => ({ ...d, replace: replaceOn.some((pattern) => covers(pattern, d.path)) }));
}

/** Whether `pattern` ("tags", "ingresses[*].port", "*") is the path or one of its parents. */
export function covers(pattern: string, path: string): boolean {
    const wanted = steps(pattern);
    const given = steps(path);
    return wanted.length <= given.length && wanted.every((step, i) => step === "*" || step === given[i]);
}

function compare(old: unknown, now: unknown, path: string): Difference[] {
    if (old === undefined && now === undefined) return [];
    if (old === undefined || old === null) return now === undefined || now === null ? [] : [{ path, kind: "add", replace: false }];
    if (now === undefined || now === null) return [{ path, kind: "delete", replace: false }];
    if (now === UNKNOWN) return [{ path, kind: "update", replace: false }];
    if (isObject(old) && isObject(now) && !isSigned(old) && !isSigned(now)) {
        const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => !name.startsWith("__"));
        return names.flatMap((name) => compare(old[name], now[name], member(path, name)));
    }
    if (Array.isArray(old) && Array.isArray(now)) {
        return Array.from({ length: Math.max(old.length, now.length) }, (_, i) => compare(old[i], now[i], `${path}[${i}]`)).flat();
    }
    return equal(old, now) ? [] : [{ path, kind: "update", replace: false }];
}

function member(path: string, name: string): string {
    if (!/^[\w-]+$/.test(name)) return `${path}["${name}"]`;
    return path ? `${path}.${name}` : name;
}

function steps(path: string): string[] {
    return [...path.matchAll(/\["([^"]*)"\]|\[([^\]]*)\]|([^.[\]]+)/g)].map((m) => m[1] ?? m[2] ?? m[3] ?? "");
}
