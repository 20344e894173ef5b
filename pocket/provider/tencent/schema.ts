import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ObjectSchema, PropertySchema } from "../kind";

/** The parts of a Pulumi package schema that say which arguments there are. */
export interface PackageDocument {
    version: string;
    parameterization: { baseProvider: { name: string; version: string } };
    provider: { inputProperties?: Record<string, Property> };
    types?: Record<string, { properties?: Record<string, Property>; required?: string[] }>;
    resources: Record<string, { inputProperties?: Record<string, Property>; requiredInputs?: string[]; properties?: Record<string, Property>; required?: string[] }>;
    functions?: Record<string, { inputs?: { properties?: Record<string, Property>; required?: string[] } }>;
}
interface Property { type?: string; $ref?: string; items?: Property; additionalProperties?: Property; secret?: boolean }

/** The same document that the program's local package is made from, so that the two cannot differ. */
export const document = JSON.parse(readFileSync(join(__dirname, "../../../sdks/tencentcloud/schema.json"), "utf8")) as PackageDocument;

export function resourceSchema(from: PackageDocument, token: string): ObjectSchema {
    const resource = from.resources[token];
    if (!resource) throw new Error(`the schema of tencentcloud does not have ${token}`);
    const secretOutputs = Object.entries(resource.properties ?? {}).filter(([, p]) => p.secret).map(([name]) => name);
    const { inputProperties = {}, requiredInputs = [], required: always = [] } = resource;
    // An argument may be left out and is always there afterwards: the service computes it, or the provider has a default.
    const computed = Object.keys(inputProperties).filter((name) => !requiredInputs.includes(name) && always.includes(name));
    return { properties: properties(from, inputProperties), required: requiredInputs, computed, secretOutputs };
}

export function functionSchema(from: PackageDocument, token: string): ObjectSchema | undefined {
    const inputs = from.functions?.[token]?.inputs;
    return inputs && { properties: properties(from, inputs.properties), required: inputs.required ?? [] };
}

export function configSchema(from: PackageDocument): ObjectSchema {
    return { properties: properties(from, from.provider.inputProperties), required: [] };
}

function properties(from: PackageDocument, all: Record<string, Property> = {}): Record<string, PropertySchema> {
    return Object.fromEntries(Object.entries(all).map(([name, property]) => [name, convert(from, property)]));
}

function convert(from: PackageDocument, property: Property): PropertySchema {
    if (property.$ref) {
        const type = from.types?.[property.$ref.replace("#/types/", "")];
        return type ? { type: "object", properties: properties(from, type.properties), required: type.required ?? [] } : { type: "any" };
    }
    switch (property.type) {
        case "array": return { type: "array", items: property.items && convert(from, property.items) };
        case "object": return { type: "map", items: property.additionalProperties && convert(from, property.additionalProperties) };
        case "integer": return { type: "number" };
        case "string": case "number": case "boolean": return { type: property.type };
        default: return { type: "any" };
    }
}
