import type { Failure } from "../kind";
import { Refusal } from "../refusal";

/** As Cloudflare's client words an error of the API; the argument to mend stands at its end. */
export function refuse(call: string, status: string, code: number, message: string, property?: string): Refusal {
    const where = property ? ` (argument "${property}")` : "";
    const body = JSON.stringify({ success: false, errors: [{ code, message }], messages: [], result: null });
    return new Refusal(String(code), `${call}: ${status} ${body}${where}`, property);
}

/** What the provider's own validators refuse to plan. */
export function failure(property: string, message: string): Failure {
    return { property, reason: `Invalid Attribute Value: ${property} ${message}` };
}

/** What Cloudflare has and the pocket does not. */
export function unserved(property: string, message: string): Failure {
    return { property, reason: `UnsupportedInPocket: ${message}` };
}

export function oneOf(property: string, value: unknown, allowed: readonly string[]): Failure[] {
    if (value === undefined || allowed.includes(String(value))) return [];
    return [failure(property, `must be one of ${allowed.map((a) => `"${a}"`).join(", ")}, got "${String(value)}"`)];
}

export function within(property: string, value: unknown, least: number, most: number): Failure[] {
    if (typeof value !== "number" || (value >= least && value <= most)) return [];
    return [failure(property, `must be between ${least} and ${most}, got ${value}`)];
}
