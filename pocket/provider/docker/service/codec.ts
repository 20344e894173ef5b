import { duration, nanoseconds } from "../duration";
import { at, equal, isObject, type Values } from "../../values";

/**
 * One property in its two spellings: the SDK's (`encode` reads it) and the Engine API's (`decode` reads it).
 * `decode` answers undefined for what the engine fills in by itself, so that an absent property and its default are
 * the same and a second `up` has nothing to do.
 */
export interface Codec {
    encode(input: unknown): unknown;
    decode(api: unknown): unknown;
}

/** The same in both; `usual` are the values that mean "not set". Go leaves empty strings out or sends them. */
export function value(...usual: unknown[]): Codec {
    return { encode: (input) => input, decode: (api) => (absent(api) || api === "" || usual.some((u) => equal(u, api)) ? undefined : api) };
}

/** `codec`, but what is not given is sent as `usual`. */
export function defaulted(codec: Codec, usual: unknown): Codec {
    const encode = (input: unknown) => codec.encode(input ?? usual);
    return { encode, decode: (api) => (equal(api, encode(undefined)) ? undefined : codec.decode(api)) };
}

/** "1m30s" and nanoseconds. */
export function time(usual?: string): Codec {
    return {
        encode: (input) => (absent(input) ? undefined : nanoseconds(String(input))),
        decode: (api) => (absent(api) || (usual !== undefined && nanoseconds(usual) === api) ? undefined : duration(Number(api))),
    };
}

/** An object of `fields`: SDK name to the path in the API ("File.Name") and the codec of the value. */
export function object(fields: Record<string, [path: string, codec: Codec]>): Codec {
    return {
        encode: (input) => {
            if (!isObject(input)) return undefined;
            const api: Values = {};
            for (const [name, [path, codec]] of Object.entries(fields)) put(api, path.split("."), codec.encode(input[name]));
            return api;
        },
        decode: (api) => {
            const input = Object.entries(fields).map(([name, [path, codec]]) => [name, codec.decode(at(api, path))] as const);
            return unlessEmpty(Object.fromEntries(input.filter(([, v]) => v !== undefined)));
        },
    };
}

/** A list whose order means something. */
export function list(item: Codec): Codec {
    return {
        encode: (input) => (Array.isArray(input) ? input.map((v) => item.encode(v)) : undefined),
        decode: (api) => (Array.isArray(api) && api.length > 0 ? api.map((v) => item.decode(v)) : undefined),
    };
}

/** A list whose order means nothing: decoded in order of its text. */
export function set(item: Codec): Codec {
    const ordered = list(item);
    return {
        encode: ordered.encode,
        decode: (api) => (ordered.decode(api) as unknown[] | undefined)?.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    };
}

/** `[{label, value}]` and a map. */
export const labels: Codec = {
    encode: (input) => (Array.isArray(input) ? Object.fromEntries(input.map(({ label, value: v }) => [label, v])) : undefined),
    decode: (api) => {
        if (!isObject(api) || Object.keys(api).length === 0) return undefined;
        return Object.keys(api).sort().map((label) => ({ label, value: api[label] }));
    },
};

/** A map and `["KEY=value"]`, the API's way with environments. */
export const assignments: Codec = {
    encode: (input) => (isObject(input) ? Object.keys(input).sort().map((key) => `${key}=${input[key]}`) : undefined),
    decode: (api) => (Array.isArray(api) && api.length > 0 ? Object.fromEntries(api.map(split)) : undefined),
};

/** `["key=value"]` and a map, the SDK's way with driver options. */
export const options: Codec = {
    encode: (input) => (Array.isArray(input) ? Object.fromEntries(input.map(split)) : undefined),
    decode: (api) => (isObject(api) ? unlessEmptyList(Object.keys(api).sort().map((key) => `${key}=${api[key]}`)) : undefined),
};

function split(text: string): [string, string] {
    const cut = text.indexOf("=");
    return cut < 0 ? [text, ""] : [text.slice(0, cut), text.slice(cut + 1)];
}

function absent(x: unknown): boolean {
    return x === undefined || x === null;
}

function put(api: Values, [step = "", ...rest]: string[], v: unknown): void {
    if (v === undefined) return;
    if (rest.length === 0) api[step] = v;
    else put((api[step] ??= {}) as Values, rest, v);
}

function unlessEmpty<T extends object>(v: T): T | undefined {
    return Object.keys(v).length > 0 ? v : undefined;
}

function unlessEmptyList<T>(v: T[]): T[] | undefined {
    return v.length > 0 ? v : undefined;
}
