import { createHash } from "node:crypto";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

export type Values = Record<string, unknown>;

/** What the engine sends for a value that is not known before the update (Pulumi SDK, runtime/rpc). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export function isObject(value: unknown): value is Values {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Assets, archives and resource references travel as signed objects and are nobody's nested properties. */
export function isSigned(value: unknown): boolean {
    return isObject(value) && SIGNATURE in value;
}

export function isSecret(value: unknown): value is { value: unknown } {
    return isObject(value) && value[SIGNATURE] === SECRET;
}

export function secret(value: unknown): unknown {
    return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** The same value without secret wrappers. */
export function plain<T = unknown>(value: unknown): T {
    if (isSecret(value)) return plain(value.value);
    return mapChildren(value, plain) as T;
}

export function hasUnknown(value: unknown): boolean {
    return value === UNKNOWN || children(value).some(hasUnknown);
}

export function hasSecret(value: unknown): boolean {
    return isSecret(value) || children(value).some(hasSecret);
}

/** The known part: unknown members are left out, an array with an unknown element as a whole. */
export function known(values: Values): Values {
    return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== UNKNOWN && !(Array.isArray(v) && hasUnknown(v)))
        .map(([k, v]) => [k, isObject(v) && !isSigned(v) ? known(v) : v]));
}

/** The member at a path such as "rootBlockDevice.volumeType"; absent where there is none. */
export function at(values: unknown, path: string): unknown {
    return path.split(".").reduce((value, name) => (isObject(value) ? value[name] : undefined), values);
}

/** Wraps in `value` what is wrapped in `pattern`; where the shapes differ, the whole of it. */
export function sealLike(value: unknown, pattern: unknown): unknown {
    if (value === undefined || value === null || isSecret(value) || !hasSecret(pattern)) return value;
    if (isSecret(pattern)) return secret(value);
    if (Array.isArray(value) && Array.isArray(pattern) && value.length === pattern.length) return value.map((v, i) => sealLike(v, pattern[i]));
    if (isObject(value) && isObject(pattern)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, sealLike(v, pattern[k])]));
    return secret(value);
}

/** Secret outputs as such, and those that came in as secrets. */
export function seal(outputs: Values, patterns: Values[], secretOutputs: string[] = []): Values {
    return Object.fromEntries(Object.entries(outputs).map(([key, value]) => {
        if (secretOutputs.includes(key) && value !== undefined && value !== null) return [key, secret(value)];
        return [key, patterns.reduce<unknown>((sealed, pattern) => sealLike(sealed, pattern[key]), value)];
    }));
}

/** Equal whatever the order of members; an absent member and an undefined one are the same. */
export function equal(a: unknown, b: unknown): boolean {
    return canonical(a) === canonical(b);
}

export function digest(value: unknown): string {
    return createHash("sha256").update(canonical(value)).digest("hex");
}

export function toStruct(values: Values): Struct {
    return Struct.fromJavaScript(JSON.parse(JSON.stringify(values)) as Record<string, JavaScriptValue>);
}

export function fromStruct(struct: Struct | undefined): Values {
    return struct ? (struct.toJavaScript() as Values) : {};
}

function canonical(value: unknown): string {
    return JSON.stringify(sorted(value)) ?? "null";
}

function sorted(value: unknown): unknown {
    if (isObject(value)) return Object.fromEntries(Object.keys(value).sort().filter((k) => value[k] !== undefined).map((k) => [k, sorted(value[k])]));
    return Array.isArray(value) ? value.map(sorted) : value;
}

function children(value: unknown): unknown[] {
    return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
}

function mapChildren(value: unknown, change: (value: unknown) => unknown): unknown {
    if (Array.isArray(value)) return value.map((v) => change(v));
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, change(v)]));
    return value;
}
