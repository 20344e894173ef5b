import type { Resource } from "../../model";
import type { Store } from "../../store";
import type { Context, Failure, Kind } from "../kind";
import { base36Id, recordKind, type RecordKind } from "../record";
import type { Rules, Trouble } from "../rules";
import type { Values } from "../values";
import { failure, refuse } from "./refuse";
import { document, resourceSchema, wholeNumbers } from "./schema";
import { checkTags } from "./tags";

export const CLOUD = "tencent";

const CODES: { [trouble in Trouble]: string } = { value: "InvalidParameterValue", combination: "InvalidParameterCombination", missing: "MissingParameter" };

type Definition<I extends Values, S> = Omit<RecordKind<I, S>, "cloud" | "schema" | "newId" | "token" | "missing"> & {
    token: string; prefix?: string; newId?(inputs: I): string;
    /** The API's code for an unknown id; ResourceNotFound, as the VPC's API says, unless told. */
    notFound?: string;
};

/** A resource of Tencent Cloud; `token` is the last part: "securityGroup:SecurityGroup". */
export function tencentKind<I extends Values, S extends Values>(definition: Definition<I, S>): Kind<I, S> {
    const token = `tencentcloud:index/${definition.token}`;
    return recordKind<I, S>({
        ...definition, token, bridge: "dynamic", cloud: CLOUD, schema: resourceSchema(document, token),
        rules: merged(wholeNumbers(document, token), definition.rules ?? {}),
        word: (property, trouble, message) => failure(property, CODES[trouble], message),
        check: (inputs, context) => [...checkTags(inputs), ...(definition.check?.(inputs, context) ?? [])],
        newId: definition.newId ?? (() => base36Id(`${definition.prefix}-`)),
        missing: (id) => refuse(definition.notFound ?? "ResourceNotFound", `The ${definition.kind} \`${id}\` does not exist.`),
    });
}

function merged(one: Rules, other: Rules): Rules {
    return { ...one, ...Object.fromEntries(Object.entries(other).map(([path, rule]) => [path, { ...one[path], ...rule }])) };
}

export function lookUp<S extends Values>(context: Context, kind: string, id: string, code: string, property: string): Resource<S> {
    const found = context.store.get<S>(CLOUD, id);
    if (found?.kind !== kind || found.region !== context.region) throw refuse(code, `The ${kind} \`${id}\` does not exist in ${context.region}.`, property);
    return found;
}

export function list<S extends Values>(store: Store, kind: string, where: (props: S) => boolean = () => true): Resource<S>[] {
    return store.list<S>(CLOUD, kind).filter((r) => where(r.props));
}

/** Tencent counts bytes, and a Chinese character has three. */
export function nameLength(property: string, value: string | undefined, max: number): Failure[] {
    const bytes = Buffer.byteLength(value ?? "");
    if (value === undefined || (bytes >= 1 && bytes <= max)) return [];
    return [failure(property, "InvalidParameterValue.TooLong", `the length of ${property} must be between 1 and ${max} bytes, got ${bytes}`)];
}

/** A point in time as Tencent's API writes it. */
export function now(): string {
    return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}
