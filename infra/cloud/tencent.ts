import * as pulumi from "@pulumi/pulumi";
import * as tencentcloud from "@pulumi/tencentcloud";
import { subnetOf } from "../settings/cidr";
import type { Machine, MachineArgs } from "./machine";

export interface TencentMachineArgs extends MachineArgs {
    instanceType: string;
    image: string;
    zone: string;
    bandwidthMbps: number;
    /** Regions that get a door to the database; see docs/architecture.md, "The door to the database". */
    peers: string[];
}

/** One CVM machine in a network of its own, with a fixed address. */
export class TencentMachine extends pulumi.ComponentResource implements Machine {
    readonly id: pulumi.Output<string>;
    readonly address: pulumi.Output<string>;
    readonly privateAddress: pulumi.Output<string>;
    readonly user = "ubuntu";
    readonly reachable: pulumi.Resource[];
    /** The empty security group of each peer, by region. */
    readonly doors: Record<string, pulumi.Output<string>>;

    constructor(name: string, args: TencentMachineArgs, opts: pulumi.ComponentResourceOptions & { provider: tencentcloud.Provider }) {
        super("antipode:cloud:TencentMachine", name, {}, opts);
        const own = { parent: this };
        const { tags } = args;

        const vpc = new tencentcloud.Vpc(`${name}-vpc`, { name: `${name}-vpc`, cidrBlock: args.networkCidr, isMulticast: false, tags }, own);
        const subnet = new tencentcloud.Subnet(`${name}-subnet`, {
            name: `${name}-subnet`, vpcId: vpc.id, availabilityZone: args.zone, cidrBlock: subnetOf(args.networkCidr, 24, 1), isMulticast: false, tags,
        }, {
            ...own,
            // In another zone its successor has the same range. The plug-in never deletes first, and a subnet with a machine in it stays.
            deleteBeforeReplace: true,
        });
        const firewall = new tencentcloud.SecurityGroup(`${name}-firewall`, {
            name: `${name}-firewall`, description: "Antipode: web for all, ssh for administrators", tags,
        }, own);
        const rules = new tencentcloud.SecurityGroupRuleSet(`${name}-rules`, {
            securityGroupId: firewall.id,
            ingresses: [
                accept("0.0.0.0/0", "TCP", "80", "HTTP: certificates and redirection"),
                accept("0.0.0.0/0", "TCP", "443", "HTTPS"),
                ...args.adminCidrs.map((cidr) => accept(cidr, "TCP", "22", "ssh for administrators")),
            ],
            egresses: [accept("0.0.0.0/0", "ALL", "ALL", "Everything out")],
        }, own);
        const doors = args.peers.map((peer) => new tencentcloud.SecurityGroup(`${name}-door-${peer}`, {
            name: `${name}-door-${peer}`, description: `Antipode: the way of ${peer} to the database; its stack fills it`, tags,
        }, own));
        // Letters, digits and underscores, 25 at the most.
        const key = new tencentcloud.KeyPair(`${name}-key`, { keyName: `${name}_operator`.replace(/\W/g, "_").slice(0, 25), publicKey: args.publicKey, tags }, own);

        const instance = new tencentcloud.Instance(`${name}-machine`, {
            instanceName: `${name}-machine`,
            hostname: name,
            availabilityZone: args.zone,
            imageId: args.image,
            instanceType: args.instanceType,
            vpcId: vpc.id,
            subnetId: subnet.id,
            // The doors come last: until its peer comes a door is empty, and what was accepted before it stays accepted.
            orderlySecurityGroups: [firewall.id, ...doors.map((door) => door.id)],
            keyIds: [key.id],
            systemDiskType: "CLOUD_BSSD",
            systemDiskSize: args.diskGb,
            instanceChargeType: "POSTPAID_BY_HOUR",
            // The fixed address is bound afterwards; an ordinary public one would be in its way.
            allocatePublicIp: false,
            userData: pulumi.output(args.userData).apply((text) => Buffer.from(text).toString("base64")),
            tags,
        }, {
            ...own,
            ignoreChanges: ["imageId", "userData"],
            // The provider reads user-data back, and once more decoded, where it is not marked as sensitive.
            additionalSecretOutputs: ["userData", "userDataRaw"],
            dependsOn: [rules],
        });
        const address = new tencentcloud.Eip(`${name}-address`, {
            name: `${name}-address`, internetChargeType: "BANDWIDTH_POSTPAID_BY_HOUR", internetMaxBandwidthOut: args.bandwidthMbps, tags,
        }, own);
        const association = new tencentcloud.EipAssociation(`${name}-bound`, { eipId: address.id, instanceId: instance.id }, {
            ...own,
            // The provider takes a binding away by its address alone: after the new one was made, that would undo the new one.
            deleteBeforeReplace: true,
        });

        this.id = instance.id;
        this.address = address.publicIp;
        this.privateAddress = instance.privateIp;
        this.reachable = [association, rules];
        this.doors = Object.fromEntries(args.peers.map((peer, index) => [peer, doors[index]!.id]));
        this.registerOutputs({ id: this.id, address: this.address, privateAddress: this.privateAddress, doors: this.doors });
    }
}

function accept(cidrBlock: string, protocol: "TCP" | "ALL", port: string, description: string) {
    return { action: "ACCEPT", cidrBlock, protocol, port, description };
}
