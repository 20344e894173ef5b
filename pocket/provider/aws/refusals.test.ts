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
    it.each([
        ["Vpc", { cidrBlock: "10.0.0.0/8" }, "cidrBlock: InvalidVpc.Range"],
        ["Vpc", { cidrBlock: "10.0.0.0/29" }, "cidrBlock: InvalidVpc.Range"],
        ["Vpc", { cidrBlock: "10.0.0.1/16" }, "cidrBlock: InvalidParameterValue"],
        ["Vpc", { instanceTenancy: "shared" }, "instanceTenancy: InvalidParameterValue"],
        ["Subnet", { cidrBlock: "10.0.0.0/29" }, "cidrBlock: InvalidSubnet.Range"],
        ["Subnet", { cidrBlock: "10.0.0/24" }, "cidrBlock: InvalidParameterValue"],
        ["Subnet", { availabilityZone: "us-east-1z" }, "availabilityZone: InvalidParameterValue"],
        ["Subnet", { availabilityZone: "us-east-1a", availabilityZoneId: "use1-az1" }, "availabilityZone: InvalidParameterCombination"],
        ["Subnet", { availabilityZoneId: "use1-az9" }, "availabilityZoneId: InvalidParameterValue"],
        ["RouteTable", { routes: [{ cidrBlock: "0.0.0.0", gatewayId: "igw-1" }] }, "routes[0].cidrBlock: InvalidParameterValue"],
        ["RouteTable", { routes: [{ cidrBlock: "10.0.0.0/16", gatewayId: "local" }] }, "routes[0].gatewayId: InvalidParameterValue"],
        ["RouteTableAssociation", { subnetId: "subnet-1", gatewayId: "igw-1" }, "subnetId: InvalidParameterCombination"],
        ["SecurityGroup", { name: "sg-web" }, "name: InvalidParameterValue"],
        ["SecurityGroup", { name: "w".repeat(256) }, "name: InvalidParameterValue"],
        ["SecurityGroup", { name: "web", namePrefix: "w" }, "namePrefix: InvalidParameterCombination"],
        ["SecurityGroup", { namePrefix: "a → b" }, "namePrefix: InvalidParameterValue"],
        ["SecurityGroup", { description: "the operator's" }, "description: InvalidParameterValue"],
        ["SecurityGroup", { description: "" }, "description: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { ipProtocol: "http" }, "ipProtocol: InvalidPermission.Malformed"],
        ["SecurityGroupIngressRule", { ipProtocol: "-1", fromPort: 80 }, "fromPort: InvalidParameterCombination"],
        ["SecurityGroupIngressRule", { ipProtocol: "tcp", fromPort: 80, toPort: 70_000 }, "toPort: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { ipProtocol: "tcp", fromPort: 90, toPort: 80 }, "fromPort: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { ipProtocol: "tcp", fromPort: 80 }, "toPort: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { ipProtocol: "17", toPort: 53 }, "fromPort: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { cidrIpv6: "2001:db8::1/64" }, "cidrIpv6: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { cidrIpv6: "203.0.113.7/32" }, "cidrIpv6: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { cidrIpv4: "203.0.113.7/24" }, "cidrIpv4: InvalidParameterValue"],
        ["SecurityGroupIngressRule", { cidrIpv4: "0.0.0.0/0", cidrIpv6: "::/0" }, "cidrIpv6: InvalidParameterCombination"],
        ["SecurityGroupEgressRule", { description: "a → b" }, "description: InvalidParameterValue"],
        ["KeyPair", { publicKey: "ssh-dss AAAA" }, "publicKey: InvalidKey.Format"],
        ["KeyPair", { keyName: "a", keyNamePrefix: "b" }, "keyNamePrefix: InvalidParameterCombination"],
        ["Instance", { userData: "x".repeat(16_385) }, "userData: InvalidParameterValue"],
        ["Instance", { userData: "网".repeat(5462) }, "userData: InvalidParameterValue"],
        ["Instance", { userDataBase64: "not base64!" }, "userDataBase64: InvalidParameterValue"],
        ["Instance", { userData: "a", userDataBase64: "YQ==" }, "userDataBase64: InvalidParameterCombination"],
        ["Instance", { metadataOptions: { httpTokens: "always" } }, "metadataOptions.httpTokens: InvalidParameterValue"],
        ["Instance", { metadataOptions: { httpPutResponseHopLimit: 65 } }, "metadataOptions.httpPutResponseHopLimit: InvalidParameterValue"],
        ["Instance", { rootBlockDevice: { volumeType: "ssd" } }, "rootBlockDevice.volumeType: InvalidParameterValue"],
        ["Instance", { rootBlockDevice: { volumeSize: 4 } }, "rootBlockDevice.volumeSize: InvalidBlockDeviceMapping"],
        ["Instance", { rootBlockDevice: { volumeType: "gp2", throughput: 200 } }, "rootBlockDevice.throughput: InvalidParameterDependency"],
        ["Eip", { domain: "standard" }, "domain: InvalidParameterValue"],
        ["EipAssociation", { instanceId: "i-1", networkInterfaceId: "eni-1" }, "networkInterfaceId: InvalidParameterCombination"],
    ])("%s %j", (type, inputs, expected) => {
        expect(cloud.refused(type, inputs)).toEqual([expected]);
    });

    it("takes RSA's successor, the characters that AWS allows, and a rule for all", () => {
        expect(cloud.refused("KeyPair", { publicKey: ED25519 })).toEqual([]);
        expect(cloud.refused("SecurityGroup", { description: "web (80/443) from all: {a} [b] #1!" })).toEqual([]);
        expect(cloud.refused("SecurityGroupEgressRule", { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" })).toEqual([]);
        expect(cloud.refused("SecurityGroupEgressRule", { ipProtocol: "-1", cidrIpv6: "2001:db8:0:4::/62" })).toEqual([]);
    });

    it.each([
        ["SecurityGroupIngressRule", { ipProtocol: "tcp", fromPort: 80, toPort: UNKNOWN }],
        ["Instance", { rootBlockDevice: { volumeType: UNKNOWN, throughput: 200 } }],
    ])("not what only the update will know: %s %j", (type, inputs) => {
        expect(cloud.refused(type, inputs)).toEqual([]);
    });
});

describe("EC2 refuses what does not go together", () => {
    const rule = (more: object) => ({ securityGroupId: groupId, ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "0.0.0.0/0", ...more });
    const machine = (more: object) => ({ ami: AMI, instanceType: "t3.medium", subnetId, vpcSecurityGroupIds: [groupId], ...more });
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
        ["an address for nothing", "EipAssociation", () => ({ allocationId: "eipalloc-0", instanceId: "i-0" }), "InvalidAllocationID.NotFound"],
    ];
    it.each(cases)("%s", async (_name, type, inputs, expected) => {
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
        for (let i = 0; i < 5; i++) await cloud.make("Eip", { domain: "vpc" });
        await expect(cloud.make("Eip", { domain: "vpc" })).rejects.toThrow("AddressLimitExceeded");
        const old = await cloud.make("Subnet", { vpcId, cidrBlock: "10.0.9.0/24", availabilityZone: "us-east-1e" });
        await expect(cloud.make("Instance", machine({ subnetId: old.id }))).rejects.toThrow("not supported in your requested Availability Zone (us-east-1e)");
    });

    it("an address before there is a gateway", async () => {
        const { id } = await cloud.make("Instance", machine({}));
        const eip = await cloud.make("Eip", {});
        await expect(cloud.make("EipAssociation", { allocationId: eip.id, instanceId: id })).rejects.toThrow("Gateway.NotAttached");
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
