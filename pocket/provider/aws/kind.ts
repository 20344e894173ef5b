import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Resource } from "../../model";
import type { Store } from "../../store";
import type { Context, Kind } from "../kind";
import type { Refusal } from "../refusal";
import { hexId, recordKind, type RecordKind } from "../record";
import type { PackageSchema } from "../schema/derive";
import type { Values } from "../values";
import { ACCOUNT, regions } from "./catalogue";
import type { Trouble } from "../rules";
import { failure, refuse } from "./refuse";
import { checkTags } from "./tags";

export const CLOUD = "aws";
export const schema = JSON.parse(readFileSync(join(__dirname, "schema.json"), "utf8")) as PackageSchema;

/** Digits of the ids that EC2 gives. */
const DIGITS = 17;

/** What EC2 answers about an unknown id of each kind (EC2 API reference, "Error codes"), and the operation that looks for one. */
const NOT_FOUND: { [kind: string]: [code: string, operation: string] } = {
    vpc: ["InvalidVpcID.NotFound", "DescribeVpcs"],
    subnet: ["InvalidSubnetID.NotFound", "DescribeSubnets"],
    internetGateway: ["InvalidInternetGatewayID.NotFound", "DescribeInternetGateways"],
    routeTable: ["InvalidRouteTableID.NotFound", "DescribeRouteTables"],
    routeTableAssociation: ["InvalidAssociationID.NotFound", "DescribeRouteTables"],
    securityGroup: ["InvalidGroup.NotFound", "DescribeSecurityGroups"],
    securityGroupRule: ["InvalidSecurityGroupRuleId.NotFound", "DescribeSecurityGroupRules"],
    keyPair: ["InvalidKeyPair.NotFound", "DescribeKeyPairs"],
    instance: ["InvalidInstanceID.NotFound", "DescribeInstances"],
    eip: ["InvalidAllocationID.NotFound", "DescribeAddresses"],
    eipAssociation: ["InvalidAssociationID.NotFound", "DescribeAddresses"],
};

const CODES: { [trouble in Trouble]: string } = { value: "InvalidParameterValue", combination: "InvalidParameterCombination", missing: "MissingParameter" };

type Definition<I extends Values, S> = Omit<RecordKind<I, S>, "cloud" | "schema" | "newId" | "missing"> & { prefix?: string; newId?(inputs: I): string };

/** An EC2 resource: its schema from the SDK, its id by prefix, `arn`, `region` and `tagsAll` filled in. */
export function awsKind<I extends Values, S extends Values>(definition: Definition<I, S>): Kind<I, S> {
    const args = schema.resources[definition.token];
    if (!args) throw new Error(`no schema for ${definition.token}: add it to schema/tokens.ts`);
    const kind = recordKind<I, S>({
        bridge: "sdk",
        word: (property, trouble, message) => failure(property, CODES[trouble], message),
        ...definition,
        rules: { region: { oneOf: regions }, ...definition.rules },
        check: (inputs, context) => [...checkTags(inputs as Values, context.config), ...(definition.check?.(inputs, { ...context, region: regionOf(inputs as Values, context) }) ?? [])],
        cloud: CLOUD,
        schema: args,
        replaceOn: ["region", ...definition.replaceOn],
        recomputes: { tagsAll: ["tags"], ...definition.recomputes },
        newId: definition.newId ?? (() => hexId(`${definition.prefix}-`, DIGITS)),
        missing: (id) => notFound(definition.kind, id),
        compute: (id, inputs, context, before) => ({
            region: context.region,
            arn: `arn:aws:ec2:${context.region}:${ACCOUNT}:${arnKind(definition.kind)}/${id}`,
            ...("tags" in args.properties && { tagsAll: { ...defaultTags(context), ...(inputs.tags as Values | undefined) } }),
            ...definition.compute(id, inputs, context, before),
        }),
    });
    const { create, update } = kind;
    return {
        ...kind,
        create: (inputs, context) => create(inputs, { ...context, region: regionOf(inputs, context) }),
        update: update && ((id, olds, news, context) => update(id, olds, news, { ...context, region: regionOf(news, context) })),
    };
}

/** A resource may stand in another region than its provider. */
function regionOf({ region }: Values, context: { region: string }): string {
    return typeof region === "string" ? region : context.region;
}

/** The record that an id names, in this region; EC2's NotFound otherwise. */
export function lookUp<S extends Values>(context: Context, kind: string, id: string, operation: string, property: string): Resource<S> {
    const found = context.store.get<S>(CLOUD, id);
    if (found?.kind !== kind || found.region !== context.region) throw notFound(kind, id, property, operation);
    return found;
}

function notFound(kind: string, id: string, property?: string, operation?: string): Refusal {
    const [code, looking] = NOT_FOUND[kind] ?? ["InvalidParameterValue", `Describe${kind}`];
    return refuse(operation ?? looking, code, `The ID '${id}' does not exist`, property);
}

export function list<S extends Values>(store: Store, kind: string, where: (props: S) => boolean = () => true): Resource<S>[] {
    return store.list<S>(CLOUD, kind).filter((r) => where(r.props));
}

/** What the provider makes of a prefix: the time to a tenth of a millisecond and a counter (terraform-plugin-sdk, PrefixedUniqueId). */
export function prefixed(prefix: string): string {
    return prefix + new Date().toISOString().replace(/\D/g, "") + "0" + hexId("", 8);
}

/** A name's 255 characters without the 26 that the provider adds (terraform-plugin-sdk, UniqueIDSuffixLength). */
export const MAX_PREFIX = 255 - 26;

/** Only one of them may be given. */
export function several(inputs: Values, names: string[]): string[] {
    return names.filter((name) => inputs[name] !== undefined);
}

function defaultTags(context: Pick<Context, "config">): Values {
    return ((context.config.defaultTags as { tags?: Values } | undefined)?.tags) ?? {};
}

function arnKind(kind: string): string {
    const dashed = kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return kind === "eip" ? "elastic-ip" : dashed;
}
