import type { Failure, Kind } from "./kind";
import { DEFAULTS } from "./naming";
import { isObject, isSigned, type Values } from "./values";

/** What a provider says of one argument, by its path; `[*]` stands for every element: "rootBlockDevice.iops", "routes[*].cidrBlock". */
export interface Rule {
    /** Planned when the program leaves the argument out. */
    default?: unknown;
    /** A list whose order means nothing. */
    set?: true;
    oneOf?: readonly (string | number)[];
    /** Letters of either case are the same, in `oneOf` and in a comparison. */
    ignoreCase?: true;
    /** The one form of a value that has several: what the service works with, and what a comparison compares. */
    normal?(value: unknown): unknown;
    /** Least and greatest number. */
    range?: readonly [number, number];
    whole?: true;
    /** Characters of a text, elements of a list, entries of a map. */
    length?: readonly [number, number];
    pattern?: RegExp;
    /** What a text must be that no pattern says. */
    matches?(text: string): boolean;
    /** What `pattern` or `matches` wants, after the value: "is not a base64 text". */
    says?: string;
    /** Arguments that must not be given beside this one. */
    conflictsWith?: string[];
    /** Arguments that must be given beside this one. */
    requiredWith?: string[];
    /** The service's own code, where it is not that of all such troubles. */
    code?: string;
}
export type Rules = { readonly [path: string]: Rule };
export type Trouble = "value" | "combination" | "missing";
type Ruled = Pick<Kind, "rules" | "exactlyOneOf" | "atLeastOneOf" | "word">;
type Unknown = (path: string) => boolean;

/** The check of a kind with its rules before it. */
export function ruled<I extends Values>(kind: Ruled & Pick<Kind<I>, "check">): Kind<I>["check"] {
    return (inputs, context) => [...checkRules(kind, inputs as Values, context.unknown), ...(kind.check?.(inputs, context) ?? [])];
}

/** What the rules refuse of the arguments that are given; `inputs` are of the right types and without unknown values. */
export function checkRules(kind: Ruled, inputs: Values, unknown: Unknown): Failure[] {
    const given = (path: string): boolean => valuesAt(inputs, path).length > 0;
    const single = Object.entries(kind.rules ?? {}).flatMap(([pattern, rule]) => valuesAt(inputs, pattern).flatMap(([path, value]) => {
        const fail = (trouble: Trouble, message: string): Failure => (rule.code ? { property: path, reason: `${rule.code}: ${message}` } : worded(kind, path, trouble, message));
        const beside = (other: string): string => indexesOf(path).reduce((name, index) => name.replace("[*]", index), other);
        const wrong = wrongValue(path, value, rule);
        return [
            ...(wrong ? [fail("value", wrong)] : []),
            ...(rule.conflictsWith ?? []).map(beside).filter(given).slice(0, 1).map((other) => fail("combination", `"${path}" conflicts with "${other}"`)),
            ...(rule.requiredWith ?? []).map(beside).filter((other) => !given(other) && !unknown(other)).map((other) => fail("combination", `"${path}" needs "${other}" beside it`)),
        ];
    }));
    return [...single, ...(kind.exactlyOneOf ?? []).flatMap((names) => {
        const [, second] = names.filter(given);
        return second === undefined ? [] : [worded(kind, second, "combination", `only one of ${quoted(names)} can be given`)];
    })];
}

/** What a group of arguments lacks, as `required` says of a single one. */
export function checkMissing(kind: Ruled, inputs: Values, unknown: Unknown): Failure[] {
    return [...(kind.exactlyOneOf ?? []), ...(kind.atLeastOneOf ?? [])].filter((names) => !names.some((name) => valuesAt(inputs, name).length > 0 || unknown(name)))
        .map((names) => worded(kind, names[0]!, "missing", `one of ${quoted(names)} must be given`));
}

function worded({ word }: Ruled, property: string, trouble: Trouble, reason: string): Failure {
    return word?.(property, trouble, reason) ?? { property, reason };
}

function quoted(names: string[]): string {
    return names.map((name) => `"${name}"`).join(", ");
}

/** Every value in the form that the service works with. */
export function canonical(rules: Rules = {}, inputs: Values): Values {
    return spell(rules, inputs, normalOf);
}

/** A state that tells a value in the form in which the program, or the state before, has it. */
export function asWritten(rules: Rules = {}, state: Values, written: Values = {}): Values {
    return spell(rules, state, (rule, value, path) => valuesAt(written, path).map(([, said]) => said).find((said) => normalOf(rule, said) === normalOf(rule, value)) ?? value);
}

function spell(rules: Rules, values: Values, change: (rule: Rule, value: unknown, path: string) => unknown): Values {
    const several = Object.entries(rules).filter(([, rule]) => rule.ignoreCase || rule.normal);
    return several.reduce((all, [pattern, rule]) => map(all, steps(pattern), "", (value, path) => change(rule, value, path)) as Values, values);
}

export function normalOf(rule: Rule, value: unknown): unknown {
    if (rule.normal) return rule.normal(value);
    if (!rule.ignoreCase || typeof value !== "string") return value;
    return rule.oneOf?.find((choice) => String(choice).toLowerCase() === value.toLowerCase()) ?? value.toLowerCase();
}

/** The arguments with the defaults in them, and their names in `__defaults`: what Pulumi's bridge hands over after a Check. */
export function fillDefaults(rules: Rules = {}, inputs: Values, prefix = ""): Values {
    const here = Object.entries(rules).filter(([path, rule]) => rule.default !== undefined && path.startsWith(prefix) && !/[.[]/.test(path.slice(prefix.length)))
        .map(([path, rule]) => [path.slice(prefix.length), rule.default] as const).filter(([name]) => inputs[name] === undefined);
    const filled = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, fillInside(rules, value, prefix + name)]));
    if (here.length === 0) return filled;
    return { ...filled, ...Object.fromEntries(here), [DEFAULTS]: [...((inputs[DEFAULTS] as string[] | undefined) ?? []), ...here.map(([name]) => name)] };
}

function fillInside(rules: Rules, value: unknown, path: string): unknown {
    if (Array.isArray(value)) return value.map((element) => fillInside(rules, element, `${path}[*]`));
    return isObject(value) && !isSigned(value) ? fillDefaults(rules, value, `${path}.`) : value;
}

/** For `matches`: a regular expression that compiles. */
export function isPattern(text: string): boolean {
    try {
        return new RegExp(text) instanceof RegExp;
    } catch {
        return false;
    }
}

function wrongValue(path: string, value: unknown, rule: Rule): string | undefined {
    const { oneOf, range, length, pattern, matches, says } = rule;
    if (oneOf && !(oneOf as unknown[]).includes(normalOf(rule, value))) return `expected ${path} to be one of ${JSON.stringify(oneOf)}, got ${String(value)}`;
    if (typeof value === "number") {
        if (range && (value < range[0] || value > range[1])) return `expected ${path} to be in the range (${range[0]} - ${range[1]}), got ${value}`;
        if (rule.whole && !Number.isInteger(value)) return `expected ${path} to be a whole number, got ${value}`;
    }
    const text = String(normalOf(rule, value));
    if (typeof value === "string" && (pattern?.test(text) === false || matches?.(text) === false)) return `"${path}": "${value}" ${says ?? `does not match ${pattern?.source}`}`;
    const size = typeof value === "string" ? [...value].length : Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0;
    if (length && (size < length[0] || size > length[1])) return `expected the length of ${path} to be in the range (${length[0]} - ${length[1]}), got ${size}`;
    return undefined;
}

/** All values under a pattern, each with its own path: "routes[*].cidrBlock" gives "routes[0].cidrBlock" and so on. */
export function valuesAt(values: Values, pattern: string): [path: string, value: unknown][] {
    const found: [string, unknown][] = [];
    map(values, steps(pattern), "", (value, path) => (found.push([path, value]), value));
    return found;
}

function map(value: unknown, rest: string[], path: string, change: (value: unknown, path: string) => unknown): unknown {
    const [step, ...more] = rest;
    if (value === undefined || value === null) return value;
    if (step === undefined) return change(value, path);
    if (step === "[*]") return Array.isArray(value) ? value.map((element, i) => map(element, more, `${path}[${i}]`, change)) : value;
    const index = /^\[(\d+)\]$/.exec(step)?.[1];
    if (index !== undefined) return Array.isArray(value) ? value.map((element, i) => (i === Number(index) ? map(element, more, `${path}${step}`, change) : element)) : value;
    return isObject(value) && step in value ? { ...value, [step]: map(value[step], more, path ? `${path}.${step}` : step, change) } : value;
}

function steps(pattern: string): string[] {
    return pattern.match(/\[(?:\*|\d+)\]|[^.[]+/g) ?? [];
}

function indexesOf(path: string): string[] {
    return path.match(/\[\d+\]/g) ?? [];
}
