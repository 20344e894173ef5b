import * as pulumi from "@pulumi/pulumi";
import { Fault } from "../../errors/fault";
import { parse } from "./parse";
import type { Field } from "./field";
import { fields, type Settings, type StackName, type Values } from "./schema";

const namespace = "antipode:";

/**
 * The settings of the stack that is being run.
 * @throws pulumi.RunError with every fault; Pulumi shows it without a stack trace.
 */
export function loadSettings<S extends StackName>(stack: S): Settings<S> {
    const values: Record<string, string> = {};
    for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
        if (key.startsWith(namespace)) values[key.slice(namespace.length)] = value;
    }
    const secrets = new Set(Object.keys(values).filter((name) => isSecret(`${namespace}${name}`)));
    const parsed = parse(stack, { values, secrets });
    if ("settings" in parsed) return sealed(stack, parsed.settings);
    const fault = new Fault("SETTINGS_INVALID", { stack, faults: parsed.faults.map((line) => `  - ${line}`).join("\n") });
    throw new pulumi.RunError(fault.report());
}

/** A secret as a plain text would reach the state in plain text with the first resource that it is given to. */
function sealed<S extends StackName>(stack: S, values: Values<S>): Settings<S> {
    const known: Record<string, Field> = fields[stack];
    const entries = Object.entries(values).map(([name, value]) => [name, known[name]?.secret && value !== undefined ? seal(value) : value]);
    return Object.fromEntries(entries) as Settings<S>;
}

/** The names in a group of secrets stay plain: resources are called by them. */
function seal(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return pulumi.secret(value);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, pulumi.secret(one as string)]));
}

/** Pulumi's own test; it is exported by the runtime, but its typings keep it internal. */
const { isConfigSecret: isSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };
