import { parse as parseYaml } from "yaml";
import type { Field } from "./field";
import type { Raw } from "./parse";
import { fields, type StackName } from "./schema";

/** The examples of all settings that a stack must have, as one configuration in the form that Pulumi hands over. */
export function examples(stack: StackName): Raw {
    const known: Record<string, Field> = fields[stack];
    const asked = known.llmUpstreams?.schema.parse(undefined) as unknown[] | undefined;
    const needed = Object.entries(known).filter(([, one]) => !one.schema.safeParse(undefined).success || one.neededFor === "chat" || asked?.includes(one.neededFor));
    return {
        values: Object.fromEntries(needed.map(([name, one]) => [name, one.secret ? `the ${name}` : handedOver(one.example)])),
        secrets: new Set(needed.filter(([, one]) => one.secret).map(([name]) => name)),
    };
}

/** Pulumi gives lists and groups to the program as JSON, whatever the YAML looked like. */
function handedOver(example: string): string {
    return /^[[{]/.test(example) ? JSON.stringify(parseYaml(example)) : example;
}
