import { beforeEach, describe, expect, it } from "vitest";
import { TestCloud } from "../testing/cloud";
import { UNKNOWN, type Values } from "../values";
import { imagesOf } from "./catalogue";
import { aws } from "./index";

const ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIxNCJ8w5Zc2fXvFKd3ZKFLUhzyB2Rcfnzg8k3v5bM1e operator";
const AMI = imagesOf("us-east-1")[0]!.id;

let cloud: TestCloud;
let vpcId: string;
let subnetId: string;
let groupId: string;

beforeEach(async () => {
    cloud = new TestCloud(aws.kinds, "us-east-1");
    vpcId = (await cloud.make("Vpc", { cidrBlock: "10.0.0.0/16" })).id;
    subnetId = (await cloud.make("Subnet", { vpcId, cidrBlock: "10.0.1.0/24", availabilityZone: "us-east-1a" })).id;
    groupId = (await cloud.make("SecurityGroup", { vpcId, name: "web" })).id;
});

describe("EC2 refuses in the preview", () => {
    // Rules without a source beside them are the provider's own schemas: terraform-provider-aws, internal/service/ec2.
    it.each<[string, Values, string]>([
        ["Vpc", { cidrBlock: "10.0.0.0/8" }, "cidrBlock: InvalidVpc.Range"],
        ["Vpc", { cidrBlock: "10.0.0.0/29" }, "cidrBlock: InvalidVpc.Range"],
        ["Vpc", { cidrBlock: "10.0.0.1/16" }, "cidrBlock: InvalidParameterValue"],
        ["Vpc", { instanceTenancy: "shared" }, "instanceTenancy: InvalidParameterValue"],
        ["Vpc", { instanceTenancy: "host" }, "instanceTenancy: InvalidParameterValue"],
        ["Vpc", { cidrBlock: "10.0.0.0/16", ipv4NetmaskLength: 20, ipv4IpamPoolId: "ipam-pool-1" }, "ipv4NetmaskLength: InvalidParameterCombination"],
        ["Vpc", { ipv4NetmaskLength: 20 }, "ipv4NetmaskLength: InvalidParameterCombination"],
        ["Vpc", { ipv4NetmaskLength: 29, ipv4IpamPoolId: "ipam-pool-1" }, "ipv4NetmaskLength: InvalidParameterValue"],
        ["Vpc", { assignGeneratedIpv6CidrBlock: true, ipv6IpamPoolId: "ipam-pool-1" }, "ipv6IpamPoolId: InvalidParameterCombination"],
        ["Vpc", { ipv6CidrBlock: "2001:db8::/56" }, "ipv6CidrBlock: InvalidParameterCombination"],
        ["Vpc", { ipv6CidrBlock: "2001:db8::1/56", ipv6IpamPoolId: "ipam-pool-1" }, "ipv6CidrBlock: InvalidParameterValue"],
        ["Vpc", { ipv6NetmaskLength: 57, ipv6IpamPoolId: "ipam-pool-1" }, "ipv6NetmaskLength: InvalidParameterValue"],
        ["Vpc", { ipv6CidrBlockNetworkBorderGroup: "us-east-1" }, "ipv6CidrBlockNetworkBorderGroup: InvalidParameterCombination"],
        ["Vpc", { region: "us-east-9" }, "region: InvalidParameterValue"],
        ["Subnet", { cidrBlock: "10.0.0.0/29" }, "cidrBlock: InvalidSubnet.Range"],
        ["Subnet", { cidrBlock: "10.0.0/24" }, "cidrBlock: InvalidParameterValue"],
        ["Subnet", { availabilityZone: "us-east-1z" }, "availabilityZone: InvalidParameterValue"],
        ["Subnet", { availabilityZone: "us-east-1a", availabilityZoneId: "use1-az1" }, "availabilityZone: InvalidParameterCombination"],
        ["Subnet", { availabilityZoneId: "use1-az9" }, "availabilityZoneId: InvalidParameterValue"],
        ["Subnet", { mapCustomerOwnedIpOnLaunch: true, outpostArn: "arn:aws:outposts:us-east-1::outpost/op-1", availabilityZone: "us-east-1a" }, "mapCustomerOwnedIpOnLaunch: InvalidParameterCombination"],
        ["Subnet", { mapCustomerOwnedIpOnLaunch: true, customerOwnedIpv4Pool: "coip-1", outpostArn: "op-1", availabilityZone: "us-east-1a" }, "outpostArn: InvalidParameterValue"],
        ["Subnet", { cidrBlock: "10.0.1.0/24", ipv4NetmaskLength: 24, ipv4IpamPoolId: "ipam-pool-1" }, "ipv4NetmaskLength: InvalidParameterCombination"],
        ["Subnet", { ipv6NetmaskLength: 64, ipv6IpamPoolId: "ipam-pool-1" }, "ipv6NetmaskLength: InvalidParameterValue"],
        // EC2 API reference, ModifyVpcAttribute, CreateSubnet, ModifySubnetAttribute and RunInstances.
        ["Vpc", { enableDnsHostnames: true, enableDnsSupport: false }, "enableDnsHostnames: InvalidParameterValue"],
        ["Subnet", { assignIpv6AddressOnCreation: true }, "assignIpv6AddressOnCreation: InvalidParameterValue"],
        ["Subnet", { ipv6Native: true, ipv6CidrBlock: "2001:db8::/64", cidrBlock: "10.0.2.0/24" }, "cidrBlock: InvalidParameterCombination"],
        ["Subnet", { ipv6Native: true, ipv6CidrBlock: "2001:db8::/64", privateDnsHostnameTypeOnLaunch: "ip-name" }, "privateDnsHostnameTypeOnLaunch: InvalidParameterCombination"],
        ["Subnet", { outpostArn: "arn:aws:outposts:us-east-1::outpost/op-1" }, "outpostArn: InvalidParameterCombination"],
        ["Instance", { instanceMarketOptions: { spotOptions: { spotInstanceType: "persistent" } } }, "instanceMarketOptions.spotOptions.instanceInterruptionBehavior: InvalidParameterCombination"],
        ["Instance", { hibernation: true, enclaveOptions: { enabled: true } }, "hibernation: InvalidParameterCombination"],
        ["Instance", { instanceType: "t3.small", tenancy: "host", creditSpecification: { cpuCredits: "unlimited" } }, "creditSpecification.cpuCredits: InvalidParameterCombination"],
        ["Subnet", { enableLniAtDeviceIndex: 0 }, "enableLniAtDeviceIndex: InvalidParameterValue"],
        ["Subnet", { privateDnsHostnameTypeOnLaunch: "name" }, "privateDnsHostnameTypeOnLaunch: InvalidParameterValue"],
        ["Subnet", { outpostArn: "op-1", availabilityZone: "us-east-1a" }, "outpostArn: InvalidParameterValue"],
        ["RouteTable", { routes: [{ cidrBlock: "0.0.0.0", gatewayId: "igw-1" }] }, "routes[0].cidrBlock: InvalidParameterValue"],
        ["RouteTable", { routes: [{ cidrBlock: "0.0.0.0/0" }] }, "routes[0]: InvalidParameterCombination"],
        ["RouteTable", { routes: [{ gatewayId: "igw-1" }] }, "routes[0]: InvalidParameterCombination"],
        ["RouteTable", { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1", natGatewayId: "nat-1" }] }, "routes[0].natGatewayId: InvalidParameterCombination"],
        ["RouteTable", { routes: [{ cidrBlock: "0.0.0.0/0", ipv6CidrBlock: "::/0", gatewayId: "igw-1" }] }, "routes[0].ipv6CidrBlock: InvalidParameterCombination"],
        ["RouteTableAssociation", { subnetId: "subnet-1", gatewayId: "igw-1" }, "subnetId: InvalidParameterCombination"],
        ["SecurityGroup", { name: "sg-web" }, "name: InvalidParameterValue"],
        ["SecurityGroup", { name: "w".repeat(256) }, "name: InvalidParameterValue"],
        ["SecurityGroup", { name: "web", namePrefix: "w" }, "namePrefix: InvalidParameterCombination"],
        ["SecurityGroup", { namePrefix: "a → b" }, "namePrefix: InvalidParameterValue"],
        ["SecurityGroup", { namePrefix: "sg-w" }, "namePrefix: InvalidParameterValue"],
        ["SecurityGroup", { namePrefix: "w".repeat(230) }, "namePrefix: InvalidParameterValue"],
        ["SecurityGroup", { description: "the operator's" }, "description: InvalidParameterValue"],
        ["SecurityGroup", { description: "" }, "description: InvalidParameterValue"],
        ["SecurityGroup", { ingress: [{ protocol: "http", fromPort: 80, toPort: 80 }] }, "ingress[0].protocol: InvalidPermission.Malformed"],
        ["SecurityGroup", { ingress: [{ protocol: "all", fromPort: 80, toPort: 80 }] }, "ingress[0].fromPort: InvalidParameterCombination"],
        ["SecurityGroup", { egress: [{ protocol: "TCP", fromPort: 90, toPort: 80 }] }, "egress[0].fromPort: InvalidParameterValue"],
        ["SecurityGroup", { egress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["10.0.0.1/8"] }] }, "egress[0].cidrBlocks[0]: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { ipProtocol: "http" }, "ipProtocol: InvalidPermission.Malformed"],
        ["SecurityGroupIngressRule", { ipProtocol: "256" }, "ipProtocol: InvalidPermission.Malformed"],
        ["SecurityGroupIngressRule", { ipProtocol: "-1", fromPort: 80 }, "fromPort: InvalidParameterCombination"],
        ["SecurityGroupIngressRule", { ipProtocol: "tcp", fromPort: 80, toPort: 70_000 }, "toPort: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { ipProtocol: "tcp", fromPort: 90, toPort: 80 }, "fromPort: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { ipProtocol: "tcp", fromPort: -1, toPort: 80 }, "fromPort: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { ipProtocol: "tcp", fromPort: 80 }, "toPort: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { ipProtocol: "17", toPort: 53 }, "fromPort: InvalidParameterValue"],
        // EC2 API reference, "IpPermission": types and codes of ICMP.
        ["SecurityGroupIngressRule", { ipProtocol: "icmp", fromPort: 300, toPort: 0 }, "fromPort: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { ipProtocol: "icmpv6", fromPort: 8, toPort: 256 }, "toPort: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { ipProtocol: "icmp", fromPort: 8 }, "toPort: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { ipProtocol: "icmp", fromPort: -1, toPort: 0 }, "toPort: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { cidrIpv6: "2001:db8::1/64" }, "cidrIpv6: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { cidrIpv6: "203.0.113.7/32" }, "cidrIpv6: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { cidrIpv4: "203.0.113.7/24" }, "cidrIpv4: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { cidrIpv4: "0.0.0.0/0", cidrIpv6: "::/0" }, "cidrIpv6: InvalidParameterCombination"],
        ["SecurityGroupIngressRule", { prefixListId: "list" }, "prefixListId: InvalidParameterValue"],
        ["SecurityGroupEgressRule", { description: "a → b" }, "description: InvalidParameterValue"],
        ["SecurityGroupEgressRule", { description: "a".repeat(256) }, "description: InvalidParameterValue"],
        ["KeyPair", { publicKey: "ssh-dss AAAA" }, "publicKey: InvalidKey.Format"],
        ["KeyPair", { keyName: "a", keyNamePrefix: "b" }, "keyNamePrefix: InvalidParameterCombination"],
        ["KeyPair", { keyNamePrefix: "b".repeat(240) }, "keyNamePrefix: InvalidParameterValue"],
        ["KeyPair", { keyName: "键" }, "keyName: InvalidParameterValue"],
        ["Instance", { userData: "x".repeat(16_385) }, "userData: InvalidParameterValue"],
        ["Instance", { userData: "网".repeat(5462) }, "userData: InvalidParameterValue"],
        ["Instance", { userDataBase64: "not base64!" }, "userDataBase64: InvalidParameterValue"],
        ["Instance", { userData: "a", userDataBase64: "YQ==" }, "userDataBase64: InvalidParameterCombination"],
        ["Instance", { metadataOptions: { httpTokens: "always" } }, "metadataOptions.httpTokens: InvalidParameterValue"],
        ["Instance", { metadataOptions: { httpPutResponseHopLimit: 65 } }, "metadataOptions.httpPutResponseHopLimit: InvalidParameterValue"],
        ["Instance", { tenancy: "shared" }, "tenancy: InvalidParameterValue"],
        ["Instance", { instanceInitiatedShutdownBehavior: "sleep" }, "instanceInitiatedShutdownBehavior: InvalidParameterValue"],
        ["Instance", { creditSpecification: { cpuCredits: "none" } }, "creditSpecification.cpuCredits: InvalidParameterValue"],
        ["Instance", { maintenanceOptions: { autoRecovery: "enabled" } }, "maintenanceOptions.autoRecovery: InvalidParameterValue"],
        ["Instance", { instanceMarketOptions: { marketType: "reserved" } }, "instanceMarketOptions.marketType: InvalidParameterValue"],
        ["Instance", { placementGroup: "a", placementGroupId: "pg-1" }, "placementGroup: InvalidParameterCombination"],
        ["Instance", { ipv6AddressCount: 1, ipv6Addresses: ["2001:db8::1"] }, "ipv6AddressCount: InvalidParameterCombination"],
        ["Instance", { launchTemplate: { id: "lt-1", name: "a" } }, "launchTemplate.id: InvalidParameterCombination"],
        ["Instance", { privateIp: "10.0.1.256" }, "privateIp: InvalidParameterValue"],
        ["Instance", { rootBlockDevice: { tags: { Name: "disk" } }, volumeTags: { Name: "disk" } }, "rootBlockDevice.tags: InvalidParameterCombination"],
        ["Eip", { domain: "standard" }, "domain: InvalidParameterValue"],
        ["EipAssociation", { instanceId: "i-1", networkInterfaceId: "eni-1" }, "networkInterfaceId: InvalidParameterCombination"],
        // EC2 API reference, "Tag" and "CreateTags".
        ["Vpc", { tags: { "aws:owner": "me" } }, "tags.aws:owner: InvalidParameterValue"],
        ["Eip", { tags: { ["k".repeat(128)]: "v" } }, `tags.${"k".repeat(128)}: InvalidParameterValue`],
        ["Subnet", { tags: { "": "v" } }, "tags.: InvalidParameterValue"],
        ["KeyPair", { tags: { Name: "v".repeat(257) } }, "tags.Name: InvalidParameterValue"],
        ["SecurityGroup", { tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, "v"])) }, "tags: TagLimitExceeded"],
        ["Instance", { volumeTags: { "AWS:owner": "me" } }, "volumeTags.AWS:owner: InvalidParameterValue"],
        ["Instance", { rootBlockDevice: { tags: { "aws:owner": "me" } } }, "rootBlockDevice.tags.aws:owner: InvalidParameterValue"],
    ])("%s %j", (type, inputs, expected) => {
        expect(cloud.refused(type, inputs)).toEqual([expected]);
    });

    // EC2 API reference, "EbsBlockDevice"; ratios of the EBS user guide.
    it.each<[Values, string[]]>([
        [{ volumeType: "ssd" }, ["volumeType: InvalidParameterValue"]],
        [{ volumeSize: 4 }, ["volumeSize: InvalidBlockDeviceMapping"]],
        [{ volumeType: "st1", volumeSize: 125 }, ["volumeType: InvalidParameterValue"]],
        [{ volumeType: "sc1", volumeSize: 100 }, ["volumeType: InvalidParameterValue", "volumeSize: InvalidParameterValue"]],
        [{ volumeType: "standard", volumeSize: 1025 }, ["volumeSize: InvalidParameterValue"]],
        [{ volumeType: "standard", iops: 100 }, ["iops: InvalidParameterCombination"]],
        [{ volumeType: "gp2", volumeSize: 16_385 }, ["volumeSize: InvalidParameterValue"]],
        [{ volumeType: "gp2", iops: 3000 }, ["iops: InvalidParameterCombination"]],
        [{ volumeType: "gp2", throughput: 200 }, ["throughput: InvalidParameterDependency"]],
        [{ volumeType: "gp2", iops: 0, throughput: 0 }, []],
        [{ throughput: 200 }, ["throughput: InvalidParameterDependency"]],
        [{ volumeType: "gp3", volumeSize: 65_536 }, []],
        [{ volumeType: "gp3", volumeSize: 70_000 }, ["volumeSize: InvalidParameterValue"]],
        [{ volumeType: "gp3", iops: 2000 }, ["iops: InvalidParameterValue"]],
        [{ volumeType: "gp3", iops: 80_001, volumeSize: 1000 }, ["iops: InvalidParameterValue"]],
        [{ volumeType: "gp3", iops: 3000 }, []],
        [{ volumeType: "gp3", iops: 5000, volumeSize: 10 }, []],
        [{ volumeType: "gp3", iops: 5001, volumeSize: 10 }, ["iops: InvalidParameterValue"]],
        [{ volumeType: "gp3", throughput: 100 }, ["throughput: InvalidParameterValue"]],
        [{ volumeType: "gp3", throughput: 2001, iops: 16_000, volumeSize: 100 }, ["throughput: InvalidParameterValue"]],
        [{ volumeType: "gp3", throughput: 750 }, []],
        [{ volumeType: "gp3", throughput: 751 }, ["throughput: InvalidParameterValue"]],
        [{ volumeType: "gp3", throughput: 751, iops: 3004, volumeSize: 100 }, []],
        [{ volumeType: "io1", volumeSize: 8 }, ["iops: MissingParameter"]],
        [{ volumeType: "io1", iops: 400, volumeSize: 8 }, []],
        [{ volumeType: "io1", iops: 401, volumeSize: 8 }, ["iops: InvalidParameterValue"]],
        [{ volumeType: "io1", iops: 99, volumeSize: 8 }, ["iops: InvalidParameterValue"]],
        [{ volumeType: "io2", iops: 8000, volumeSize: 8 }, []],
        [{ volumeType: "io2", iops: 256_001, volumeSize: 1000 }, ["iops: InvalidParameterValue"]],
        [{ volumeType: "io2", iops: 1000, volumeSize: 8, throughput: 500 }, ["throughput: InvalidParameterDependency"]],
        [{ kmsKeyId: "alias/disk" }, ["kmsKeyId: InvalidParameterDependency"]],
        [{ kmsKeyId: "alias/disk", encrypted: true }, []],
        [{ volumeType: UNKNOWN, throughput: 200 }, []],
        [{ volumeType: "io1", iops: UNKNOWN, volumeSize: 8 }, []],
        [{ volumeType: "gp3", iops: 5001, volumeSize: UNKNOWN }, []],
    ])("of a disk %j", (rootBlockDevice, expected) => {
        expect(cloud.refused("Instance", { rootBlockDevice })).toEqual(expected.map((failure) => `rootBlockDevice.${failure}`));
    });

    it("takes RSA's successor, the characters that AWS allows, and a rule for all", () => {
        expect(cloud.refused("KeyPair", { publicKey: ED25519 })).toEqual([]);
        expect(cloud.refused("SecurityGroup", { description: "web (80/443) from all: {a} [b] #1!" })).toEqual([]);
        expect(cloud.refused("SecurityGroupEgressRule", { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" })).toEqual([]);
        expect(cloud.refused("SecurityGroupEgressRule", { ipProtocol: "-1", cidrIpv6: "2001:db8:0:4::/62" })).toEqual([]);
    });

    it.each<[string, Values]>([
        ["SecurityGroupIngressRule", { ipProtocol: "TCP", fromPort: 80, toPort: 80 }],
        ["SecurityGroupIngressRule", { ipProtocol: "all" }],
        ["SecurityGroupIngressRule", { ipProtocol: "icmp", fromPort: -1, toPort: -1 }],
        ["SecurityGroupIngressRule", { ipProtocol: "ICMPv6" }],
        ["SecurityGroupIngressRule", { ipProtocol: "50" }],
        ["SecurityGroupIngressRule", { ipProtocol: "tcp", fromPort: 80, toPort: UNKNOWN }],
        ["SecurityGroup", { namePrefix: "w".repeat(229), egress: [{ protocol: "All", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] }],
        ["RouteTable", { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN }] }],
        ["Eip", { tags: { ["k".repeat(127)]: "v".repeat(256) } }],
        ["Vpc", { tags: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, "v"])) }],
        ["Instance", { tenancy: "host", instanceInitiatedShutdownBehavior: "terminate", rootBlockDevice: { tags: { Name: "disk" } } }],
    ])("not what EC2 takes, or what only the update will know: %s %j", (type, inputs) => {
        expect(cloud.refused(type, inputs)).toEqual([]);
    });

    it("tags that are too many together with the provider's own", () => {
        const tags = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, "v"]));
        expect(new TestCloud(aws.kinds, "us-east-1", { defaultTags: { tags: { project: "antipode" } } }).refused("Vpc", { tags })).toEqual(["tags: TagLimitExceeded"]);
    });
});

describe("EC2 refuses what does not go together", () => {
    const rule = (more: object) => ({ securityGroupId: groupId, ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "0.0.0.0/0", ...more });
    const machine = (more: object) => ({ ami: AMI, instanceType: "t3.medium", subnetId, vpcSecurityGroupIds: [groupId], ...more });
    let allocationId: string;
    const cases: [string, string, () => Values, string][] = [
        ["a subnet of an unknown VPC", "Subnet", () => ({ vpcId: "vpc-0", cidrBlock: "10.0.2.0/24" }), 'InvalidVpcID.NotFound: The ID \'vpc-0\' does not exist (argument "vpcId")'],
        ["a subnet outside its VPC", "Subnet", () => ({ vpcId, cidrBlock: "10.1.0.0/24" }), "InvalidSubnet.Range"],
        ["a subnet over another", "Subnet", () => ({ vpcId, cidrBlock: "10.0.1.128/25" }), "InvalidSubnet.Conflict"],
        ["a group name that is taken", "SecurityGroup", () => ({ vpcId, name: "WEB" }), "InvalidGroup.Duplicate"],
        ["a rule without a source", "SecurityGroupIngressRule", () => rule({ cidrIpv4: undefined }), "exactly one of"],
        ["a rule in no group", "SecurityGroupIngressRule", () => rule({ securityGroupId: "sg-0" }), "InvalidGroup.NotFound"],
        ["an unknown image", "Instance", () => machine({ ami: "ami-0" }), 'InvalidAMIID.NotFound: The image id \'[ami-0]\' does not exist (argument "ami")'],
        ["an unknown type", "Instance", () => machine({ instanceType: "t3.medum" }), "Invalid value 't3.medum' for InstanceType"],
        ["an unknown subnet", "Instance", () => machine({ subnetId: "subnet-0" }), "InvalidSubnetID.NotFound"],
        ["an unknown group", "Instance", () => machine({ vpcSecurityGroupIds: ["sg-0"] }), "InvalidGroup.NotFound"],
        ["an unknown key", "Instance", () => machine({ keyName: "nobody" }), "InvalidKeyPair.NotFound"],
        ["an address that AWS keeps", "Instance", () => machine({ privateIp: "10.0.1.3" }), "privateIp"],
        ["a prefix list that nobody made", "SecurityGroupIngressRule", () => rule({ cidrIpv4: undefined, prefixListId: "pl-0" }), "InvalidPrefixListID.NotFound"],
        ["the same rule in other letters", "SecurityGroupIngressRule", () => rule({ ipProtocol: "6", fromPort: 443, toPort: 443 }), "InvalidPermission.Duplicate"],
        ["a zone that is not its subnet's", "Instance", () => machine({ availabilityZone: "us-east-1b" }), 'is in us-east-1a, not in us-east-1b (argument "availabilityZone")'],
        ["groups by name in a subnet", "Instance", () => machine({ vpcSecurityGroupIds: undefined, securityGroups: ["web"] }), "InvalidParameterCombination"],
        ["a sixth group", "Instance", () => machine({ vpcSecurityGroupIds: ["a", "b", "c", "d", "e", "f"] }), "SecurityGroupsPerInterfaceLimitExceeded"],
        ["a way to another network's gateway", "RouteTable", () => ({ vpcId, routes: [{ cidrBlock: "10.9.0.0/16", gatewayId: "local" }] }), "cannot create local Route"],
        ["two ways to one place", "RouteTable", () => ({ vpcId, routes: ["eni-a", "eni-b"].map((networkInterfaceId) => ({ cidrBlock: "0.0.0.0/0", networkInterfaceId })) }), "RouteAlreadyExists"],
        ["a way through what nobody made", "RouteTable", () => ({ vpcId, routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-0" }] }), 'InvalidNatGatewayID.NotFound: The ID \'nat-0\' does not exist (argument "routes[0].natGatewayId")'],
        ["a way through a gateway of another kind", "RouteTable", () => ({ vpcId, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "vgw-0" }] }), "InvalidInternetGatewayID.NotFound"],
        ["a launch template that nobody made", "Instance", () => machine({ launchTemplate: { name: "web" } }), "InvalidLaunchTemplateName.NotFoundException"],
        ["a profile that nobody made", "Instance", () => machine({ iamInstanceProfile: "web" }), "InvalidParameterValue: The ID 'web' does not exist"],
        ["an address for no interface", "EipAssociation", () => ({ allocationId, networkInterfaceId: "eni-0" }), "InvalidNetworkInterfaceID.NotFound"],
        ["an address for nothing", "EipAssociation", () => ({ allocationId: "eipalloc-0", instanceId: "i-0" }), "InvalidAllocationID.NotFound"],
    ];
    it.each(cases)("%s", async (_name, type, inputs, expected) => {
        allocationId = (await cloud.make("Eip", {})).id;
        await cloud.make("SecurityGroupIngressRule", rule({ ipProtocol: "TCP", fromPort: 443, toPort: 443 }));
        await expect(cloud.make(type, inputs())).rejects.toThrow(expected);
    });

    it("the same rule twice, a second gateway, a second route table, a sixth address, a type that a zone does not have", async () => {
        await cloud.make("SecurityGroupIngressRule", rule({}));
        await expect(cloud.make("SecurityGroupIngressRule", rule({}))).rejects.toThrow("InvalidPermission.Duplicate");
        await cloud.make("InternetGateway", { vpcId });
        await expect(cloud.make("InternetGateway", { vpcId })).rejects.toThrow("Resource.AlreadyAssociated");
        const table = await cloud.make("RouteTable", { vpcId });
        await cloud.make("RouteTableAssociation", { routeTableId: table.id, subnetId });
        await expect(cloud.make("RouteTableAssociation", { routeTableId: table.id, subnetId })).rejects.toThrow("Resource.AlreadyAssociated");
        for (let i = 1; i < 5; i++) await cloud.make("Vpc", { cidrBlock: "10.1.0.0/16" });
        await expect(cloud.make("Vpc", { cidrBlock: "10.1.0.0/16" })).rejects.toThrow("VpcLimitExceeded");
        await cloud.make("Vpc", { cidrBlock: "10.1.0.0/16", region: "us-west-2" });
        for (let i = 0; i < 5; i++) await cloud.make("Eip", { domain: "vpc" });
        await expect(cloud.make("Eip", { domain: "vpc" })).rejects.toThrow("AddressLimitExceeded");
        const old = await cloud.make("Subnet", { vpcId, cidrBlock: "10.0.9.0/24", availabilityZone: "us-east-1e" });
        await expect(cloud.make("Instance", machine({ subnetId: old.id }))).rejects.toThrow("not supported in your requested Availability Zone (us-east-1e)");
    });

    it("an address for a machine by the private one that it has not", async () => {
        await cloud.make("InternetGateway", { vpcId });
        const { state } = await cloud.make("Instance", machine({}));
        const [allocationId, networkInterfaceId] = [(await cloud.make("Eip", {})).id, state.primaryNetworkInterfaceId];
        await expect(cloud.make("EipAssociation", { allocationId, networkInterfaceId, privateIpAddress: "10.0.1.99" })).rejects.toThrow("InvalidParameterValue");
        expect((await cloud.make("EipAssociation", { allocationId, networkInterfaceId, privateIpAddress: state.privateIp })).state).toMatchObject({ privateIpAddress: state.privateIp });
    });

    it("an address before there is a gateway", async () => {
        const { id } = await cloud.make("Instance", machine({}));
        const eip = await cloud.make("Eip", {});
        await expect(cloud.make("EipAssociation", { allocationId: eip.id, instanceId: id })).rejects.toThrow("Gateway.NotAttached");
    });

    it("to detach a gateway from a network that has a mapped address, in an update too", async () => {
        const gateway = await cloud.make("InternetGateway", { vpcId });
        const { id } = await cloud.make("Instance", machine({}));
        const bound = await cloud.make("EipAssociation", { allocationId: (await cloud.make("Eip", {})).id, instanceId: id });
        const other = (await cloud.make("Vpc", { cidrBlock: "10.1.0.0/16" })).id;
        const words = `DetachInternetGateway, https response error StatusCode: 400, api error DependencyViolation: Network ${vpcId} has some mapped public address(es)`;
        await expect(cloud.update("InternetGateway", gateway.id, { vpcId: other })).rejects.toThrow(words);
        await expect(cloud.delete("InternetGateway", gateway.id)).rejects.toThrow(words);
        expect((await cloud.update("InternetGateway", gateway.id, { tags: { Name: "x" } })).vpcId).toBe(vpcId);
        await cloud.delete("EipAssociation", bound.id);
        expect((await cloud.update("InternetGateway", gateway.id, { vpcId: other })).vpcId).toBe(other);
    });

    it("to shrink a disk", async () => {
        const { id } = await cloud.make("Instance", machine({ rootBlockDevice: { volumeSize: 50 } }));
        await expect(cloud.update("Instance", id, machine({ rootBlockDevice: { volumeSize: 49 } }))).rejects.toThrow("ModifyVolume, https response error StatusCode: 400, api error InvalidParameterValue: New size cannot be smaller than existing size (50 GiB)");
        expect((await cloud.update("Instance", id, machine({ rootBlockDevice: { volumeSize: 60, volumeType: "gp3" } }))).rootBlockDevice).toMatchObject({ volumeSize: 60, iops: 3000, throughput: 125 });
    });

    it("to delete what is in use", async () => {
        const { id } = await cloud.make("Instance", machine({ disableApiTermination: true }));
        const other = await cloud.make("SecurityGroup", { vpcId, name: "db" });
        await cloud.make("SecurityGroupIngressRule", rule({ cidrIpv4: undefined, referencedSecurityGroupId: other.id }));
        await expect(cloud.delete("Vpc", vpcId)).rejects.toThrow(`DependencyViolation: The vpc '${vpcId}' has dependencies`);
        await expect(cloud.delete("Subnet", subnetId)).rejects.toThrow("DependencyViolation");
        await expect(cloud.delete("SecurityGroup", groupId)).rejects.toThrow(`has a dependent object: ${id}`);
        await expect(cloud.delete("SecurityGroup", other.id)).rejects.toThrow("DependencyViolation");
        await expect(cloud.delete("Instance", id)).rejects.toThrow("OperationNotPermitted");
    });
});
