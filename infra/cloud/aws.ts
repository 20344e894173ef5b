import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { subnetOf } from "../settings/cidr";
import type { Machine, MachineArgs } from "./machine";
import type { RecordedMachine } from "./recorded";

export interface AwsMachineArgs extends MachineArgs {
    instanceType: string;
    /** The newest Ubuntu 22.04 of Canonical when left out. */
    image?: string;
    /** One that has the instance type when left out. Only a new network takes it. */
    zone?: string;
    /** The machine that the stack has. */
    recorded?: RecordedMachine;
}

const canonical = "099720109477";

/** One EC2 machine in a network of its own, with a fixed address. */
export class AwsMachine extends pulumi.ComponentResource implements Machine {
    readonly id: pulumi.Output<string>;
    readonly address: pulumi.Output<string>;
    readonly privateAddress: pulumi.Output<string>;
    readonly user = "ubuntu";
    readonly reachable: pulumi.Resource[];

    constructor(name: string, args: AwsMachineArgs, opts: pulumi.ComponentResourceOptions & { provider: aws.Provider }) {
        super("antipode:cloud:AwsMachine", name, {}, opts);
        const own = { parent: this };
        const tags = (part: string) => ({ ...args.tags, Name: `${name}-${part}` });

        const vpc = new aws.ec2.Vpc(`${name}-vpc`, { cidrBlock: args.networkCidr, enableDnsHostnames: true, tags: tags("vpc") }, own);
        const gateway = new aws.ec2.InternetGateway(`${name}-gateway`, { vpcId: vpc.id, tags: tags("gateway") }, {
            ...own,
            // The provider would move it, and AWS does not detach it from a network whose machine still has its address.
            replaceOnChanges: ["vpcId"],
        });
        const subnet = new aws.ec2.Subnet(`${name}-subnet`, {
            vpcId: vpc.id, cidrBlock: subnetOf(args.networkCidr, 24, 1), availabilityZone: args.zone ?? zoneWith(args.instanceType, own), tags: tags("subnet"),
        }, {
            ...own,
            // Another zone would be another subnet, hence another machine; AWS may name its zones in any order.
            ignoreChanges: args.recorded?.networkCidr === args.networkCidr ? ["availabilityZone"] : [],
            // Without a machine in it, it makes way for one of the same range in another zone; with one, its successor is in a new network.
            deleteBeforeReplace: args.recorded === undefined,
        });
        const routes = new aws.ec2.RouteTable(`${name}-routes`, {
            vpcId: vpc.id, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }], tags: tags("routes"),
        }, own);
        const route = new aws.ec2.RouteTableAssociation(`${name}-route`, { subnetId: subnet.id, routeTableId: routes.id }, own);
        const firewall = this.firewall(name, vpc.id, args);
        const key = new aws.ec2.KeyPair(`${name}-key`, { publicKey: args.publicKey, tags: tags("key") }, own);

        const image = args.image ?? aws.ec2.getAmiOutput({
            owners: [canonical],
            mostRecent: true,
            filters: [
                { name: "name", values: ["ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*"] },
                { name: "virtualization-type", values: ["hvm"] },
            ],
        }, own).id;
        const instance = new aws.ec2.Instance(`${name}-machine`, {
            ami: image,
            instanceType: args.instanceType,
            subnetId: subnet.id,
            vpcSecurityGroupIds: [firewall.group.id],
            keyName: key.keyName,
            userData: args.userData,
            // IMDSv2 only, and one hop: a container is a hop farther and cannot ask for the machine's credentials.
            metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
            rootBlockDevice: { volumeType: "gp3", volumeSize: args.diskGb, encrypted: true, deleteOnTermination: true, tags: tags("disk") },
            tags: tags("machine"),
        }, {
            ...own,
            // A newer image or another first-start script is for the next machine, not a reason to throw this one away.
            ignoreChanges: ["ami", "userData"],
            dependsOn: [route],
        });
        const address = new aws.ec2.Eip(`${name}-address`, { domain: "vpc", tags: tags("address") }, { ...own, dependsOn: [gateway] });
        const association = new aws.ec2.EipAssociation(`${name}-bound`, { allocationId: address.allocationId, instanceId: instance.id }, own);

        this.id = instance.id;
        this.address = address.publicIp;
        this.privateAddress = instance.privateIp;
        this.reachable = [association, ...firewall.rules];
        this.registerOutputs({ id: this.id, address: this.address, privateAddress: this.privateAddress });
    }

    /** Rules are resources of their own: one that is taken away by hand is seen and put back alone. */
    private firewall(name: string, vpcId: pulumi.Input<string>, args: AwsMachineArgs): { group: aws.ec2.SecurityGroup; rules: pulumi.Resource[] } {
        const group = new aws.ec2.SecurityGroup(`${name}-firewall`, {
            vpcId, description: "Antipode: web for all, ssh for administrators", tags: { ...args.tags, Name: `${name}-firewall` },
        }, { parent: this });
        const open = (part: string, port: number, cidrIpv4: string, description: string) =>
            new aws.vpc.SecurityGroupIngressRule(`${name}-${part}`, {
                securityGroupId: group.id, ipProtocol: "tcp", fromPort: port, toPort: port, cidrIpv4, description, tags: args.tags,
            }, { parent: group });
        const rules = [
            open("http", 80, "0.0.0.0/0", "HTTP: certificates and redirection"),
            open("https", 443, "0.0.0.0/0", "HTTPS"),
            ...args.adminCidrs.map((cidr) => open(`ssh-${cidr.replace(/[./]/g, "-")}`, 22, cidr, "ssh for administrators")),
            new aws.vpc.SecurityGroupEgressRule(`${name}-out`, {
                securityGroupId: group.id, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0", description: "Everything out", tags: args.tags,
            }, { parent: group }),
        ];
        return { group, rules };
    }
}

/**
 * A zone that has the type. AWS, left to choose, may take one that has not: one in us-east-1 has no type newer than t2, and
 * which zone that is differs from account to account (docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html).
 */
function zoneWith(instanceType: string, opts: pulumi.InvokeOptions): pulumi.Output<string> {
    return aws.ec2.getInstanceTypeOfferingOutput({
        locationType: "availability-zone",
        filters: [{ name: "instance-type", values: [instanceType] }],
        // Every offer is of this type: "preferred" makes several of them no error but a choice.
        preferredInstanceTypes: [instanceType],
    }, opts).location;
}
