import type { Store } from "../../store";
import type { Failure } from "../kind";
import type { Values } from "../values";
import { freeAddress } from "./addresses";
import type { Instance } from "./instance";
import { CLOUD, list, lookUp, tencentKind } from "./kind";
import { failure, refuse } from "./refuse";

export interface EipInputs extends Values { name?: string; type?: string; internetServiceProvider?: string; internetChargeType?: string; internetMaxBandwidthOut?: number }
export interface Eip extends EipInputs { publicIp: string }
export interface EipAssociationInputs extends Values { eipId: string; instanceId?: string; networkInterfaceId?: string; privateIp?: string }
export interface EipAssociation extends EipAssociationInputs {
    instanceId: string;
    /** Another association's delete has unbound the address meanwhile. */
    unbound?: boolean;
}

const CHOICES: { [name: string]: string[] } = {
    type: ["EIP"],
    internetServiceProvider: ["BGP", "CMCC", "CTCC", "CUCC"],
    internetChargeType: ["TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_POSTPAID_BY_HOUR", "BANDWIDTH_PREPAID_BY_MONTH", "BANDWIDTH_PACKAGE"],
};
/** Largest bandwidth in Mbit/s by charge type (AllocateAddresses); the first holds where none is given. */
const MAX_BANDWIDTH: { [chargeType: string]: number } = {
    TRAFFIC_POSTPAID_BY_HOUR: 100, BANDWIDTH_POSTPAID_BY_HOUR: 100, BANDWIDTH_PREPAID_BY_MONTH: 200, BANDWIDTH_PACKAGE: 2000,
};
/** Fixed addresses that an account has in a region. */
const QUOTA = 20;

export const eip = tencentKind<EipInputs, Eip>({
    token: "eip:Eip",
    kind: "eip",
    prefix: "eip",
    notFound: "InvalidAddressId.NotFound",
    replaceOn: ["type", "anycastZone", "internetServiceProvider"],
    autoName: { property: "name", maxLength: 255 },
    updates: true,
    settles: true,
    check(inputs, { unknown }) {
        const failures: Failure[] = [];
        for (const [name, allowed] of Object.entries(CHOICES)) {
            const value = inputs[name];
            if (value !== undefined && !allowed.includes(String(value))) failures.push(failure(name, "InvalidParameterValue", `"${String(value)}" must be one of ${allowed.join(", ")}`));
        }
        const { internetMaxBandwidthOut: bandwidth, internetChargeType = "TRAFFIC_POSTPAID_BY_HOUR" } = inputs;
        const most = unknown("internetChargeType") ? Math.max(...Object.values(MAX_BANDWIDTH)) : (MAX_BANDWIDTH[internetChargeType] ?? 0);
        if (bandwidth !== undefined && (bandwidth < 1 || bandwidth > most)) {
            failures.push(failure("internetMaxBandwidthOut", "InvalidParameterValue.BandwidthOutOfRange", `expected 1 to ${most} Mbit/s with ${internetChargeType}, got ${bandwidth}`));
        }
        return failures;
    },
    admit(_inputs, { store, region }, self) {
        if (self || list(store, "eip").filter((e) => e.region === region).length < QUOTA) return;
        throw refuse("AddressQuotaLimitExceeded", `The number of EIPs in ${region} is limited to ${QUOTA}.`);
    },
    compute: (_id, inputs, { store }, before) => ({
        type: "EIP", internetServiceProvider: "BGP", internetChargeType: "TRAFFIC_POSTPAID_BY_HOUR", internetMaxBandwidthOut: 1, ...inputs,
        publicIp: before?.publicIp ?? freeAddress(store, "type"),
    }),
    derive: ({ id }, store) => ({ status: associations(store).some((a) => a.props.eipId === id) ? "BIND" : "UNBIND" }),
    // The provider unbinds before it releases.
    takesAlong: ({ id }, store) => recorded(store, id),
});

/**
 * The provider reads nothing of a binding but its id, so it goes on finding one whose machine is gone; and its delete
 * unbinds the address from whatever machine has it by then. Source: resource_tc_eip_association.go, UnattachEip.
 */
const association = tencentKind<EipAssociationInputs, EipAssociation>({
    token: "eipAssociation:EipAssociation",
    kind: "eipAssociation",
    newId: ({ eipId, instanceId }) => `${eipId}::${instanceId}`,
    replaceOn: ["*"],
    settles: true,
    check({ eipId, instanceId, networkInterfaceId }) {
        const failures = [];
        if (eipId !== undefined && (eipId.length < 1 || eipId.length > 25)) failures.push(failure("eipId", "InvalidParameterValue", "expected 1 to 25 characters"));
        if (instanceId !== undefined && networkInterfaceId !== undefined) {
            failures.push(failure("networkInterfaceId", "InvalidParameterCombination", '"networkInterfaceId" conflicts with "instanceId"'));
        }
        return failures;
    },
    admit({ eipId, instanceId }, context) {
        lookUp<Eip>(context, "eip", eipId, "InvalidAddressId.NotFound", "eipId");
        if (!instanceId) throw refuse("MissingParameter", "the pocket cloud binds an EIP to an instance: give its id", "instanceId");
        const machine = lookUp<Instance>(context, "instance", instanceId, "InvalidInstanceId.NotFound", "instanceId");
        const bound = associations(context.store);
        if (bound.some((a) => a.props.eipId === eipId)) throw refuse("InvalidAddressStatus", `eip status is illegal: \`${eipId}\` is BIND, not UNBIND.`, "eipId");
        if (bound.some((a) => a.props.instanceId === instanceId)) throw refuse("InvalidInstanceId.AlreadyBindEip", `The instance \`${instanceId}\` has an EIP already.`, "instanceId");
        if (machine.props.allocatePublicIp) {
            throw refuse("InvalidInstanceId.AlreadyBindEip", `The instance \`${instanceId}\` has an ordinary public address, which must be returned first (allocatePublicIp).`, "instanceId");
        }
    },
    compute: (_id, inputs, { store }) => ({
        ...inputs, instanceId: inputs.instanceId ?? "", networkInterfaceId: "", privateIp: store.get<Instance>(CLOUD, inputs.instanceId ?? "")?.props.privateIp,
    }),
    derive: () => ({ unbound: undefined }),
});

export const eipAssociation: typeof association = {
    ...association,
    async delete(id, state, context) {
        for (const other of recorded(context.store, id.split("::")[0]!)) context.store.put({ ...other, props: { ...other.props, unbound: true } });
        await association.delete(id, state, context);
    },
};

/** The fixed address of a machine. */
export function fixedOf(store: Store, instanceId: string): string | undefined {
    const eipId = associations(store).find((a) => a.props.instanceId === instanceId)?.props.eipId;
    return eipId === undefined ? undefined : store.get<Eip>(CLOUD, eipId)?.props.publicIp;
}

/** The bindings that are in force. */
export function associations(store: Store): ReturnType<typeof list<EipAssociation>> {
    return list<EipAssociation>(store, "eipAssociation", ({ instanceId, unbound }) => !unbound && store.get(CLOUD, instanceId) !== undefined);
}

/** Those that the provider knows of, in force or not. */
function recorded(store: Store, eipId: string): ReturnType<typeof list<EipAssociation>> {
    return list<EipAssociation>(store, "eipAssociation", (a) => a.eipId === eipId);
}
