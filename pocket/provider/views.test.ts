import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { aws, view as awsView } from "./aws";
import { imagesOf } from "./aws/catalogue";
import { removeRule, setPower, terminateInstance } from "./console";
import { tencent, view as tencentView } from "./tencent";
import { TestCloud } from "./testing/cloud";
import { texts } from "./tls/keys";

const publicKey = texts(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey).publicKeyOpenssh.trim();

describe("the view of AWS", () => {
    async function landscape() {
        const cloud = new TestCloud(aws.kinds, "us-east-1");
        const vpcId = (await cloud.make("Vpc", { cidrBlock: "10.0.0.0/16" })).id;
        const subnetId = (await cloud.make("Subnet", { vpcId, cidrBlock: "10.0.1.0/24" })).id;
        const gateway = await cloud.make("InternetGateway", { vpcId });
        const web = (await cloud.make("SecurityGroup", { vpcId, name: "web" })).id;
        const db = (await cloud.make("SecurityGroup", { vpcId, name: "db" })).id;
        const http = await cloud.make("SecurityGroupIngressRule", { securityGroupId: web, ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "0.0.0.0/0" });
        await cloud.make("SecurityGroupIngressRule", { securityGroupId: db, ipProtocol: "-1", referencedSecurityGroupId: web });
        await cloud.make("KeyPair", { keyName: "operator", publicKey });
        const machine = { ami: imagesOf("us-east-1")[0]!.id, instanceType: "t3.medium", subnetId, keyName: "operator", userData: "#cloud-config\n" };
        const one = await cloud.make("Instance", { ...machine, vpcSecurityGroupIds: [web] });
        const two = await cloud.make("Instance", { ...machine, vpcSecurityGroupIds: [db] });
        const eip = await cloud.make("Eip", { domain: "vpc" });
        await cloud.make("EipAssociation", { allocationId: eip.id, instanceId: one.id });
        return { cloud, vpcId, subnetId, gateway, one, two, http };
    }

    it("has machines with what they boot from, and groups resolved to addresses", async () => {
        const { cloud, subnetId, one, two, vpcId, gateway } = await landscape();
        const { machines, subnets, firewalls } = awsView(cloud.store);
        expect(subnets).toEqual([{ id: subnetId, place: "us", cidr: "10.0.1.0/24" }]);
        expect(machines.map((m) => [m.id, m.privateIp])).toEqual([[one.id, "10.0.1.10"], [two.id, "10.0.1.11"]]);
        expect(machines[0]).toEqual({
            id: one.id, place: "us", subnetId, privateIp: "10.0.1.10", hostname: "ip-10-0-1-10", system: imagesOf("us-east-1")[0]!.id, userData: "#cloud-config\n", publicKeys: [publicKey],
            cpus: 2, memoryMiB: 4096, power: "on",
        });
        expect(firewalls[0]).toEqual({ privateIp: "10.0.1.10", ingress: [{ action: "accept", protocol: "tcp", ports: [{ from: 80, to: 80 }], cidr: "0.0.0.0/0" }], egress: [] });
        expect(firewalls[1]!.ingress).toEqual([{ action: "accept", protocol: "all", cidr: "10.0.1.10/32" }]);
        // Without a route to the gateway nobody reaches the address.
        expect(awsView(cloud.store).addresses).toEqual([{ publicIp: "198.51.100.10", place: "us", privateIp: undefined }]);
        const table = await cloud.make("RouteTable", { vpcId, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }] });
        await cloud.make("RouteTableAssociation", { routeTableId: table.id, subnetId });
        expect(awsView(cloud.store).addresses).toEqual([{ publicIp: "198.51.100.10", place: "us", privateIp: "10.0.1.10" }]);
        // A group stands for its members' private addresses alone.
        expect(awsView(cloud.store).firewalls[1]!.ingress.map((r) => r.cidr)).toEqual(["10.0.1.10/32"]);
    });

    it("follows what is done by hand", async () => {
        const { cloud, one, two, http } = await landscape();
        removeRule(cloud.store, { aws: http.id });
        setPower(cloud.store, two.id, "off");
        expect(awsView(cloud.store).firewalls[0]!.ingress).toEqual([]);
        expect(awsView(cloud.store).machines.map((m) => m.power)).toEqual(["on", "off"]);
        terminateInstance(cloud.store, one.id);
        expect(awsView(cloud.store).machines.map((m) => m.id)).toEqual([two.id]);
        expect(await cloud.kind("Instance").read(one.id, cloud.context())).toBeUndefined();
    });
});

describe("the view of Tencent", () => {
    it("puts the groups in the machine's order and the lines in the group's; without rules nothing passes", async () => {
        const cloud = new TestCloud(tencent.kinds, "ap-shanghai");
        const vpcId = (await cloud.make("Vpc", { name: "net", cidrBlock: "10.8.0.0/16" })).id;
        const subnetId = (await cloud.make("Subnet", { name: "a", vpcId, cidrBlock: "10.8.1.0/24", availabilityZone: "ap-shanghai-2" })).id;
        const [web, door] = [(await cloud.make("SecurityGroup", { name: "web" })).id, (await cloud.make("SecurityGroup", { name: "door" })).id];
        const keyId = (await cloud.make("KeyPair", { keyName: "operator", publicKey })).id;
        const { id } = await cloud.make("Instance", {
            availabilityZone: "ap-shanghai-2", imageId: "img-487zeit5", instanceType: "S5.MEDIUM4", vpcId, subnetId, hostname: "cn", keyIds: [keyId],
            orderlySecurityGroups: [door, web], userData: Buffer.from("#!/bin/sh\n").toString("base64"),
        });
        expect(tencentView(cloud.store).firewalls).toEqual([{ privateIp: "10.8.1.10", ingress: [], egress: [] }]);
        const set = await cloud.make("SecurityGroupRuleSet", { securityGroupId: web, ingresses: [
            { action: "DROP", cidrBlock: "203.0.113.7", protocol: "ALL", port: "ALL" }, { action: "ACCEPT", cidrBlock: "0.0.0.0/0", protocol: "TCP", port: "80,8000-8010" },
        ] });
        await cloud.make("SecurityGroupRuleSet", { securityGroupId: door, ingresses: [{ action: "ACCEPT", cidrBlock: "198.51.100.10/32", protocol: "TCP", port: "27017" }] });
        const eip = await cloud.make("Eip", { name: "cn" });
        await cloud.make("EipAssociation", { eipId: eip.id, instanceId: id });
        const view = tencentView(cloud.store);
        expect(set.id).toBe(web);
        expect(view.firewalls[0]!.ingress).toEqual([
            { action: "accept", protocol: "tcp", ports: [{ from: 27017, to: 27017 }], cidr: "198.51.100.10/32" },
            { action: "drop", protocol: "all", cidr: "203.0.113.7/32" },
            { action: "accept", protocol: "tcp", ports: [{ from: 80, to: 80 }, { from: 8000, to: 8010 }], cidr: "0.0.0.0/0" },
        ]);
        expect(view.addresses).toEqual([{ publicIp: "198.51.100.138", place: "cn", privateIp: "10.8.1.10" }]);
        expect(view.machines[0]).toMatchObject({ hostname: "cn", system: "img-487zeit5", userData: "#!/bin/sh\n", publicKeys: [publicKey.split(" ").slice(0, 2).join(" ")], cpus: 2, memoryMiB: 4096 });
        removeRule(cloud.store, { tencent: web, direction: "ingresses", index: 0 });
        expect(tencentView(cloud.store).firewalls[0]!.ingress).toHaveLength(2);
    });
});
