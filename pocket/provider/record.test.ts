import { describe, expect, it } from "vitest";
import { aws } from "./aws";
import { imagesOf } from "./aws/catalogue";
import { cloudflare } from "./cloudflare";
import { tencent } from "./tencent";
import { TestCloud } from "./testing/cloud";

describe("an update of a resource that is gone", () => {
    it.each([
        [aws, "us-east-1", "Vpc", { cidrBlock: "10.0.0.0/16" }, "DescribeVpcs, https response error StatusCode: 400, api error InvalidVpcID.NotFound: The ID 'vpc-0' does not exist"],
        [aws, "us-east-1", "Eip", {}, "api error InvalidAllocationID.NotFound"],
        [tencent, "ap-shanghai", "Vpc", { name: "net", cidrBlock: "10.0.0.0/16" }, "Code=ResourceNotFound, Message=The vpc `vpc-0` does not exist."],
        [tencent, "ap-shanghai", "Eip", { name: "cn" }, "Code=InvalidAddressId.NotFound"],
        [cloudflare, "global", "DnsRecord", { zoneId: "z", name: "us", type: "A", ttl: 60, content: "198.51.100.1" }, '"code":81044,"message":"Record does not exist."'],
    ])("is refused and brings nothing back: $0.name $2", async (pack, region, type, inputs, words) => {
        const cloud = new TestCloud(pack.kinds, region);
        await expect(cloud.update(type, "vpc-0", inputs)).rejects.toThrow(words);
        expect(cloud.store.list(pack.name)).toEqual([]);
    });
});

describe("what follows from an association", () => {
    it("AWS: the machine's public address is the elastic one while it is bound, also after an update", async () => {
        const cloud = new TestCloud(aws.kinds, "us-east-1");
        const vpcId = (await cloud.make("Vpc", { cidrBlock: "10.0.0.0/16" })).id;
        await cloud.make("InternetGateway", { vpcId });
        const subnetId = (await cloud.make("Subnet", { vpcId, cidrBlock: "10.0.1.0/24" })).id;
        const inputs = { ami: imagesOf("us-east-1")[0]!.id, instanceType: "t3.small", subnetId, associatePublicIpAddress: true };
        const { id, state } = await cloud.make("Instance", inputs);
        expect([state.publicIp, state.publicDns]).toEqual(["198.51.100.10", "ec2-198-51-100-10.compute-1.amazonaws.com"]);
        const eip = await cloud.make("Eip", {});
        const bound = await cloud.make("EipAssociation", { allocationId: eip.id, instanceId: id });
        expect((await cloud.read("Instance", id)).publicIp).toBe("198.51.100.11");
        expect(await cloud.update("Instance", id, { ...inputs, instanceType: "t3.medium" }))
            .toMatchObject({ publicIp: "198.51.100.11", publicDns: "ec2-198-51-100-11.compute-1.amazonaws.com" });
        await cloud.delete("EipAssociation", bound.id);
        expect(await cloud.read("Instance", id)).toMatchObject({ publicIp: "", publicDns: "" });
    });

    it("Tencent: the address says that it is bound, and the machine which address it has", async () => {
        const cloud = new TestCloud(tencent.kinds, "ap-shanghai");
        const vpcId = (await cloud.make("Vpc", { name: "net", cidrBlock: "10.8.0.0/16" })).id;
        const subnetId = (await cloud.make("Subnet", { name: "a", vpcId, cidrBlock: "10.8.1.0/24", availabilityZone: "ap-shanghai-2" })).id;
        const { id } = await cloud.make("Instance", { availabilityZone: "ap-shanghai-2", imageId: "img-487zeit5", instanceType: "S5.MEDIUM4", vpcId, subnetId });
        const eip = await cloud.make("Eip", { name: "cn" });
        const seen = async () => [(await cloud.read("Eip", eip.id)).status, (await cloud.read("Instance", id)).publicIp];
        expect(await seen()).toEqual(["UNBIND", ""]);
        const bound = await cloud.make("EipAssociation", { eipId: eip.id, instanceId: id });
        expect(await seen()).toEqual(["BIND", "198.51.100.138"]);
        expect((await cloud.update("Eip", eip.id, { name: "other" })).status).toBe("BIND");
        await cloud.delete("EipAssociation", bound.id);
        expect(await seen()).toEqual(["UNBIND", ""]);
    });
});
