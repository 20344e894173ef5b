import type { Store } from "../store";
import type { Rules, Trouble } from "./rules";

/** The type of one property, as far as a provider checks it. */
export interface PropertySchema {
    type: "string" | "number" | "boolean" | "array" | "map" | "object" | "any";
    /** Elements of an array, values of a map. */
    items?: PropertySchema;
    /** Members of an object; nothing else is accepted in it. */
    properties?: Record<string, PropertySchema>;
    required?: string[];
    /** Members that the service computes when the program leaves them out. */
    computed?: string[];
}

/** The arguments of a resource, a function or a provider. */
export interface ObjectSchema {
    properties: Record<string, PropertySchema>;
    required: string[];
    /** Arguments that the service computes when the program leaves them out; the plan keeps what they were. */
    computed?: string[];
    /** Outputs that are secret whether or not an input was. */
    secretOutputs?: string[];
}

/** An argument that is refused before anything is made. `property` is a path such as "ingresses[0].port". */
export interface Failure { property: string; reason: string }

/** One changed property. `path` as in `Failure`. */
export interface Difference { path: string; kind: "add" | "delete" | "update"; replace: boolean }

/** Makes true what the clouds' records say: boots and removes machines, sets addresses and firewalls. */
export interface Substrate {
    /** Ends when the landscape is what the views say; rejects with a sentence when a machine cannot boot. */
    settle(): Promise<void>;
}

/** What is the same for each request of one provider instance. */
export interface Context {
    store: Store;
    substrate: Substrate;
    urn: string;
    /** Provider arguments, decoded and without secret wrappers. */
    config: Record<string, unknown>;
    /** The provider's region, or "global". */
    region: string;
    /** Aborted when the engine gives the request up. */
    signal: AbortSignal;
    /** Seconds of `customTimeouts`; 0 when the program sets none. */
    timeout: number;
    /** Milliseconds that a delete waits for the users of a thing to go, as the real providers retry for minutes. */
    patience: number;
    /**
     * Writes the id into the ledger before the resource exists, so that a daemon killed half-way knows what to look
     * for. Every create calls it ahead of its first effect when it chooses the id itself.
     */
    begin(id: string): void;
}

/**
 * "sdk" is Terraform's older SDK behind Pulumi's bridge: Check fills in the defaults, a zero value (false, 0, "", an empty list)
 * is the same as none, and a resource whose name the program gave is deleted before its successor comes
 * (pulumi-terraform-bridge, pkg/tfbridge/schema.go). "dynamic" is such a provider behind `terraform-provider`: zero values as
 * before, but Pulumi knows no defaults and never deletes first. "framework" has none of the three (pkg/pf/tfbridge/provider_diff.go).
 */
export type Bridge = "sdk" | "dynamic" | "framework";

export interface CheckContext {
    urn: string;
    /** The last part of the URN. */
    name: string;
    /** The inputs of the last update, absent at the first. */
    olds?: Record<string, unknown>;
    config: Record<string, unknown>;
    region: string;
    store: Store;
    /** Whether the property is given, but with a value that only the update will know: it must not be called missing. */
    unknown(property: string): boolean;
}

/**
 * A resource type. Inputs and states are plain values: the framework takes secret wrappers off and puts them back.
 * A state holds inputs and computed outputs together under the SDK's property names. Throw a `Refusal` to refuse.
 */
export interface Kind<I = any, S = any> {
    token: string;
    schema: ObjectSchema;
    /** What the provider's own schema says beyond the types: defaults, sets, choices, ranges, conflicts. */
    rules?: Rules;
    /** Groups of arguments of which one must be given, and no other. */
    exactlyOneOf?: string[][];
    /** Groups of arguments of which one at least must be given. */
    atLeastOneOf?: string[][];
    /** How the real provider reaches Pulumi; "framework" unless told. */
    bridge?: Bridge;
    /** Words what a rule refuses as the cloud does; the bare sentence without it. */
    word?(property: string, trouble: Trouble, message: string): Failure;
    /** Paths whose change needs a new resource: "cidrBlock", "rootBlockDevice.encrypted", "*" for all. */
    replaceOn: string[];
    /** Property that gets `<urn name>-<7 hex>` when it is not given, nor the one that excludes it. */
    autoName?: { property: string; maxLength: number; unless?: string };
    /** Delete first whatever the name; without it, only a resource with a name that was given is deleted first. */
    deleteBeforeReplace?: boolean;
    /** What `begin` gets finds and deletes the resource but is not its id: what a kill left is made anew, never adopted. */
    provisionalId?: boolean;
    /** Its outputs are in Pulumi's state alone: nobody can find it again, so a create whose reply was lost is done anew. */
    stateOnly?: boolean;
    /** Its rules and more, for arguments already of the right type. Unknown values are left out of `inputs`. */
    check?(inputs: Partial<I>, context: CheckContext): Failure[];
    /** Values of the right type become the form that is compared and stored (defaults filled in, case, order). */
    normalize?(inputs: I, context: CheckContext): I;
    /** Last word on what changed; gets what a comparison of the inputs found. */
    diff?(olds: S, news: Partial<I>, found: Difference[]): Difference[];
    create(inputs: I, context: Context): Promise<{ id: string; state: S }>;
    /** Absent when the resource is gone. `last` is the state of the last update, for what a service never gives back (a secret's data). */
    read(id: string, context: Context, last?: S): Promise<S | undefined>;
    /**
     * Outputs that an update makes anew, each with the paths whose change does it ("*" for any): { repoDigest: ["*"] }.
     * A preview does not know them; all others stay as they were.
     */
    recomputes?: { [output: string]: string[] };
    /** Absent: every change replaces. */
    update?(id: string, olds: S, news: I, context: Context): Promise<S>;
    delete(id: string, state: S, context: Context): Promise<void>;
    /** Waits until an adopted orphan is usable; a create has waited for its own. */
    ready?(id: string, context: Context): Promise<void>;
    /** Finds what a create that never told its id left behind. */
    recover?(urn: string, context: Context): Promise<string | undefined>;
}

/** A function (`getAmi`). */
export interface Fn<A = any> {
    token: string;
    schema: ObjectSchema;
    rules?: Rules;
    exactlyOneOf?: string[][];
    invoke(args: A, context: Omit<Context, "begin" | "urn" | "timeout">): Promise<Record<string, unknown>>;
}

/** One plug-in: its resources and functions, and the provider resource itself. */
export interface Package {
    /** The name in PULUMI_DEBUG_PROVIDERS. */
    name: string;
    version: string;
    config: ObjectSchema & {
        /** Arguments whose change replaces the provider and all that it made. */
        replaceOn?: string[];
        /** Arguments without secrets that the ledger keeps, so that an orphan can be deleted later. */
        remember?: string[];
    };
    /** Refuses provider arguments; throws a `Refusal`. */
    configure?(config: Record<string, unknown>): void;
    /** Seconds-long work before the first request of a configured provider; throws a `Refusal`. */
    connect?(config: Record<string, unknown>): Promise<void>;
    kinds: Kind[];
    functions: Fn[];
    /** Ends what the package holds open, such as connections to engines. */
    close?(): Promise<void>;
}
