import type { Address, Firewall, Landscape, Machine, Resource, Rule } from "../../model";
import type { Store } from "../../store";
import { instanceType } from "./catalogue";
import { associations, type Eip } from "./eip";
import type { Instance } from "./instance";
import { CLOUD, list } from "./kind";
import { ports, type RuleLine, type RuleSet } from "./securityGroupRuleSet";
import type { Subnet } from "./subnet";

/** What Tencent's records ask of the substrate. */
export function view(store: Store): Landscape {
    const instances = list<Instance>(store, "instance", (i) => i.instanceStatus !== "TERMINATED");
    return {
        subnets: list<Subnet>(store, "subnet").map((s) => ({ id: s.id, place: "cn", cidr: s.props.cidrBlock })),
        machines: instances.map((i) => machine(i, store)),
        addresses: addresses(store, instances),
        firewalls: instances.map((i) => firewall(i, instances, store)),
    };
}

function machine({ id, props }: Resource<Instance>, store: Store): Machine {
    const size = instanceType(props.instanceType ?? "");
    return {
        id, place: "cn", subnetId: props.subnetId, privateIp: props.privateIp,
        hostname: props.hostname ?? id,
        // The provider reinstalls for another image (ResetInstance); keys it binds and unbinds (resource_tc_instance.go, Update).
        system: props.imageId ?? "",
        userData: props.userDataRaw ?? Buffer.from(props.userData ?? "", "base64").toString("utf8"),
        publicKeys: (props.keyIds ?? []).flatMap((key) => store.get<{ publicKey: string }>(CLOUD, key)?.props.publicKey ?? []),
        cpus: size?.cpus ?? 2,
        memoryMiB: (size?.memoryGiB ?? 4) * 1024,
        power: props.instanceStatus === "RUNNING" ? "on" : "off",
    };
}

/** Tencent has no gateway to ask for: an address that is bound is reached. */
function addresses(store: Store, instances: Resource<Instance>[]): Address[] {
    const bound = associations(store);
    const fixed = list<Eip>(store, "eip").map((e): Address => {
        const target = bound.find((a) => a.props.eipId === e.id)?.props.instanceId;
        return { publicIp: e.props.publicIp, place: "cn", privateIp: instances.find((i) => i.id === target)?.props.privateIp };
    });
    return [...fixed, ...instances.filter((i) => i.props.publicIp).map((i): Address => ({ publicIp: i.props.publicIp, place: "cn", privateIp: i.props.privateIp }))];
}

/** The groups in the machine's order, the lines in the group's: one list, and the first match decides. */
function firewall(instance: Resource<Instance>, instances: Resource<Instance>[], store: Store): Firewall {
    const sets = instance.props.orderlySecurityGroups.flatMap((id) => list<RuleSet>(store, "securityGroupRuleSet", (s) => s.securityGroupId === id));
    const rules = (direction: "ingresses" | "egresses"): Rule[] => sets.flatMap((s) => s.props[direction] ?? []).flatMap((line) => expand(line, instances, store));
    return { privateIp: instance.props.privateIp, ingress: rules("ingresses"), egress: rules("egresses") };
}

/** A line for IPv6 or a template matches nothing here: the pocket has neither. */
function expand(line: RuleLine, instances: Resource<Instance>[], store: Store): Rule[] {
    const protocol = (line.protocol ?? "ALL").toLowerCase();
    if (protocol !== "tcp" && protocol !== "udp" && protocol !== "icmp" && protocol !== "all") return [];
    const ranges = ports(line.port ?? "ALL") ?? [];
    const action = line.action.toUpperCase() === "ACCEPT" ? "accept" : "drop";
    const cidrs = line.cidrBlock ? [line.cidrBlock.includes("/") ? line.cidrBlock : `${line.cidrBlock}/32`] : cidrsOf(line.sourceSecurityId, instances, store);
    return cidrs.map((cidr) => ({ action, protocol, ...(ranges.length > 0 && { ports: ranges }), cidr }));
}

/** A group's members by their private addresses, and by the public ones bound to them: whether the latter count is not verified. */
function cidrsOf(groupId: string | undefined, instances: Resource<Instance>[], store: Store): string[] {
    const members = instances.filter((i) => groupId !== undefined && i.props.orderlySecurityGroups.includes(groupId)).map((i) => i.props.privateIp);
    const bound = addresses(store, instances).filter((a) => a.privateIp !== undefined && members.includes(a.privateIp)).map((a) => a.publicIp);
    return [...members, ...bound].map((ip) => `${ip}/32`);
}
