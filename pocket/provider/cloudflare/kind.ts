import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Resource } from "../../model";
import type { Store } from "../../store";
import type { Context, Kind } from "../kind";
import { hexId, recordKind, type RecordKind } from "../record";
import type { PackageSchema } from "../schema/derive";
import type { Values } from "../values";
import type { Rule } from "../rules";
import { failure, refuse } from "./refuse";

export const CLOUD = "cloudflare";
export const schema = JSON.parse(readFileSync(join(__dirname, "schema.json"), "utf8")) as PackageSchema;

export interface Zone extends Values { name: string; accountId: string }

/** A word of a fixed list, in letters of either case (stringvalidator.OneOfCaseInsensitive). */
export const word = (...oneOf: string[]): Rule => ({ oneOf, ignoreCase: true });
/** Numbers of a port, and of what else has 16 bits. */
export const SIXTEEN_BITS = { range: [0, 65_535], whole: true } as const satisfies Rule;
export const [ON, OFF, EMPTY] = [{ default: true }, { default: false }, { default: "" }] as const satisfies Rule[];

type Definition<I extends Values, S> = Omit<RecordKind<I, S>, "cloud" | "schema" | "newId" | "missing">;

/** A resource of Cloudflare's API: 32 hex digits, and the two times that it keeps. */
export function cloudflareKind<I extends Values, S extends Values>(definition: Definition<I, S>): Kind<I, S> {
    return recordKind<I, S>({
        ...definition,
        cloud: CLOUD,
        word: failure,
        schema: schema.resources[definition.token] ?? { properties: {}, required: [] },
        newId: () => hexId("", 32),
        recomputes: { modifiedOn: ["*"], ...definition.recomputes },
        missing: (id) => refuse(`GET https://api.cloudflare.com/client/v4/…/${id}`, "404 Not Found", ...unknown(definition.kind)),
        compute: (id, inputs, context, before) => {
            const now = new Date().toISOString();
            return { createdOn: before?.createdOn ?? now, modifiedOn: now, ...definition.compute(id, inputs, context, before) };
        },
    });
}

/** The code of a DNS record is the API's; the one of load balancing's objects is not verified. */
function unknown(kind: string): [code: number, message: string] {
    return kind === "dnsRecord" ? [81044, "Record does not exist."] : [1001, `${kind} not found`];
}

export function zoneOf(context: Context, zoneId: string, call: string): Resource<Zone> {
    const zone = context.store.get<Zone>(CLOUD, zoneId);
    if (zone?.kind === "zone") return zone;
    throw refuse(call, "404 Not Found", 7003, `Could not route to /zones/${zoneId}, perhaps your object identifier is invalid?`, "zoneId");
}

export function admitAccount(context: Context, accountId: string, call: string): void {
    if (list<Zone>(context.store, "zone").some((zone) => zone.props.accountId === accountId)) return;
    throw refuse(call, "404 Not Found", 7003, `Could not route to /accounts/${accountId}, perhaps your object identifier is invalid?`, "accountId");
}

export function list<S extends Values>(store: Store, kind: string, where: (props: S) => boolean = () => true): Resource<S>[] {
    return store.list<S>(CLOUD, kind).filter((r) => where(r.props));
}

/** "us", "@" and "us.example.com." all name records of example.com. */
export function fqdn(name: string, zone: string): string {
    const bare = name.replace(/\.$/, "").toLowerCase();
    if (bare === "@" || bare === zone) return zone;
    return bare.endsWith(`.${zone}`) ? bare : `${bare}.${zone}`;
}
