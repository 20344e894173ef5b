import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ObjectSchema, PropertySchema } from "../kind";
import type { Rules } from "../rules";

/** The parts of a Pulumi package schema that say which arguments there are. */
export interface PackageDocument {
    version: string;
    parameterization: { baseProvider: { name: string; version: string } };
    provider: { inputProperties?: Record<string, Property> };
    types?: Record<string, Type>;
    resources: Record<string, { inputProperties?: Record<string, Property>; requiredInputs?: string[]; properties?: Record<string, Property>; required?: string[] }>;
    functions?: Record<string, { inputs?: { properties?: Record<string, Property>; required?: string[] } }>;
}
interface Type { properties?: Record<string, Property>; required?: string[]; language?: { nodejs?: { requiredOutputs?: string[] } } }
interface Property { type?: string; $ref?: string; items?: Property; additionalProperties?: Property; secret?: boolean }

/** The same document that the program's local package is made from, so that the two cannot differ. */
export const document = JSON.parse(readFileSync(join(__dirname, "../../../sdks/tencentcloud/schema.json"), "utf8")) as PackageDocument;

export function resourceSchema(from: PackageDocument, token: string): ObjectSchema {
    const resource = from.resources[token];
    if (!resource) throw new Error(`the schema of tencentcloud does not have ${token}`);
    const secretOutputs = Object.entries(resource.properties ?? {}).filter(([, p]) => p.secret).map(([name]) => name);
    const { inputProperties = {}, requiredInputs = [], required: always = [] } = resource;
    return { properties: properties(from, inputProperties), required: requiredInputs, computed: computed(inputProperties, requiredInputs, always), secretOutputs };
}

/** What may be left out and is always there afterwards, the service computes (pulumi-terraform-bridge, pkg/tfgen, `optional`). */
function computed(inputs: Record<string, Property>, required: string[], always: string[]): string[] {
    return Object.keys(inputs).filter((name) => !required.includes(name) && always.includes(name));
}

/** Each number of these resources is a TypeInt, for which Terraform takes no fraction; the bridge knows numbers alone. */
export function wholeNumbers(from: PackageDocument, token: string): Rules {
    return Object.fromEntries(numbers(from, from.resources[token]?.inputProperties, "").map((path) => [path, { whole: true }]));
}

function numbers(from: PackageDocument, members: Record<string, Property> = {}, prefix: string): string[] {
    return Object.entries(members).flatMap(([name, property]) => {
        if (property.type === "number" || property.type === "integer") return [prefix + name];
        const inside = typeOf(from, property.items ?? property)?.properties;
        return inside ? numbers(from, inside, `${prefix}${name}${property.items ? "[*]" : ""}.`) : [];
    });
}

function typeOf(from: PackageDocument, { $ref }: Property): Type | undefined {
    return $ref === undefined ? undefined : from.types?.[$ref.replace("#/types/", "")];
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
        const type = typeOf(from, property);
        if (!type) return { type: "any" };
        const { properties: members = {}, required = [] } = type;
        return { type: "object", properties: properties(from, members), required, computed: computed(members, required, type.language?.nodejs?.requiredOutputs ?? []) };
    }
    switch (property.type) {
        case "array": return { type: "array", items: property.items && convert(from, property.items) };
        case "object": return { type: "map", items: property.additionalProperties && convert(from, property.additionalProperties) };
        case "integer": return { type: "number" };
        case "string": case "number": case "boolean": return { type: property.type };
        default: return { type: "any" };
    }
}
