import { randomUUID } from "node:crypto";
import type { Difference, Kind, ObjectSchema } from "./kind";
import { ruled, type Rules } from "./rules";
import type { Values } from "./values";

/** A resource that lives in Pulumi's state alone: a key, a certificate, a password. Nobody can find it again. */
export function valueKind<I extends Values>(definition: Pick<Kind<I, Values>, "token" | "rules" | "exactlyOneOf" | "atLeastOneOf" | "check" | "diff"> & {
    schema: ObjectSchema;
    make(inputs: I): Promise<{ id?: string; outputs: Values }>;
    /** Outputs that are read off the clock. */
    now?(state: Values): Values;
    /** What changes without a new value, after its plan was compared. */
    inPlace?(difference: Difference, olds: Values, news: Partial<I>): boolean;
}): Kind<I, Values> {
    const { make, now = () => ({}), inPlace = () => false, diff = (_olds, _news, found) => found, ...kind } = definition;
    return {
        ...kind,
        check: ruled<I>(kind),
        replaceOn: ["*"],
        diff: (olds, news, found) => diff(olds, news, found.map((one) => (inPlace(one, olds, news) ? { ...one, replace: false } : one))),
        async update(_id, olds, news) {
            const kept = Object.entries(olds).filter(([name]) => name in news || !(name in kind.schema.properties) || kind.schema.computed?.includes(name));
            const state = { ...Object.fromEntries(kept), ...defaultsOf(kind.rules), ...news };
            return { ...state, ...now(state) };
        },
        stateOnly: true,
        async create(inputs) {
            const { id = randomUUID(), outputs } = await make(inputs);
            return { id, state: { ...defaultsOf(kind.rules), ...outputs, id } };
        },
        read: async (_id, _context, prior) => prior && { ...prior, ...now(prior) },
        delete: async () => undefined,
    };
}

/** What a plan holds for the arguments that a program leaves out. */
function defaultsOf(rules: Rules = {}): Values {
    return Object.fromEntries(Object.entries(rules).flatMap(([name, rule]) => (rule.default === undefined ? [] : [[name, rule.default]])));
}
