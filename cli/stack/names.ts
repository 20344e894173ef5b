import { distance } from "fastest-levenshtein";
import { Fault } from "../../errors/fault";

/** The stacks in the order in which they come up; each reads only the ones before it. */
export const stacks = ["cn", "us", "edge"] as const;
export type Stack = (typeof stacks)[number];

/** The stacks that are regions: those with machines. */
export const regions = ["cn", "us"] as const;
export type Region = (typeof regions)[number];

/** The places that visitors stand in. */
export const places = ["us", "cn", "eu"] as const;

/** What was asked for in the order of coming up, each once; nothing asked is all. Throws STACK_UNKNOWN. */
export function parseStacks(asked: string[]): Stack[] {
    for (const name of asked) oneOf(stacks, name, "STACK_UNKNOWN");
    return asked.length === 0 ? [...stacks] : stacks.filter((stack) => asked.includes(stack));
}

/** The name if it is one of the known ones, else the fault with the nearest. */
export function oneOf<T extends string>(known: readonly T[], name: string, code: "STACK_UNKNOWN" | "REGION_UNKNOWN" | "PLACE_UNKNOWN"): T {
    if ((known as readonly string[]).includes(name)) return name as T;
    const [nearest] = [...known].sort((a, b) => distance(a, name) - distance(b, name));
    throw new Fault(code, { name, known: known.join(", "), nearest: nearest! });
}
