import { generateKeyPairSync } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { TestCloud } from "../testing/cloud";
import { UNKNOWN, type Values } from "../values";
import { texts } from "../tls/keys";
import { tencent } from "./index";

const rsa = texts(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey).publicKeyOpenssh.trim();
const ed25519 = texts(generateKeyPairSync("ed25519").privateKey).publicKeyOpenssh.trim();
const line = { action: "ACCEPT", cidrBlock: "0.0.0.0/0", protocol: "TCP", port: "80" };

let cloud: TestCloud;
let vpcId: string;
let subnetId: string;
let groupId: string;

beforeEach(async () => {
    cloud = new TestCloud(tencent.kinds, "ap-shanghai");
    vpcId = (await cloud.make("Vpc", { name: "net", cidrBlock: "10.8.0.0/16" })).id;
    subnetId = (await cloud.make("Subnet", { name: "a", vpcId, cidrBlock: "10.8.1.0/24", availabilityZone: "ap-shanghai-2" })).id;
    groupId = (await cloud.make("SecurityGroup", { name: "web" })).id;
});

describe("Tencent refuses in the preview", () => {
    // Rules of the provider's schemas: terraform-provider-tencentcloud, services/vpc, services/cvm and common/validators.go. Rules of the API: the comments
    // of tencentcloud-sdk-go, vpc/v20170312 and cvm/v20170312. Tags: tencentcloud.com/document/product/651/13354.
    it.each([
        ["Vpc", { cidrBlock: "10.16.0.0/16" }, "cidrBlock: InvalidParameterValue.Range"],
        ["Vpc", { cidrBlock: "192.168.0.0/15" }, "cidrBlock: InvalidParameterValue.Range"],
        ["Vpc", { cidrBlock: "172.16.0.0/29" }, "cidrBlock: InvalidParameterValue.Range"],
        ["Vpc", { cidrBlock: "10.0.0.1/16" }, "cidrBlock: InvalidParameterValue.Malformed"],
        ["Vpc", { name: "网".repeat(21) }, "name: InvalidParameterValue.TooLong"],
        ["Vpc", { dnsServers: ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"] }, "dnsServers: InvalidParameterValue.LimitExceeded"],
        ["Vpc", { dnsServers: ["10.0.0.1", "dns.example"] }, "dnsServers[1]: InvalidParameterValue.Malformed"],
        ["Vpc", { name: "" }, "name: InvalidParameterValue.TooLong"],
        ["Vpc", { tags: { project: "antipode", system: "antipode" } }, "tags.project: InvalidParameterValue.ReservedTagKey"],
        ["Subnet", { cidrBlock: "10.8.0.0/29" }, "cidrBlock: InvalidParameterValue.Range"],
        ["Subnet", { availabilityZone: "ap-guangzhou-3" }, "availabilityZone: InvalidZone.MismatchRegion"],
        ["Vpc", { tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, "x"])) }, "tags: LimitExceeded.TagKeyPerResourceExceeded"],
        ["Vpc", { tags: { ["k".repeat(128)]: "x" } }, `tags.${"k".repeat(128)}: InvalidParameterValue.TagInvalidKeyLen`],
        ["Subnet", { tags: { "a*b": "x" } }, "tags.a*b: InvalidParameterValue.TagInvalidKey"],
        ["Eip", { tags: { " a": "x" } }, "tags. a: InvalidParameterValue.TagInvalidKey"],
        ["Instance", { tags: { a: "v".repeat(256) } }, "tags.a: InvalidParameterValue.TagInvalidVal"],
        ["KeyPair", { tags: { a: "" } }, "tags.a: InvalidParameterValue.TagInvalidVal"],
        ["Subnet", { cidrBlock: "10.8.0.1/24" }, "cidrBlock: InvalidParameterValue.Malformed"],
        ["Subnet", { name: "n".repeat(61) }, "name: InvalidParameterValue.TooLong"],
        ["SecurityGroup", { name: "网".repeat(61) }, "name: InvalidParameterValue.TooLong"],
        ["SecurityGroup", { description: "d".repeat(101) }, "description: InvalidParameterValue.TooLong"],
        ["SecurityGroup", { description: "" }, "description: InvalidParameterValue.TooLong"],
        ["SecurityGroup", { projectId: 1.5 }, "projectId: InvalidParameterValue"],
        ["SecurityGroupRuleSet", { ingresses: [{ ...line, policyIndex: 1 }] }, "ingresses[0].policyIndex: InvalidParameterValue"],
        ["SecurityGroupRuleSet", { ingresses: [{ action: "DROP", ipv6CidrBlock: "10.0.0.0/8" }] }, "ingresses[0].ipv6CidrBlock: InvalidParameterValue.Malformed"],
        ["SecurityGroupRuleSet", { ingresses: [{ ...line, protocol: "GRE" }] }, "ingresses[0].port: InvalidParameter.Coexist"],
        ["SecurityGroupRuleSet", { ingresses: [{ action: "DROP", cidrBlock: "10.0.0.0/8", protocol: "TCP", serviceTemplateId: "ppm-1" }] }, "ingresses[0].protocol: InvalidParameter.Coexist"],
        ["SecurityGroupRuleSet", { egresses: [{ action: "DROP", cidrBlock: "10.0.0.0/8", serviceTemplateId: "ppm-1", serviceTemplateGroup: "ppmg-1" }] }, "egresses[0].serviceTemplateGroup: InvalidParameter.Coexist"],
        ["SecurityGroupRuleSet", { ingresses: [{ ...line, action: "ALLOW" }] }, "ingresses[0].action: InvalidParameterValue"],
        ["SecurityGroupRuleSet", { ingresses: [{ ...line, sourceSecurityId: "sg-1" }] }, "ingresses[0].sourceSecurityId: InvalidParameter.Coexist"],
        ["SecurityGroupRuleSet", { ingresses: [{ action: "DROP", protocol: "ALL" }] }, "ingresses[0].cidrBlock: InvalidParameter.Coexist"],
        ["SecurityGroupRuleSet", { egresses: [{ ...line, protocol: "ALL" }] }, "egresses[0].port: InvalidParameter.Coexist"],
        ["SecurityGroupRuleSet", { egresses: [{ ...line, protocol: "ICMP" }] }, "egresses[0].port: InvalidParameter.Coexist"],
        ["SecurityGroupRuleSet", { ingresses: [{ ...line, protocol: "HTTP" }] }, "ingresses[0].protocol: InvalidParameterValue"],
        ["SecurityGroupRuleSet", { ingresses: [{ ...line, port: "0-70000" }] }, "ingresses[0].port: InvalidParameterValue.Range"],
        ["SecurityGroupRuleSet", { ingresses: [{ ...line, cidrBlock: "10.0.0/8" }] }, "ingresses[0].cidrBlock: InvalidParameterValue.Malformed"],
        ["SecurityGroupRuleSet", { ingresses: [line, { ...line, description: "again" }] }, "ingresses[1]: UnsupportedOperation.DuplicatePolicy"],
        ["KeyPair", { keyName: "cn-operator" }, "keyName: InvalidKeyPairNameIncludeIllegalChar"],
        ["KeyPair", { keyName: "k".repeat(26) }, "keyName: InvalidKeyPairNameTooLong"],
        ["KeyPair", { publicKey: ed25519 }, "publicKey: InvalidPublicKey.Malformed"],
        ["Instance", { userData: "#!/bin/sh" }, "userData: InvalidParameterValue.InvalidUserDataFormat"],
        ["Instance", { userDataRaw: "x".repeat(12_289) }, "userDataRaw: InvalidParameterValue.InvalidUserDataFormat"],
        ["Instance", { userData: "YQ==", userDataRaw: "a" }, "userDataRaw: InvalidParameterCombination"],
        ["Instance", { allocatePublicIp: true, internetMaxBandwidthOut: 0 }, "internetMaxBandwidthOut: InvalidParameterCombination"],
        ["Instance", { instanceType: "MEDIUM4" }, "instanceType: InvalidInstanceType.Malformed"],
        ["Instance", { hostname: "cn..one" }, "hostname: InvalidHostName.Malformed"],
        ["Instance", { instanceName: "a" }, "instanceName: InvalidInstanceName.TooLong"],
        ["Instance", { systemDiskType: "SSD" }, "systemDiskType: InvalidParameterValue"],
        ["Instance", { systemDiskSize: 50.5 }, "systemDiskSize: InvalidParameterValue"],
        ["Instance", { stoppedMode: "FREE" }, "stoppedMode: InvalidParameterValue"],
        ["Instance", { stoppedMode: "" }, "stoppedMode: InvalidParameterValue"],
        ["Instance", { instanceChargeType: "MONTHLY" }, "instanceChargeType: InvalidParameterValue"],
        ["Instance", { internetChargeType: "BANDWIDTH_PREPAID_BY_MONTH" }, "internetChargeType: InvalidParameterValue"],
        ["Instance", { internetMaxBandwidthOut: -1 }, "internetMaxBandwidthOut: InvalidParameterValue"],
        ["Instance", { instanceName: "n".repeat(129) }, "instanceName: InvalidInstanceName.TooLong"],
        ["Instance", { privateIp: "10.8.1.256" }, "privateIp: InvalidParameterValue.IPAddressMalformed"],
        ["Instance", { orderlySecurityGroups: ["sg-1", "sg-2", "sg-3", "sg-4", "sg-5", "sg-6"] }, "orderlySecurityGroups: LimitExceeded.AssociateUSGLimitExceeded"],
        ["Eip", { internetChargeType: "TRAFFIC_POSTPAID_BY_HOUR", internetMaxBandwidthOut: 101 }, "internetMaxBandwidthOut: InvalidParameterValue.BandwidthOutOfRange"],
        ["Eip", { internetServiceProvider: "ISP" }, "internetServiceProvider: InvalidParameterValue"],
        ["Instance", { stopType: "SLEEP" }, "stopType: InvalidParameterValue"],
        ["Instance", { partitionNumber: 31 }, "partitionNumber: InvalidParameterValue"],
        ["Instance", { disasterRecoverGroupIds: ["ps-1", "ps-2", "ps-3", "ps-4"] }, "disasterRecoverGroupIds: InvalidParameterValue"],
        ["Instance", { dedicatedResourcePackIds: ["rpp-1"] }, "dedicatedResourcePackIds: InvalidParameterCombination"],
        ["Instance", { instanceChargeTypePrepaidPeriod: 13 }, "instanceChargeTypePrepaidPeriod: InvalidParameterValue"],
        ["Instance", { instanceChargeTypePrepaidRenewFlag: "AUTO" }, "instanceChargeTypePrepaidRenewFlag: InvalidParameterValue"],
        ["Instance", { spotInstanceType: "one-time" }, "spotInstanceType: InvalidParameterValue"],
        ["Instance", { spotMaxPrice: "cheap" }, "spotMaxPrice: InvalidParameterValue"],
        ["Instance", { cdhInstanceType: "2C4G" }, "cdhInstanceType: InvalidParameterValue"],
        ["Instance", { ipv4AddressType: "EIP" }, "ipv4AddressType: InvalidParameterValue"],
        ["Instance", { ipv6AddressType: "WanIP" }, "ipv6AddressType: InvalidParameterValue"],
        ["Instance", { securityGroups: ["sg-1"], orderlySecurityGroups: ["sg-1"] }, "securityGroups: InvalidParameterCombination"],
        ["Instance", { keyName: "skey-1", keyIds: ["skey-1"] }, "keyIds: InvalidParameterCombination"],
        ["Instance", { password: "Secret12", keyIds: ["skey-1"] }, "keyIds: InvalidParameterCombination"],
        ["Instance", { keepImageLogin: true, keyIds: ["skey-1"] }, "keepImageLogin: InvalidParameterCombination"],
        ["Instance", { dataDisks: [{ dataDiskType: "CLOUD_BSSD", dataDiskSize: 10.5 }] }, "dataDisks[0].dataDiskSize: InvalidParameterValue"],
        ["Eip", { prepaidPeriod: 5.5 }, "prepaidPeriod: InvalidParameterValue"],
        ["Eip", { prepaidPeriod: 18 }, "prepaidPeriod: InvalidParameterValue"],
        ["Eip", { autoRenewFlag: 3 }, "autoRenewFlag: InvalidParameterValue"],
        ["Eip", { anycastZone: "ANYCAST_ZONE_A" }, "anycastZone: InvalidParameterValue"],
        ["Eip", { internetChargeType: "BANDWIDTH_PREPAID_BY_MONTH", internetMaxBandwidthOut: 10 }, "prepaidPeriod: MissingParameter"],
        ["Eip", { type: "AntiDDoSEIP" }, "antiDdosPackageId: MissingParameter"],
        ["Eip", { internetChargeType: "BANDWIDTH_PREPAID" }, "internetChargeType: InvalidParameterValue"],
        ["Eip", { internetMaxBandwidthOut: 0.5 }, "internetMaxBandwidthOut: InvalidParameterValue"],
        ["Eip", { internetMaxBandwidthOut: -1 }, "internetMaxBandwidthOut: InvalidParameterValue.BandwidthOutOfRange"],
        ["Eip", { type: "ElasticIP" }, "type: InvalidParameterValue"],
        ["Eip", { name: "an address" }, "name: InvalidParameterValue"],
        ["Eip", { name: "n".repeat(129) }, "name: InvalidParameterValue"],
        ["Eip", { bandwidthPackageId: "package" }, "bandwidthPackageId: InvalidParameterValue.BandwidthPackageIdMalformed"],
        ["EipAssociation", { instanceId: "ins-1", networkInterfaceId: "eni-1", privateIp: "10.8.1.10" }, "instanceId: InvalidParameterCombination"],
        ["EipAssociation", { instanceId: "ins-1", networkInterfaceId: "eni-1" }, "instanceId: InvalidParameterCombination"],
        ["EipAssociation", { instanceId: "ins-1", privateIp: "10.8.1.10" }, "instanceId: InvalidParameterCombination"],
        ["EipAssociation", { networkInterfaceId: "eni-1" }, "networkInterfaceId: InvalidParameterCombination"],
        ["EipAssociation", { privateIp: "10.8.1.10" }, "privateIp: InvalidParameterCombination"],
        ["EipAssociation", { eipId: "e".repeat(26) }, "eipId: InvalidParameterValue"],
        ["EipAssociation", { instanceId: "" }, "instanceId: InvalidParameterValue"],
        ["EipAssociation", { networkInterfaceId: "eni-1", privateIp: "::1" }, "privateIp: InvalidParameterValue"],
    ])("%s %j", (type, inputs, expected) => {
        expect(cloud.refused(type, inputs)).toEqual([expected]);
    });

    it.each([
        ["Instance", { allocatePublicIp: true, internetMaxBandwidthOut: UNKNOWN }],
        ["Eip", { internetChargeType: UNKNOWN, internetMaxBandwidthOut: 150 }],
    ])("not what only the update will know: %s %j", (type, inputs) => {
        expect(cloud.refused(type, inputs)).toEqual([]);
    });
});

describe("Tencent accepts", () => {
    it.each([
        ["Instance", { instanceChargeType: "UNDERWRITE" }],
        ["Instance", { stoppedMode: "STOP_CHARGING" }],
        ["Instance", { instanceName: "网".repeat(128) }],
        // Characters here, not bytes as in a VPC's name (tencentcloud-sdk-go, vpc/v20170312, CreateSecurityGroup).
        ["SecurityGroup", { name: "网".repeat(60), description: "网".repeat(100) }],
        ["SecurityGroupRuleSet", { ingresses: [{ action: "accept", cidrBlock: "10.0.0.0/8", protocol: "GRE" }] }],
        ["SecurityGroupRuleSet", { ingresses: [{ action: "ACCEPT", cidrBlock: "", sourceSecurityId: "sg-1", protocol: "icmpv6", port: "all" }] }],
        ["SecurityGroupRuleSet", { ingresses: [{ action: "ACCEPT", cidrBlock: "MY_PUBLIC_IP", protocol: "TCP", port: "22" }] }],
        ["SecurityGroupRuleSet", { ingresses: [{ action: "DROP", ipv6CidrBlock: "2001:db8::/32", serviceTemplateId: "ppm-1" }] }],
        ["Eip", { type: "AnycastEIP", anycastZone: "ANYCAST_ZONE_OVERSEAS", egress: "center_egress1" }],
        ["Eip", { internetChargeType: "BANDWIDTH_PREPAID_BY_MONTH", internetMaxBandwidthOut: 200, prepaidPeriod: 12, autoRenewFlag: 1 }],
        ["Instance", { instanceChargeType: "SPOTPAID", spotInstanceType: "ONE-TIME", spotMaxPrice: "0.50", stopType: "SOFT_FIRST" }],
        ["Instance", { dataDisks: [{ dataDiskType: "CLOUD_BSSD", dataDiskSize: 20, deleteWithInstance: true }] }],
        ["Vpc", { assistantCidrs: ["10.9.0.0/16"], enableRouteVpcPublish: true }],
        ["Eip", { name: "上海-address_1", bandwidthPackageId: "bwp-abcd1234", internetChargeType: "BANDWIDTH_PACKAGE", internetMaxBandwidthOut: 2000 }],
        ["EipAssociation", { networkInterfaceId: "eni-1", privateIp: "10.8.1.10" }],
        ["Vpc", { tags: { "部门 a/b:c@d": "研发 (x)" } }],
    ])("%s %j", (type, inputs) => {
        expect(cloud.refused(type, inputs)).toEqual([]);
    });
});

describe("Tencent refuses what does not go together", () => {
    const machine = (more: object) => ({ availabilityZone: "ap-shanghai-2", imageId: "img-487zeit5", instanceType: "S5.MEDIUM4", vpcId, subnetId, orderlySecurityGroups: [groupId], ...more });
    const cases: [string, string, () => Values, string][] = [
        ["a subnet outside its VPC", "Subnet", () => ({ name: "b", vpcId, cidrBlock: "10.9.0.0/24", availabilityZone: "ap-shanghai-2" }), "does not lie in"],
        ["a subnet over another", "Subnet", () => ({ name: "b", vpcId, cidrBlock: "10.8.1.0/25", availabilityZone: "ap-shanghai-2" }), "InvalidParameterValue.SubnetConflict"],
        ["a group name that is taken", "SecurityGroup", () => ({ name: "web" }), "InvalidParameterValue.Duplicate"],
        ["rules of no group", "SecurityGroupRuleSet", () => ({ securityGroupId: "sg-0" }), "ResourceNotFound"],
        ["a malformed image", "Instance", () => machine({ imageId: "ubuntu" }), "InvalidImageId.Malformed"],
        ["an unknown image", "Instance", () => machine({ imageId: "img-00000000" }), "InvalidImageId.NotFound"],
        ["an unknown type", "Instance", () => machine({ instanceType: "S5.MEDUM4" }), "InvalidParameterValue.InstanceTypeNotFound"],
        ["another zone than the subnet's", "Instance", () => machine({ availabilityZone: "ap-shanghai-3" }), "InvalidParameterValue.SubnetIdZoneIdNotMatch"],
        ["a zone that is sold out", "Instance", () => machine({ availabilityZone: "ap-shanghai-1" }), "ResourcesSoldOut.SpecifiedInstanceType"],
        ["another VPC than the subnet's", "Instance", () => machine({ vpcId: "vpc-0" }), "InvalidParameterValue.VpcIdSubnetIdNotMatch"],
        ["an unknown group", "Instance", () => machine({ orderlySecurityGroups: ["sg-0"] }), "InvalidSecurityGroupId.NotFound"],
        ["a host of its own that is not named", "Instance", () => machine({ instanceChargeType: "CDHPAID" }), "cdh_instance_type can not be empty when instance_charge_type is CDHPAID"],
        ["an unknown launch template", "Instance", () => machine({ launchTemplateId: "lt-1" }), "InvalidParameterValue.LaunchTemplateIdNotExisted"],
        ["a data disk", "Instance", () => machine({ dataDisks: [{ dataDiskType: "CLOUD_BSSD", dataDiskSize: 20 }] }), "the pocket cloud has no data disks"],
        ["a route table of another VPC", "Subnet", () => ({ name: "b", vpcId, cidrBlock: "10.8.2.0/24", availabilityZone: "ap-shanghai-2", routeTableId: "rtb-0" }), "route_table [rtb-0]  not found in vpc"],
        ["a kind of address that the region does not have", "Eip", () => ({ name: "a", type: "HighQualityEIP" }), "UnsupportedOperation.UnsupportedRegion"],
        ["an unknown bandwidth package", "Eip", () => ({ name: "a", internetChargeType: "BANDWIDTH_PACKAGE", bandwidthPackageId: "bwp-abcd1234" }), "InvalidParameterValue.BandwidthPackageNotFound"],
        ["the operator's own address", "SecurityGroupRuleSet", () => ({ securityGroupId: groupId, ingresses: [{ ...line, cidrBlock: "MY_PUBLIC_IP" }] }), "MY_PUBLIC_IP"],
        ["an unknown key", "Instance", () => machine({ keyIds: ["skey-0"] }), "InvalidParameterValue.KeyPairNotFound"],
    ];
    it.each(cases)("%s", async (_name, type, inputs, expected) => {
        await expect(cloud.make(type, inputs())).rejects.toThrow(expected);
    });

    it("one key twice, one name twice", async () => {
        await cloud.make("KeyPair", { keyName: "one", publicKey: rsa });
        await expect(cloud.make("KeyPair", { keyName: "one", publicKey: `${rsa}x` })).rejects.toThrow("InvalidKeyPairName.Duplicate");
        await expect(cloud.make("KeyPair", { keyName: "two", publicKey: rsa })).rejects.toThrow("InvalidPublicKey.Duplicate");
    });

    it("an address that is bound, and an instance that has one", async () => {
        const [one, two] = [await cloud.make("Instance", machine({})), await cloud.make("Instance", machine({ allocatePublicIp: true, internetMaxBandwidthOut: 5 }))];
        const [a, b] = [await cloud.make("Eip", { name: "a" }), await cloud.make("Eip", { name: "b" })];
        await expect(cloud.make("EipAssociation", { eipId: a.id, instanceId: two.id })).rejects.toThrow("ordinary public address");
        await cloud.make("EipAssociation", { eipId: a.id, instanceId: one.id });
        await expect(cloud.make("EipAssociation", { eipId: a.id, instanceId: two.id })).rejects.toThrow("eip status is illegal");
        await expect(cloud.make("EipAssociation", { eipId: b.id, instanceId: one.id })).rejects.toThrow("InvalidInstanceId.AlreadyBindEip");
    });

    it("an address by nobody once any binding of it was deleted: the provider unbinds by address alone", async () => {
        const [old, eip] = [await cloud.make("Instance", machine({})), await cloud.make("Eip", { name: "a" })];
        const first = await cloud.make("EipAssociation", { eipId: eip.id, instanceId: old.id });
        await cloud.delete("Instance", old.id);
        expect(await cloud.read("Eip", eip.id)).toMatchObject({ status: "UNBIND" });
        expect(await cloud.read("EipAssociation", first.id)).toMatchObject({ instanceId: old.id });
        const fresh = await cloud.make("Instance", machine({}));
        await cloud.make("EipAssociation", { eipId: eip.id, instanceId: fresh.id });
        expect(await cloud.read("Eip", eip.id)).toMatchObject({ status: "BIND" });
        await cloud.delete("EipAssociation", first.id);
        expect(await cloud.read("Eip", eip.id)).toMatchObject({ status: "UNBIND" });
    });

    // The provider plans the address that was there, and sends it along (resource_tc_instance.go, ModifyVpc).
    it("to take a machine into another subnet with the address of the one before", async () => {
        const { id, state } = await cloud.make("Instance", machine({}));
        const other = (await cloud.make("Subnet", { name: "b", vpcId, cidrBlock: "10.8.2.0/24", availabilityZone: "ap-shanghai-2" })).id;
        await expect(cloud.update("Instance", id, machine({ subnetId: other }))).rejects.toThrow(`The address \`${state.privateIp}\` is not usable in 10.8.2.0/24`);
        expect((await cloud.update("Instance", id, machine({ subnetId: other, privateIp: "10.8.2.10" }))).privateIp).toBe("10.8.2.10");
    });

    // "If it is a system disk, it can only be expanded" (tencentcloud-sdk-go, cvm/v20170312, ResizeInstanceDisks).
    it("a smaller disk, not a larger one", async () => {
        const { id } = await cloud.make("Instance", machine({ systemDiskSize: 60 }));
        await expect(cloud.update("Instance", id, machine({ systemDiskSize: 59 }))).rejects.toThrow("an error occurred when modifying system_disk");
        expect((await cloud.update("Instance", id, machine({}))).systemDiskSize).toBe(60);
        expect((await cloud.update("Instance", id, machine({ systemDiskSize: 80 }))).systemDiskSize).toBe(80);
    });

    it("no machine whose groups and key stand in the arguments of before", async () => {
        const other = await cloud.make("SecurityGroup", { name: "db" });
        const key = await cloud.make("KeyPair", { keyName: "one", publicKey: rsa });
        const { id, state } = await cloud.make("Instance", machine({ orderlySecurityGroups: undefined, securityGroups: [groupId], keyName: key.id }));
        expect(state).toMatchObject({ securityGroups: [groupId], orderlySecurityGroups: [groupId], keyName: key.id, keyIds: [key.id] });
        const later = await cloud.update("Instance", id, machine({ orderlySecurityGroups: undefined, securityGroups: [other.id] }));
        expect(later).toMatchObject({ securityGroups: [other.id], orderlySecurityGroups: [other.id], keyIds: [key.id] });
    });

    // resource_tc_instance.go and resource_tc_eip.go, Update.
    it("a bandwidth of a charge type that has none, another bandwidth package", async () => {
        const { id } = await cloud.make("Instance", machine({ internetChargeType: "BANDWIDTH_PREPAID", internetMaxBandwidthOut: 1 }));
        await expect(cloud.update("Instance", id, machine({ internetChargeType: "BANDWIDTH_PREPAID", internetMaxBandwidthOut: 2 }))).rejects.toThrow("charge type should be one of");
        const eip = await cloud.make("Eip", { name: "a" });
        await expect(cloud.update("Eip", eip.id, { name: "a", bandwidthPackageId: "bwp-abcd1234" })).rejects.toThrow("tencentcloud_eip update on bandwidth_package_id is not support yet");
    });

    // tencentcloud-sdk-go, vpc/v20170312, SecurityGroupPolicy.CidrBlock.
    it("to keep 0.0.0.0/8 apart from 0.0.0.0/0", async () => {
        const ingresses = [{ ...line, cidrBlock: "0.0.0.0/8" }, { ...line, cidrBlock: "10.0.0.0/8" }];
        const { state } = await cloud.make("SecurityGroupRuleSet", { securityGroupId: groupId, ingresses });
        expect(state.ingresses).toMatchObject([{ cidrBlock: "0.0.0.0/0" }, { cidrBlock: "10.0.0.0/8" }]);
        expect(cloud.refused("SecurityGroupRuleSet", { ingresses: [line, ...ingresses] })).toEqual(["ingresses[1]: UnsupportedOperation.DuplicatePolicy"]);
    });

    it("to delete what is in use", async () => {
        const { id } = await cloud.make("Instance", machine({ disableApiTermination: true }));
        const other = await cloud.make("SecurityGroup", { name: "db" });
        await cloud.make("SecurityGroupRuleSet", { securityGroupId: groupId, ingresses: [{ action: "ACCEPT", sourceSecurityId: other.id, protocol: "ALL", port: "ALL" }] });
        await expect(cloud.delete("Vpc", vpcId)).rejects.toThrow("ResourceInUse");
        await expect(cloud.delete("Subnet", subnetId)).rejects.toThrow("ResourceInUse");
        await expect(cloud.delete("SecurityGroup", groupId)).rejects.toThrow(`in use by ${id}`);
        await expect(cloud.delete("SecurityGroup", other.id)).rejects.toThrow(`in use by the rules of ${groupId}`);
        await expect(cloud.delete("Instance", id)).rejects.toThrow("UnsupportedOperation.InstancesProtected");
    });
});
