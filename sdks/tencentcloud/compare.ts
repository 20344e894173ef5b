/** Is our schema a part of the real one? `npx tsx sdks/tencentcloud/compare.ts <real schema.json>` */
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Property { type?: string; $ref?: string; items?: Property; additionalProperties?: Property }
interface Resource { inputProperties?: Record<string, Property>; requiredInputs?: string[]; properties?: Record<string, Property> }
interface Schema { resources: Record<string, Resource>; types: Record<string, { properties: Record<string, Property> }>; provider: Resource }

/** A line for each thing of `ours` that `real` has not, or has otherwise. */
export function differences(ours: Schema, real: Schema): string[] {
    const lines: string[] = [];
    const compare = (where: string, mine: Record<string, Property> = {}, theirs: Record<string, Property> = {}) => {
        for (const [name, property] of Object.entries(mine)) {
            if (!theirs[name]) lines.push(`${where}.${name} is not there`);
            else if (shape(property) !== shape(theirs[name])) lines.push(`${where}.${name} is ${shape(theirs[name])}, not ${shape(property)}`);
        }
    };
    compare("provider", ours.provider.inputProperties, real.provider.inputProperties);
    for (const [token, mine] of Object.entries(ours.resources)) {
        const theirs = real.resources[token];
        if (!theirs) {
            lines.push(`${token} is not there`);
            continue;
        }
        compare(token, mine.inputProperties, theirs.inputProperties);
        compare(`${token} (output)`, mine.properties, theirs.properties);
        for (const name of theirs.requiredInputs ?? []) if (!mine.requiredInputs?.includes(name)) lines.push(`${token}.${name} is required`);
    }
    for (const [token, mine] of Object.entries(ours.types)) compare(token, mine.properties, real.types[token]?.properties);
    return lines;
}

/** Whole numbers and others are one to a program in TypeScript. */
function shape(property: Property): string {
    if (property.$ref) return property.$ref;
    if (property.items) return `list of ${shape(property.items)}`;
    if (property.additionalProperties) return `map of ${shape(property.additionalProperties)}`;
    return property.type === "integer" ? "number" : String(property.type);
}

if (require.main === module) {
    const [, , file] = process.argv;
    if (!file) throw new Error("Name the file with the real schema.");
    const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Schema;
    const lines = differences(read(join(__dirname, "schema.json")), read(file));
    console.log(lines.length === 0 ? "Ours is a part of the real one." : lines.join("\n"));
    process.exitCode = lines.length === 0 ? 0 : 1;
}
