import type { Store } from "../../store";
import type { Values } from "../values";
import { freeAddress } from "./addresses";
import type { Instance } from "./instance";
import { CLOUD, list, lookUp, tencentKind } from "./kind";
import { failure, refuse } from "./refuse";

export interface EipInputs extends Values { name?: string; type?: string; internetServiceProvider?: string; internetChargeType?: string; internetMaxBandwidthOut?: number; bandwidthPackageId?: string }
export interface Eip extends EipInputs { publicIp: string }
export interface EipAssociationInputs extends Values { eipId: string; instanceId?: string; networkInterfaceId?: string; privateIp?: string }
export interface EipAssociation extends EipAssociationInputs {
    instanceId: string;
    /** Another association's delete has unbound the address meanwhile. */
    unbound?: boolean;
}

/** Ask for a contract or are sold in other regions (tencentcloud-sdk-go, vpc/v20170312, AllocateAddresses.AddressType). */
const ELSEWHERE = ["AnycastEIP", "HighQualityEIP", "AntiDDoSEIP", "ResidentialEIP"];
/** Largest bandwidth in Mbit/s by charge type (AllocateAddresses); the first holds where none is given. */
const MAX_BANDWIDTH: { [chargeType: string]: number } = {
    TRAFFIC_POSTPAID_BY_HOUR: 100, BANDWIDTH_POSTPAID_BY_HOUR: 100, BANDWIDTH_PREPAID_BY_MONTH: 200, BANDWIDTH_PACKAGE: 2000,
};
/** The provider refuses to change them (resource_tc_eip.go, Update), by its own names. */
const FIXED: { [name: string]: string } = { bandwidthPackageId: "bandwidth_package_id", antiDdosPackageId: "anti_ddos_package_id", egress: "egress" };
/** What a value of one argument asks of another (AllocateAddresses). */
const REQUIRED = [["internetChargeType", "BANDWIDTH_PREPAID_BY_MONTH", "prepaidPeriod"], ["type", "AntiDDoSEIP", "antiDdosPackageId"]] as const;
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
    rules: {
        name: { pattern: /^[\p{L}\p{N}_-]{0,128}$/u, says: "may have 128 letters, digits, hyphens and underscores" },
        type: { default: "EIP", oneOf: ["EIP", ...ELSEWHERE] },
        internetServiceProvider: { oneOf: ["BGP", "CMCC", "CTCC", "CUCC"] },
        internetChargeType: { oneOf: Object.keys(MAX_BANDWIDTH) },
        // Months that are sold (extension_vpc.go, EIP_AVAILABLE_PERIOD).
        prepaidPeriod: { oneOf: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24, 36] },
        autoRenewFlag: { oneOf: [0, 1, 2] },
        anycastZone: { oneOf: ["ANYCAST_ZONE_GLOBAL", "ANYCAST_ZONE_OVERSEAS"] },
        bandwidthPackageId: { pattern: /^bwp-[a-z0-9]{8}$/, says: "does not look like bwp-abcd1234", code: "InvalidParameterValue.BandwidthPackageIdMalformed" },
    },
    check(inputs, { unknown }) {
        const { internetMaxBandwidthOut: bandwidth, internetChargeType = "TRAFFIC_POSTPAID_BY_HOUR" } = inputs;
        const most = unknown("internetChargeType") ? Math.max(...Object.values(MAX_BANDWIDTH)) : (MAX_BANDWIDTH[internetChargeType] ?? Infinity);
        const missing = REQUIRED.filter(([name, value, other]) => inputs[name] === value && inputs[other] === undefined && !unknown(other))
            .map(([name, value, other]) => failure(other, "MissingParameter", `${name} ${value} needs it`));
        // Terraform does not send a zero.
        if (bandwidth === undefined || (bandwidth >= 0 && bandwidth <= most)) return missing;
        return [...missing, failure("internetMaxBandwidthOut", "InvalidParameterValue.BandwidthOutOfRange", `expected 1 to ${most} Mbit/s with ${internetChargeType}, got ${bandwidth}`)];
    },
    admit(inputs, { store, region }, self) {
        const { type, bandwidthPackageId } = inputs;
        const fixed = self && Object.keys(FIXED).find((name) => inputs[name] !== self.props[name]);
        if (fixed) throw refuse("UnsupportedOperation", `tencentcloud_eip update on ${FIXED[fixed]} is not support yet`, fixed);
        if (type && ELSEWHERE.includes(type)) throw refuse("UnsupportedOperation.UnsupportedRegion", `${region} has no ${type} for this account.`, "type");
        if (bandwidthPackageId) throw refuse("InvalidParameterValue.BandwidthPackageNotFound", `The bandwidth package \`${bandwidthPackageId}\` does not exist.`, "bandwidthPackageId");
        if (self || list(store, "eip").filter((e) => e.region === region).length < QUOTA) return;
        throw refuse("AddressQuotaLimitExceeded", `The number of EIPs in ${region} is limited to ${QUOTA}.`);
    },
    compute: (_id, inputs, { store }, before) => ({
        type: "EIP", internetChargeType: "TRAFFIC_POSTPAID_BY_HOUR", internetMaxBandwidthOut: 1, ...inputs,
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
    rules: {
        eipId: { length: [1, 25] },
        instanceId: { length: [1, 25], conflictsWith: ["networkInterfaceId", "privateIp"] },
        networkInterfaceId: { length: [1, 25] },
        privateIp: { length: [7, 25] },
    },
    // The API wants the interface and its address together (tencentcloud-sdk-go, vpc/v20170312, AssociateAddress).
    check(inputs, { unknown }) {
        const given = (name: string): boolean => inputs[name] !== undefined || unknown(name);
        if (given("instanceId")) return [];
        return [["networkInterfaceId", "privateIp"], ["privateIp", "networkInterfaceId"]].filter(([one, other]) => given(one!) && !given(other!))
            .map(([one, other]) => failure(one!, "InvalidParameterCombination", `"${one}" needs "${other}" beside it`));
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
