/**
 * What the clouds of the pocket have in common: the neutral picture that each cloud's `view` draws of its own
 * records, and that the substrate (machines, network, DNS) makes true. Values only.
 */

/** A place that machines and visitors are in. */
export type Place = "us" | "cn" | "eu";

/** One cloud resource, as the cloud itself remembers it (not as Pulumi does). */
export interface Resource<Props = Record<string, unknown>> {
    cloud: string;
    /** The cloud's own name of the kind: "vpc", "instance", "loadBalancer". */
    kind: string;
    id: string;
    /** The cloud region it is in ("us-east-1", "ap-shanghai"), or "global". */
    region: string;
    props: Props;
}

export interface Subnet { id: string; place: Place; cidr: string }

export interface Machine {
    id: string;
    place: Place;
    subnetId: string;
    privateIp: string;
    hostname: string;
    /** What its disk was first written with, in the cloud's own words: another one means that it is written anew. */
    system: string;
    /** Plain text of the user-data, decoded. */
    userData: string;
    /** OpenSSH public keys that the cloud installs for the user "ubuntu". */
    publicKeys: string[];
    cpus: number;
    memoryMiB: number;
    /** What the cloud's console would say that the machine should be doing. */
    power: "on" | "off";
}

/** A public address and the private one that it is bound to, if any. */
export interface Address { publicIp: string; place: Place; privateIp?: string }

/** One firewall line. First match decides; no match is denial. */
export interface Rule {
    action: "accept" | "drop";
    protocol: "tcp" | "udp" | "icmp" | "all";
    /** Inclusive; absent means every port. */
    ports?: { from: number; to: number }[];
    cidr: string;
}

/** All the rules that a machine is behind, its groups already put in order. */
export interface Firewall { privateIp: string; ingress: Rule[]; egress: Rule[] }

/** What a cloud of machines asks of the substrate. */
export interface Landscape { subnets: Subnet[]; machines: Machine[]; addresses: Address[]; firewalls: Firewall[] }
