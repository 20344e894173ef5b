import type { Resource } from "../../model";
import type { Store } from "../../store";
import type { Context } from "../kind";
import type { Values } from "../values";
import { address4 } from "./cidrRules";
import { freeAddress, publicDns } from "./addresses";
import { routesToInternet } from "./routing";
import { CLOUD, awsKind, list, lookUp, several } from "./kind";
import { failure, refuse } from "./refuse";
import type { Instance } from "./instance";
import type { Subnet } from "./subnet";

export interface EipInputs extends Values { domain?: string; instance?: string; networkInterface?: string; address?: string }
export interface Eip extends EipInputs { publicIp: string; allocationId: string }
export interface EipAssociationInputs extends Values { allocationId?: string; instanceId?: string; networkInterfaceId?: string; allowReassociation?: boolean }
export interface EipAssociation extends EipAssociationInputs { allocationId: string; publicIp: string }

/** Elastic addresses that an account has in a region unless the quota is raised. */
const QUOTA = 5;

/** What chooses an address, or a pool that it comes from. */
const POOLS = ["address", "customerOwnedIpv4Pool", "ipamPoolId"];

export const eip = awsKind<EipInputs, Eip>({
    token: "aws:ec2/eip:Eip",
    kind: "eip",
    prefix: "eipalloc",
    replaceOn: ["domain", "address", "publicIpv4Pool", "networkBorderGroup", "ipamPoolId"],
    updates: true,
    settles: true,
    // The "standard" domain is retired (ec2_eip.go, resourceEIPRead).
    rules: { domain: { oneOf: ["vpc"] }, associateWithPrivateIp: address4, publicIpv4Pool: { oneOf: ["amazon"], code: "UnsupportedInPocket" } },
    check(inputs) {
        const { instance, networkInterface } = inputs;
        const failures = several(inputs, POOLS).map((name) => failure(name, "UnsupportedInPocket", "the pocket cloud gives addresses of its own pool alone"));
        if (instance !== undefined || networkInterface !== undefined) {
            failures.push(failure(instance === undefined ? "networkInterface" : "instance", "UnsupportedInPocket", "the pocket cloud binds addresses by aws.ec2.EipAssociation alone"));
        }
        return failures;
    },
    admit(_inputs, { store, region }, self) {
        const held = list<Eip>(store, "eip").filter((e) => e.region === region && e.id !== self?.id);
        if (held.length < QUOTA) return;
        throw refuse("AllocateAddress", "AddressLimitExceeded", `The maximum number of addresses has been reached (${QUOTA}).`);
    },
    compute(id, inputs, context, before) {
        const publicIp = before?.publicIp ?? freeAddress(context.store, "AllocateAddress", "domain");
        return {
            domain: "vpc", networkBorderGroup: context.region, publicIpv4Pool: "amazon", ...inputs,
            allocationId: id, publicIp, publicDns: publicDns(publicIp),
        };
    },
    // The provider takes the association away before it releases the address.
    takesAlong: ({ id }, store) => associations(store).filter((a) => a.props.allocationId === id),
});

export const eipAssociation = awsKind<EipAssociationInputs, EipAssociation>({
    token: "aws:ec2/eipAssociation:EipAssociation",
    kind: "eipAssociation",
    prefix: "eipassoc",
    replaceOn: ["*"],
    settles: true,
    rules: { networkInterfaceId: { conflictsWith: ["instanceId"] }, privateIpAddress: address4 },
    admit(inputs, context) {
        const { allocationId, allowReassociation = true, privateIpAddress } = inputs;
        if (!allocationId) throw refuse("AssociateAddress", "MissingParameter", "Either 'allocationId' or 'publicIp' must be specified", "allocationId");
        lookUp(context, "eip", allocationId, "AssociateAddress", "allocationId");
        const machine = target(inputs, context);
        if (privateIpAddress && privateIpAddress !== machine.props.privateIp) {
            throw refuse("AssociateAddress", "InvalidParameterValue", `Private IP address '${String(privateIpAddress)}' is not assigned to the interface`, "privateIpAddress");
        }
        const subnet = context.store.get<Subnet>(CLOUD, machine.props.subnetId);
        if (!hasGateway(context.store, subnet?.props.vpcId)) {
            throw refuse("AssociateAddress", "Gateway.NotAttached", `Network ${subnet?.props.vpcId} is not attached to any internet gateway`, "instanceId");
        }
        const bound = associations(context.store).find((a) => a.props.allocationId === allocationId || a.props.instanceId === machine.id);
        if (!bound || allowReassociation) return;
        throw refuse("AssociateAddress", "Resource.AlreadyAssociated", `resource ${allocationId} is already associated with associate-id ${bound.id}`, "allocationId");
    },
    compute(_id, inputs, context) {
        const { store } = context;
        const { allocationId = "" } = inputs;
        const { id: instanceId } = target(inputs, context);
        for (const old of associations(store).filter((a) => a.props.allocationId === allocationId || a.props.instanceId === instanceId)) store.delete(CLOUD, old.id);
        const machine = store.get<Instance>(CLOUD, instanceId)!;
        // The address of the launch goes back to the pool as soon as an elastic one takes its place.
        store.put({ ...machine, props: { ...machine.props, launchPublicIp: undefined } });
        return {
            allowReassociation: true, ...inputs, allocationId, instanceId, publicIp: store.get<Eip>(CLOUD, allocationId)!.props.publicIp,
            networkInterfaceId: machine.props.primaryNetworkInterfaceId as string, privateIpAddress: machine.props.privateIp,
        };
    },
});

/** The machine that an address is for, named by its id or by that of its one interface. */
function target({ instanceId, networkInterfaceId }: EipAssociationInputs, context: Context): Resource<Instance> {
    if (instanceId) return lookUp<Instance>(context, "instance", instanceId, "AssociateAddress", "instanceId");
    if (!networkInterfaceId) throw refuse("AssociateAddress", "MissingParameter", "Either 'instanceId' or 'networkInterfaceId' must be specified", "instanceId");
    const found = list<Instance>(context.store, "instance", (i) => i.primaryNetworkInterfaceId === networkInterfaceId)[0];
    if (!found) throw refuse("AssociateAddress", "InvalidNetworkInterfaceID.NotFound", `The networkInterface ID '${networkInterfaceId}' does not exist`, "networkInterfaceId");
    return found;
}

/** The elastic address of a machine. */
export function elasticOf(store: Store, instanceId: string): string | undefined {
    return associations(store).find((a) => a.props.instanceId === instanceId)?.props.publicIp;
}

/** The private address that a public one leads to, as long as the subnet has a way out. */
export function boundTo(store: Store, machine: { props: Instance }): string | undefined {
    return routesToInternet(store, machine.props.subnetId) ? machine.props.privateIp : undefined;
}

export function associations(store: Store): { id: string; cloud: string; kind: string; region: string; props: EipAssociation }[] {
    return list<EipAssociation>(store, "eipAssociation");
}

function hasGateway(store: Store, vpcId: string | undefined): boolean {
    return vpcId !== undefined && list<{ vpcId?: string }>(store, "internetGateway", (g) => g.vpcId === vpcId).length > 0;
}
