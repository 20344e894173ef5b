import { z } from "zod";

/** One setting: how it is checked, what it is for, and what it looks like. */
export interface Field<T extends z.ZodType = z.ZodType> {
    schema: T;
    /** A sentence for docs/settings.md. */
    about: string;
    /** As it stands in Pulumi.<stack>.yaml; the value that `pulumi config set` would take. */
    example: string;
    /** Must be stored encrypted (`pulumi config set --secret`). */
    secret?: true;
    /** What does not work without it: a model service, or the bundled app as a whole. */
    neededFor?: Need;
}

export type Need = "ark" | "deepseek" | "chat";

export function field<T extends z.ZodType>(schema: T, about: string, example: string): Field<T> {
    return { schema, about, example };
}

export function secret<T extends z.ZodType>(schema: T, about: string): Field<T> & { secret: true } {
    return { schema, about, example: "(secret)", secret: true };
}

/** A setting that may be left out if the app does not need it: an app of one's own, or another model service. */
export function neededFor<F extends Field>(need: Need, one: F): F & { neededFor: Need } {
    return { ...one, neededFor: need };
}

/** Config values arrive as text; these kinds are read as JSON before they are checked. */
export const list = <T extends z.ZodType>(item: T) => z.preprocess(json, z.array(item, { error: "is not a list" }).superRefine((items, context) => {
    // Each becomes a resource of its own, named after it.
    items.forEach((one, index) => {
        if (items.indexOf(one) < index) context.addIssue({ code: "custom", path: [index], message: "is there twice" });
    });
}));
export const object = <T extends z.ZodRawShape>(shape: T) => z.preprocess(json, z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? `has a part that is none: ${issue.keys.join(", ")}` : "is not a group of settings"),
}));
/** Settings that the user names; `rule` says which names there may be. */
export const record = <T extends z.ZodType<string>>(value: T, rule: RegExp, complaint: string) =>
    z.preprocess(json, z.record(z.string(), value, { error: "is not a group of settings" }).superRefine((all, context) => {
        for (const name of Object.keys(all)) if (!rule.test(name)) context.addIssue({ code: "custom", path: [name], message: complaint });
    }));
export const whole = (from: number, to: number) =>
    z.preprocess(json, z.number({ error: "is not a number" }).int("is not a whole number").min(from, `is less than ${from}`).max(to, `is more than ${to}`));
export const text = () => z.string().trim().min(1, "is empty");

function json(value: unknown): unknown {
    if (typeof value !== "string") return value;
    try {
        return JSON.parse(value);
    } catch {
        return value;
    }
}
