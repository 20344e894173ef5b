import { randomUUID } from "node:crypto";
import type { Kind, ObjectSchema } from "./kind";
import { ruled } from "./rules";
import type { Values } from "./values";

/** A resource that lives in Pulumi's state alone: a key, a certificate, a password. Nobody can find it again. */
export function valueKind<I extends Values>(definition: Pick<Kind<I, Values>, "token" | "rules" | "exactlyOneOf" | "atLeastOneOf" | "check" | "diff"> & {
    schema: ObjectSchema;
    make(inputs: I): Promise<{ id?: string; outputs: Values }>;
    /** Outputs that are read off the clock. */
    now?(state: Values): Values;
}): Kind<I, Values> {
    const { make, now = () => ({}), ...kind } = definition;
    return {
        ...kind,
        check: ruled<I>(kind),
        replaceOn: ["*"],
        stateOnly: true,
        async create(inputs) {
            const { id = randomUUID(), outputs } = await make(inputs);
            return { id, state: { ...outputs, id } };
        },
        read: async (_id, _context, prior) => prior && { ...prior, ...now(prior) },
        delete: async () => undefined,
    };
}
