import type { ObjectSchema } from "../kind";
import schema from "./schema.json";

/** What `@pulumi/docker` lets a program write; schema.json is made by ../schema/write.ts. */
export const { version } = schema;
export const config = schema.config as ObjectSchema;
export const resources = schema.resources as unknown as Record<string, ObjectSchema>;
