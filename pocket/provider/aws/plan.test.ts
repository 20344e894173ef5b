import { describe, expect, it } from "vitest";
import { TestCloud } from "../testing/cloud";
import type { Values } from "../values";
import { aws } from "./index";

const cloud = new TestCloud(aws.kinds, "us-east-1");

/** What the providers' schemas say of defaults, computed values and sets: terraform-provider-aws, internal/service/ec2. */
describe("a plan", () => {
    it.each<[string, Values, Values, Values]>([
        ["Vpc", {}, { enableDnsSupport: true, enableDnsHostnames: false, instanceTenancy: "default" }, { enableDnsHostnames: false }],
        ["Subnet", {}, { mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false, ipv6Native: false, enableDns64: false }, {}],
        ["Subnet", {}, { availabilityZone: "us-east-1a" }, { availabilityZone: "us-east-1a" }],
        ["SecurityGroup", {}, { description: "Managed by Pulumi", revokeRulesOnDelete: false }, {}],
        ["SecurityGroup", { ingress: [{ protocol: "tcp", fromPort: 1, toPort: 1 }, { protocol: "tcp", fromPort: 2, toPort: 2 }] },
            { ingress: [{ protocol: "6", fromPort: 2, toPort: 2, self: false }, { protocol: "TCP", fromPort: 1, toPort: 1 }] }, {}],
        ["SecurityGroupIngressRule", { ipProtocol: "tcp" }, { ipProtocol: "TCP" }, {}],
        ["SecurityGroupIngressRule", { ipProtocol: "6" }, { ipProtocol: "tcp" }, {}],
        ["RouteTable", { routes: [{ cidrBlock: "10.1.0.0/16", gatewayId: "a" }, { cidrBlock: "10.2.0.0/16", gatewayId: "b" }] },
            { routes: [{ cidrBlock: "10.2.0.0/16", gatewayId: "b" }, { cidrBlock: "10.1.0.0/16", gatewayId: "a", natGatewayId: "" }] }, {}],
        ["InternetGateway", { vpcId: "vpc-1" }, {}, {}],
        ["KeyPair", { publicKey: "ssh-ed25519 AAAA" }, { publicKey: "ssh-ed25519 AAAA\n" }, {}],
        ["Eip", {}, { domain: "vpc", publicIpv4Pool: "amazon" }, { domain: "vpc", publicIpv4Pool: "amazon" }],
        ["EipAssociation", {}, { privateIpAddress: "10.0.1.10" }, { privateIpAddress: "10.0.1.10" }],
        ["Instance", {}, { tenancy: "default", sourceDestCheck: true, monitoring: false, userDataReplaceOnChange: false }, { tenancy: "default", monitoring: false }],
        ["Instance", { vpcSecurityGroupIds: ["sg-a", "sg-b"] }, { vpcSecurityGroupIds: ["sg-b", "sg-a"] }, {}],
        ["Instance", { metadataOptions: { httpTokens: "required" } }, { metadataOptions: { httpTokens: "required", httpEndpoint: "enabled", httpProtocolIpv6: "disabled" } }, {}],
        ["Instance", { rootBlockDevice: { volumeType: "gp3" } }, { rootBlockDevice: { volumeType: "gp3", iops: 3000, throughput: 125, deleteOnTermination: true } },
            { rootBlockDevice: { volumeType: "gp3", iops: 3000, throughput: 125 } }],
        ["Instance", { keyName: "a", privateIp: "10.0.1.10" }, {}, {}],
    ])("of %s %j changes nothing with %j", (type, olds, news, state) => {
        expect(cloud.changes(type, olds, news, { ...olds, ...state })).toEqual([]);
    });

    it.each<[string, Values, Values, string[]]>([
        ["Vpc", { enableDnsSupport: false }, {}, ["update enableDnsSupport"]],
        ["Vpc", { instanceTenancy: "dedicated" }, {}, ["update instanceTenancy"]],
        ["Vpc", { instanceTenancy: "default" }, { instanceTenancy: "dedicated" }, ["replace instanceTenancy"]],
        ["Subnet", { ipv4NetmaskLength: 24 }, { ipv4NetmaskLength: 25 }, ["replace ipv4NetmaskLength"]],
        ["InternetGateway", { vpcId: "vpc-1" }, { vpcId: "vpc-2" }, ["update vpcId"]],
        ["RouteTable", { vpcId: "vpc-1" }, { vpcId: "vpc-2" }, ["replace vpcId"]],
        ["SecurityGroup", { vpcId: "vpc-1" }, { vpcId: "vpc-2" }, ["replace vpcId"]],
        ["SecurityGroup", { description: "a" }, {}, ["replace description"]],
        ["SecurityGroupIngressRule", { cidrIpv4: "10.0.0.0/8" }, { cidrIpv6: "::/0" }, ["replace cidrIpv4", "replace cidrIpv6"]],
        ["EipAssociation", { instanceId: "i-1" }, { instanceId: "i-2" }, ["replace instanceId"]],
        ["Instance", { instanceType: "t3.small", tenancy: "default" }, { instanceType: "t3.medium", tenancy: "dedicated" }, ["update instanceType", "replace tenancy"]],
        ["Instance", { rootBlockDevice: { volumeSize: 50 } }, { rootBlockDevice: { volumeSize: 60, encrypted: true } }, ["update rootBlockDevice.volumeSize", "replace rootBlockDevice.encrypted"]],
        ["Instance", { ebsBlockDevices: [{ deviceName: "/dev/sdb", tags: { a: "1" } }] }, { ebsBlockDevices: [{ deviceName: "/dev/sdb", tags: { a: "2" } }] }, ["update ebsBlockDevices[0].tags.a"]],
        ["Instance", { ebsBlockDevices: [] }, { ebsBlockDevices: [{ deviceName: "/dev/sdb" }] }, ["replace ebsBlockDevices[0]"]],
        ["Instance", { placementGroupId: "pg-1", sourceDestCheck: false }, { placementGroupId: "pg-2" }, ["replace placementGroupId", "update sourceDestCheck"]],
        ["Instance", { userData: "a", userDataReplaceOnChange: true }, { userData: "b", userDataReplaceOnChange: true }, ["replace userData"]],
    ])("of %s %j changes with %j", (type, olds, news, expected) => {
        expect(cloud.changes(type, olds, news)).toEqual(expected);
    });
});
