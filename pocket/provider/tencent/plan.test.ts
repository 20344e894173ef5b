import { describe, expect, it } from "vitest";
import { mustDeleteFirst } from "../naming";
import { TestCloud } from "../testing/cloud";
import type { Values } from "../values";
import { tencent } from "./index";

const cloud = new TestCloud(tencent.kinds, "ap-shanghai");
const line = { action: "ACCEPT", cidrBlock: "10.0.0.0/8", protocol: "TCP", port: "80" };

/** What the provider's schemas say of defaults, computed values and sets: terraform-provider-tencentcloud, services/vpc and services/cvm. */
describe("a plan", () => {
    it.each<[string, Values, Values, Values]>([
        ["Vpc", { dnsServers: ["183.60.83.19", "183.60.82.98"] }, { dnsServers: ["183.60.82.98", "183.60.83.19"] }, {}],
        ["Vpc", {}, { isMulticast: true, dnsServers: ["183.60.83.19"] }, { isMulticast: true, dnsServers: ["183.60.83.19"] }],
        ["Vpc", { dnsServers: ["183.60.83.19"], isMulticast: false }, {}, {}],
        ["Subnet", {}, { isMulticast: false, routeTableId: "rtb-1" }, { isMulticast: false, routeTableId: "rtb-1" }],
        ["SecurityGroup", {}, { projectId: 0 }, { description: "", projectId: 0 }],
        ["SecurityGroup", { projectId: 1234 }, {}, {}],
        ["SecurityGroupRuleSet", { ingresses: [{ action: "ACCEPT", cidrBlock: "10.0.0.0/8" }] },
            { ingresses: [{ action: "ACCEPT", cidrBlock: "10.0.0.0/8", protocol: "ALL", port: "ALL", description: "" }] },
            { ingresses: [{ action: "ACCEPT", cidrBlock: "10.0.0.0/8", protocol: "ALL", port: "ALL" }] }],
        ["SecurityGroupRuleSet", {}, { ingresses: [], egresses: [] }, {}],
        ["KeyPair", {}, { projectId: 0, forceStop: false }, { projectId: 0 }],
        ["KeyPair", { publicKey: "ssh-rsa AAAA one" }, { publicKey: "ssh-rsa AAAA two" }, { publicKey: "ssh-rsa AAAA" }],
        ["Instance", { keyIds: ["skey-a", "skey-b"] }, { keyIds: ["skey-b", "skey-a"] }, {}],
        ["Instance", {}, { allocatePublicIp: false, userDataReplaceOnChange: false, forceDelete: false, projectId: 0 }, { allocatePublicIp: false, projectId: 0 }],
        ["Instance", {}, { instanceChargeType: "POSTPAID_BY_HOUR", systemDiskType: "CLOUD_BSSD", systemDiskSize: 50, runningFlag: true, disableApiTermination: false },
            { instanceChargeType: "POSTPAID_BY_HOUR", systemDiskType: "CLOUD_BSSD", systemDiskSize: 50, runningFlag: true, disableApiTermination: false }],
        ["Instance", { hostname: "cn", instanceName: "cn-machine", imageId: "img-487zeit5", instanceType: "S5.MEDIUM4", privateIp: "10.8.1.10", tags: { a: "b" } }, {}, {}],
        ["Instance", { orderlySecurityGroups: ["sg-a"], keyIds: ["skey-a"], userData: "YQ==", subnetId: "subnet-1", vpcId: "vpc-1", systemDiskSize: 60 }, {}, {}],
        ["Eip", {}, { type: "EIP", internetChargeType: "TRAFFIC_POSTPAID_BY_HOUR", internetMaxBandwidthOut: 1 },
            { type: "EIP", internetChargeType: "TRAFFIC_POSTPAID_BY_HOUR", internetMaxBandwidthOut: 1 }],
        ["Eip", { internetChargeType: "BANDWIDTH_POSTPAID_BY_HOUR", internetMaxBandwidthOut: 10, type: "EIP" }, {}, {}],
        ["Vpc", { assistantCidrs: ["10.9.0.0/16", "10.10.0.0/16"] }, { assistantCidrs: ["10.10.0.0/16", "10.9.0.0/16"] }, {}],
        ["Instance", { securityGroups: ["sg-a", "sg-b"] }, { securityGroups: ["sg-b", "sg-a"], disableMonitorService: false, disableSecurityService: false }, {}],
        ["Instance", { disasterRecoverGroupIds: ["ps-a", "ps-b"], cdhHostId: "host-1" }, { disasterRecoverGroupIds: ["ps-b", "ps-a"] }, {}],
        ["Instance", { dataDisks: [{ dataDiskType: "CLOUD_BSSD", dataDiskSize: 20 }] },
            { dataDisks: [{ dataDiskType: "CLOUD_BSSD", dataDiskSize: 20, deleteWithInstance: true, encrypt: false, throughputPerformance: 0 }] }, {}],
        ["EipAssociation", { eipId: "eip-1", instanceId: "ins-1" }, { eipId: "eip-1" }, { privateIp: "10.8.1.10" }],
    ])("of %s %j changes nothing with %j", (type, olds, news, state) => {
        expect(cloud.changes(type, olds, news, { ...olds, ...state })).toEqual([]);
    });

    it.each<[string, Values, Values, string[]]>([
        ["Vpc", { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.1.0.0/16" }, ["replace cidrBlock"]],
        ["Vpc", { dnsServers: ["183.60.83.19"] }, { dnsServers: ["183.60.82.98"] }, ["update dnsServers[0]"]],
        ["Subnet", { availabilityZone: "ap-shanghai-2" }, { availabilityZone: "ap-shanghai-3" }, ["replace availabilityZone"]],
        ["SecurityGroup", { projectId: 0 }, { projectId: 1 }, ["replace projectId"]],
        ["SecurityGroup", { description: "a" }, {}, ["delete description"]],
        ["SecurityGroupRuleSet", { ingresses: [line, { ...line, port: "443" }] }, { ingresses: [{ ...line, port: "443" }, line] }, ["update ingresses[0].port", "update ingresses[1].port"]],
        ["KeyPair", { projectId: 1 }, {}, ["replace projectId"]],
        ["Instance", { orderlySecurityGroups: ["sg-a", "sg-b"] }, { orderlySecurityGroups: ["sg-b", "sg-a"] }, ["update orderlySecurityGroups[0]", "update orderlySecurityGroups[1]"]],
        ["Instance", { allocatePublicIp: true }, {}, ["replace allocatePublicIp"]],
        ["Instance", { stoppedMode: "STOP_CHARGING" }, {}, ["delete stoppedMode"]],
        ["Instance", { userData: "YQ==" }, { userData: "Yg==" }, ["update userData"]],
        ["Instance", { userData: "YQ==", userDataReplaceOnChange: true }, { userData: "Yg==", userDataReplaceOnChange: true }, ["replace userData"]],
        ["Instance", { dataDisks: [{ dataDiskType: "CLOUD_BSSD", dataDiskSize: 20 }] }, { dataDisks: [{ dataDiskType: "CLOUD_SSD", dataDiskSize: 30 }] },
            ["replace dataDisks[0].dataDiskType", "update dataDisks[0].dataDiskSize"]],
        ["Instance", { dataDisks: [{ dataDiskType: "CLOUD_BSSD", dataDiskSize: 20 }] },
            { dataDisks: [{ dataDiskType: "CLOUD_BSSD", dataDiskSize: 20 }, { dataDiskType: "CLOUD_SSD", dataDiskSize: 30 }] }, ["replace dataDisks[1]"]],
        ["Instance", { spotMaxPrice: "0.5", launchTemplateId: "lt-1" }, { spotMaxPrice: "0.6" }, ["replace spotMaxPrice", "replace launchTemplateId"]],
        ["Instance", { systemDiskEncrypt: true, ipv4AddressType: "WanIP" }, { systemDiskEncrypt: false, ipv4AddressType: "AntiDDoSEIP" }, ["replace systemDiskEncrypt", "replace ipv4AddressType"]],
        ["Instance", { disableMonitorService: true }, {}, ["update disableMonitorService"]],
        ["Subnet", { cdcId: "cluster-1" }, {}, ["replace cdcId"]],
        ["Eip", { anycastZone: "ANYCAST_ZONE_GLOBAL" }, {}, ["replace anycastZone"]],
        ["Eip", { type: "AnycastEIP" }, {}, ["replace type"]],
        ["Eip", {}, { internetServiceProvider: "BGP" }, ["replace internetServiceProvider"]],
        ["EipAssociation", { instanceId: "ins-1" }, { instanceId: "ins-2" }, ["replace instanceId"]],
    ])("of %s %j is changed by %j", (type, olds, news, expected) => {
        expect(cloud.changes(type, olds, news)).toEqual(expected);
    });

    // The provider never reads the line type back (resource_tc_eip.go, Read), and a change of it is ForceNew.
    it("of an address replaces it for the line type that it has anyway", async () => {
        const { state } = await cloud.make("Eip", { name: "a" });
        expect(cloud.changes("Eip", { name: "a" }, { name: "a", internetServiceProvider: "BGP" }, state)).toEqual(["replace internetServiceProvider"]);
    });

    // The provider keeps what the API gives back (resource_tc_security_group_rule_set.go, Read), so the next plan has the difference again.
    it.each<[string, string]>([["10.0.0.0/8", "10.0.0.0/8"], ["0.0.0.0/0", "0.0.0.0/0"]])("of a line for %s is at rest", (cidrBlock, kept) => {
        const inputs = { ingresses: [{ ...line, cidrBlock }] };
        expect(cloud.changes("SecurityGroupRuleSet", inputs, inputs, { ingresses: [{ ...line, cidrBlock: kept }] })).toEqual([]);
    });

    it("of a line for 0.0.0.0/8 changes it each time, for Tencent keeps 0.0.0.0/0", () => {
        const inputs = { ingresses: [line, { ...line, cidrBlock: "0.0.0.0/8" }], egresses: [{ ...line, cidrBlock: "0.0.0.0" }] };
        expect(cloud.changes("SecurityGroupRuleSet", inputs, inputs)).toEqual(["update ingresses[1].cidrBlock"]);
    });

    // pulumi-terraform-bridge, pkg/pf/tfbridge/provider_diff.go: the dynamic bridge never deletes first.
    it.each(["Vpc", "Subnet", "SecurityGroup", "SecurityGroupRuleSet", "KeyPair", "Instance", "Eip", "EipAssociation"])("replaces a %s with a name of its own after its successor was made", (type) => {
        expect(mustDeleteFirst(cloud.kind(type), { name: "given" })).toBe(false);
    });
});
