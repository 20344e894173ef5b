import { z } from "zod";

export type JsonSchema = Record<string, unknown>;

/**
 * A zod schema as JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. What zod can check and JSON Schema cannot say
 * (a refinement) is left out.
 * @param io as it is sent to us (`input`), or by us (`output`)
 */
export function jsonSchema(schema: z.ZodType, io: "input" | "output"): JsonSchema {
    const { $schema, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any", override: ({ jsonSchema }) => simplify(jsonSchema) });
    return json;
}

/** The format of a date says the same as its pattern of 300 characters. */
function simplify(schema: JsonSchema): void {
    if (schema.format === "date-time") delete schema.pattern;
}
