import { closest, distance } from "fastest-levenshtein";
import type { Field } from "./field";
import { isChat } from "./own-app";
import { fields, type Values, type StackName } from "./schema";

/** The config of a stack as Pulumi keeps it: text by setting, without the namespace. */
export interface Raw {
    values: Record<string, string>;
    /** Settings that are stored encrypted. */
    secrets: ReadonlySet<string>;
}

export type Parsed<S extends StackName> = { settings: Values<S> } | { faults: string[] };

/**
 * Checks a stack's settings and fills in the defaults.
 * Tells every fault at once: whoever mends one should not meet the next at the following `pulumi up`.
 * No value of a secret is repeated.
 */
export function parse<S extends StackName>(stack: S, raw: Raw): Parsed<S> {
    const known: Record<string, Field> = fields[stack];
    const faults = Object.keys(raw.values).filter((name) => !(name in known)).map((name) => unknown(name, stack));
    const settings: Record<string, unknown> = {};
    for (const [name, one] of Object.entries(known)) {
        const value = raw.values[name];
        const result = one.schema.safeParse(value);
        if (result.success) settings[name] = result.data;
        if (value === undefined) {
            if (!result.success) faults.push(`${name} is missing: ${command(stack, name, one)}`);
        } else if (one.secret && !raw.secrets.has(name)) {
            faults.push(`${name} is stored in plain text: ${command(stack, name, one)}`);
        } else if (!result.success) {
            faults.push(...result.error.issues.map((issue) => told(name, value, one, issue.path, issue.message)));
        }
    }
    faults.push(...disagreements(stack, settings, raw.values));
    return faults.length > 0 ? { faults } : { settings: settings as Values<S> };
}

/** What is right by itself and wrong together. */
function disagreements(stack: StackName, settings: Record<string, unknown>, given: Record<string, string>): string[] {
    return [...zoneElsewhere(settings), ...imageElsewhere(settings), ...keyTwice(settings), ...accessMissing(stack, settings, given)];
}

/** At either cloud a zone begins with its region's name. */
function zoneElsewhere({ zone, tencentRegion, awsRegion }: Record<string, unknown>): string[] {
    const region = tencentRegion ?? awsRegion;
    if (!zone || !region || String(zone).startsWith(String(region))) return [];
    return [`zone: "${zone}" is not in ${region}, which is the ${tencentRegion ? "tencentRegion" : "awsRegion"}`];
}

/** AWS regions outside the partition `aws` (docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html). */
const partitions: [beginning: RegExp, name: string][] = [[/^us-gov-/, "AWS GovCloud"], [/^cn-/, "AWS China"], [/^(us-iso|eu-iso)/, "an isolated partition of AWS"], [/^eusc-/, "the AWS European Sovereign Cloud"]];

/** Canonical publishes Ubuntu there from other accounts, so the look-up of the newest image finds none. */
function imageElsewhere({ awsRegion, image }: Record<string, unknown>): string[] {
    const [, partition] = partitions.find(([beginning]) => beginning.test(String(awsRegion))) ?? [];
    if (!partition || image !== undefined) return [];
    return [`awsRegion: "${String(awsRegion)}" is in ${partition}, where Ubuntu's images have another owner: set image to one of Ubuntu 22.04 there, or take another region`];
}

function keyTwice({ jwtKey, jwtKeyAccepted }: Record<string, unknown>): string[] {
    return jwtKey !== undefined && jwtKey === jwtKeyAccepted ? [`jwtKeyAccepted: ${jwtKeyAccepted} is the jwtKey itself, whose tokens are good anyway`] : [];
}

/** An app of one's own needs neither WeChat nor a model service. */
function accessMissing(stack: StackName, settings: Record<string, unknown>, given: Record<string, string>): string[] {
    const known: [string, Field][] = Object.entries(fields[stack]);
    const services = (settings.llmUpstreams ?? []) as unknown[];
    const isNeeded = ({ neededFor }: Field) => neededFor !== undefined && (neededFor === "chat" || services.includes(neededFor));
    return known
        .filter(([name, one]) => isChat(settings) && isNeeded(one) && given[name] === undefined)
        .map(([name, one]) => `${name} is missing, and ${one.neededFor === "chat" ? "the app is the bundled one" : `llmUpstreams names ${one.neededFor}`}: ${command(stack, name, one)}`);
}

function told(name: string, value: string, one: Field, path: PropertyKey[], message: string): string {
    const place = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
    if (one.secret) return `${name}${place} ${message}`;
    let at: unknown = value;
    if (path.length > 0) at = path.reduce<unknown>((from, part) => (from as Record<PropertyKey, unknown> | undefined)?.[part], JSON.parse(value));
    if (at === undefined) return `${name}${place} is missing, as in ${one.example}`;
    return `${name}${place}: ${typeof at === "string" ? `"${at}"` : JSON.stringify(at)} ${message}`;
}

function unknown(name: string, stack: StackName): string {
    const names = Object.keys(fields[stack]);
    const nearest = closest(name, names);
    // Farther than this, a suggestion is a guess.
    const alike = distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, name.length / 3);
    const elsewhere = (Object.keys(fields) as StackName[]).filter((other) => name in fields[other]);
    if (elsewhere.length > 0) return `${name} is a setting of ${elsewhere.join(" and ")}, not of ${stack}: pulumi config rm antipode:${name} --stack ${stack}`;
    return `${name} is not a setting${alike ? `; did you mean ${nearest}?` : " (all are in docs/settings.md)"}`;
}

/** The line that sets it. A secret is asked for on the terminal, so that it stays out of the shell's history. */
function command(stack: StackName, name: string, one: Field): string {
    return one.secret
        ? `pulumi config set --stack ${stack} --secret antipode:${name}`
        : `pulumi config set --stack ${stack} antipode:${name} '${one.example}'`;
}
