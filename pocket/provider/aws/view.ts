import type { Address, Firewall, Landscape, Machine, Resource, Rule } from "../../model";
import type { Store } from "../../store";
import { instanceType } from "./catalogue";
import { associations, boundTo, type Eip } from "./eip";
import type { Instance } from "./instance";
import { CLOUD, list } from "./kind";
import type { InlineRule, SecurityGroup } from "./securityGroup";
import type { GroupRule } from "./securityGroupRule";
import type { Subnet } from "./subnet";

/** What EC2's records ask of the substrate. */
export function view(store: Store): Landscape {
    const instances = list<Instance>(store, "instance", (i) => i.instanceState !== "terminated");
    return {
        subnets: list<Subnet>(store, "subnet").map((s) => ({ id: s.id, place: "us", cidr: s.props.cidrBlock })),
        machines: instances.map((i) => machine(i, store)),
        addresses: addresses(store, instances),
        firewalls: instances.map((i) => firewall(i, instances, store)),
    };
}

function machine({ id, props }: Resource<Instance>, store: Store): Machine {
    const size = instanceType(props.instanceType ?? "") ?? { cpus: 2, memoryMiB: 4096 };
    const key = store.get<{ publicKey: string }>(CLOUD, props.keyName ?? "");
    return {
        id, place: "us", subnetId: props.subnetId, privateIp: props.privateIp,
        hostname: `ip-${props.privateIp.replaceAll(".", "-")}`,
        system: props.ami ?? "",
        userData: props.userData ?? Buffer.from(props.userDataBase64 ?? "", "base64").toString("utf8"),
        publicKeys: key ? [key.props.publicKey] : [],
        ...size,
        power: props.instanceState === "running" ? "on" : "off",
    };
}

function addresses(store: Store, instances: Resource<Instance>[]): Address[] {
    const bound = associations(store);
    const elastic = list<Eip>(store, "eip").map((e): Address => {
        const target = instances.find((i) => i.id === bound.find((a) => a.props.allocationId === e.id)?.props.instanceId);
        return { publicIp: e.props.publicIp, place: "us", privateIp: target && boundTo(store, target) };
    });
    const launched = instances.flatMap((i) => (i.props.launchPublicIp ? [{ publicIp: i.props.launchPublicIp, place: "us" as const, privateIp: boundTo(store, i) }] : []));
    return [...elastic, ...launched];
}

/** Groups only allow, so their order does not count: the union of all, and nothing else. */
function firewall(instance: Resource<Instance>, instances: Resource<Instance>[], store: Store): Firewall {
    const groups = instance.props.vpcSecurityGroupIds;
    const rules = (direction: "ingress" | "egress"): Rule[] => [
        ...list<GroupRule>(store, "securityGroupRule", (r) => r.direction === direction && groups.includes(r.securityGroupId)).flatMap((r) => expand(
            { protocol: r.props.ipProtocol, from: r.props.fromPort, to: r.props.toPort },
            r.props.cidrIpv4 ? [r.props.cidrIpv4] : cidrsOf(r.props.referencedSecurityGroupId, instances),
        )),
        ...list<SecurityGroup>(store, "securityGroup").filter((g) => groups.includes(g.id)).flatMap((g) => (g.props[direction] ?? []).flatMap((r: InlineRule) => expand(
            { protocol: r.protocol, from: r.fromPort, to: r.toPort },
            [...(r.cidrBlocks ?? []), ...[...(r.securityGroups ?? []), ...(r.self ? [g.id] : [])].flatMap((id) => cidrsOf(id, instances))],
        ))),
    ];
    return { privateIp: instance.props.privateIp, ingress: rules("ingress"), egress: rules("egress") };
}

/** Members count by their "private IP addresses … (and not the public IP or Elastic IP addresses)" (VPC guide, "Security group rules"). */
function cidrsOf(groupId: string | undefined, instances: Resource<Instance>[]): string[] {
    return instances.filter((i) => groupId !== undefined && i.props.vpcSecurityGroupIds.includes(groupId)).map((i) => `${i.props.privateIp}/32`);
}

const PROTOCOLS: { [name: string]: Rule["protocol"] } = { tcp: "tcp", 6: "tcp", udp: "udp", 17: "udp", icmp: "icmp", 1: "icmp", "-1": "all", all: "all" };

/** A protocol that machines of the pocket do not speak (icmpv6, GRE) allows nothing. */
function expand(what: { protocol: string; from?: number; to?: number }, cidrs: string[]): Rule[] {
    const protocol = PROTOCOLS[what.protocol];
    if (!protocol) return [];
    const limited = (protocol === "tcp" || protocol === "udp") && what.from !== undefined && what.from >= 0;
    const ports = limited ? { ports: [{ from: what.from!, to: what.to ?? what.from! }] } : {};
    return cidrs.map((cidr) => ({ action: "accept", protocol, ...ports, cidr }));
}
