import { closest, distance } from "fastest-levenshtein";
import type { Failure, ObjectSchema, PropertySchema } from "./kind";
import { UNKNOWN, isObject, isSecret, isSigned, type Values } from "./values";

/** Everything about `inputs` that the schema does not allow. Secrets are looked into; unknown values pass. */
export function checkSchema(inputs: Values, schema: ObjectSchema): Failure[] {
    return members(inputs, schema.properties, schema.required, "");
}

/** "Did you mean …?" when a right name is near enough to be meant. */
export function nearest(wrong: string, right: string[]): string {
    if (right.length === 0) return "";
    const best = closest(wrong, right);
    return distance(wrong.toLowerCase(), best.toLowerCase()) <= Math.max(2, wrong.length / 3) ? ` Did you mean "${best}"?` : "";
}

function members(inputs: Values, properties: Record<string, PropertySchema>, required: string[], prefix: string): Failure[] {
    const failures: Failure[] = [];
    for (const [name, value] of Object.entries(inputs)) {
        if (name.startsWith("__")) continue;
        const schema = properties[name];
        if (!schema) {
            failures.push({ property: prefix + name, reason: `unknown property "${prefix + name}".${nearest(name, Object.keys(properties))}` });
        } else if (value !== undefined && value !== null) {
            failures.push(...fits(value, schema, prefix + name));
        }
    }
    for (const name of required) {
        if (inputs[name] === undefined || inputs[name] === null) {
            failures.push({ property: prefix + name, reason: `missing required property "${prefix + name}"` });
        }
    }
    return failures;
}

function fits(value: unknown, schema: PropertySchema, path: string): Failure[] {
    if (isSecret(value)) return fits(value.value, schema, path);
    if (value === UNKNOWN || schema.type === "any" || isSigned(value)) return [];
    const wrong = [{ property: path, reason: `"${path}" must be ${words[schema.type]}, not ${nameOf(value)}` }];
    switch (schema.type) {
        case "array":
            return Array.isArray(value) ? value.flatMap((v, i) => fits(v, schema.items ?? { type: "any" }, `${path}[${i}]`)) : wrong;
        case "map":
            return isObject(value) ? Object.entries(value).flatMap(([k, v]) => fits(v, schema.items ?? { type: "any" }, `${path}.${k}`)) : wrong;
        case "object":
            return isObject(value) ? members(value, schema.properties ?? {}, schema.required ?? [], `${path}.`) : wrong;
        default:
            return typeof value === schema.type ? [] : wrong;
    }
}

const words = {
    string: "a string", number: "a number", boolean: "a boolean", array: "a list", map: "a map", object: "an object", any: "anything",
};

function nameOf(value: unknown): string {
    if (Array.isArray(value)) return "a list";
    return isObject(value) ? "an object" : `the ${typeof value} ${JSON.stringify(value)}`;
}
