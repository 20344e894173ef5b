import { createHash, randomBytes } from "node:crypto";
import type { Kind } from "./kind";
import type { Values } from "./values";

/** Inputs hold here the names that nobody gave, as the Terraform bridge does. */
export const DEFAULTS = "__defaults";

/**
 * Fills in the name that the program left out: `<urn name>-<7 hex>` as the bridge names, the same one as long as the
 * resource lives. `seed` is the engine's, so that preview and update agree.
 */
export function autoName(kind: Kind, name: string, news: Values, olds: Values, seed: Uint8Array): Values {
    const rule = kind.autoName;
    if (!rule || news[rule.property] !== undefined) return news;
    // The bridge gives no default to what conflicts with a property that is given (pkg/tfbridge/schema.go, buildConflictsWith).
    if (rule.unless !== undefined && news[rule.unless] !== undefined) return news;
    const kept = defaulted(olds).includes(rule.property) ? olds[rule.property] : undefined;
    return { ...news, [rule.property]: kept ?? fresh(name, rule.maxLength, seed), [DEFAULTS]: [rule.property] };
}

/** A resource whose name was given cannot stand beside its successor. */
export function mustDeleteFirst(kind: Kind, news: Values): boolean {
    if (kind.deleteBeforeReplace !== undefined) return kind.deleteBeforeReplace;
    if (kind.bridge !== "sdk") return false;
    const property = kind.autoName?.property;
    return property !== undefined && news[property] !== undefined && !defaulted(news).includes(property);
}

function defaulted(values: Values): unknown[] {
    return Array.isArray(values[DEFAULTS]) ? values[DEFAULTS] : [];
}

function fresh(name: string, maxLength: number, seed: Uint8Array): string {
    const entropy = seed.length > 0 ? createHash("sha256").update(seed).digest("hex") : randomBytes(8).toString("hex");
    return `${name.slice(0, maxLength - 8)}-${entropy.slice(0, 7)}`;
}
