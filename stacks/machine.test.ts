import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { examples } from "../infra/settings/examples";
import { scratch } from "../testing/scratch";
import { cn } from "./cn";
import { programOf } from "./mocks";
import { us } from "./us";

process.env.ANTIPODE_KEYS = scratch();

const states = {
    us: [
        { type: "aws:ec2/vpc:Vpc", outputs: { cidrBlock: "10.11.0.0/16" } },
        { type: "aws:ec2/instance:Instance", outputs: { availabilityZone: "us-east-1c", rootBlockDevice: { volumeSize: 50 } } },
    ],
    cn: [
        { type: "tencentcloud:index/vpc:Vpc", outputs: { cidrBlock: "10.12.0.0/16" } },
        { type: "tencentcloud:index/instance:Instance", outputs: { availabilityZone: "ap-shanghai-2", systemDiskSize: 50 } },
    ],
};

describe("a machine that is there", () => {
    it.each([
        ["cn", "zone", "ap-shanghai-5", "MACHINE_STAYS: The zone of stack cn is ap-shanghai-5, and its machine stands in ap-shanghai-2."],
        ["cn", "networkCidr", "10.9.0.0/16", "MACHINE_STAYS: The networkCidr of stack cn is 10.9.0.0/16, and its machine stands in 10.12.0.0/16."],
        ["cn", "diskGb", "40", "DISK_SHRINKS: The diskGb of stack cn is 40, and its machine's disk has 50 GB."],
        ["us", "diskGb", "40", "DISK_SHRINKS: The diskGb of stack us is 40, and its machine's disk has 50 GB."],
    ] as const)("of %s refuses another %s, %s, before anything is made", async (stack, setting, value, words) => {
        const made: string[] = [];
        await pulumi.runtime.setMocks({
            newResource: ({ type }) => (made.push(type), { id: "id", state: {} }),
            call: ({ token }) => ({ outputs: token.endsWith(":readStackResourceOutputs") ? { ...states[stack] } : {} }),
        }, "antipode", stack, false, "organization");
        const { values, secrets } = examples(stack);
        pulumi.runtime.setAllConfig(Object.fromEntries(Object.entries({ ...values, [setting]: value }).map(([key, value]) => [`antipode:${key}`, value])), [...secrets].map((key) => `antipode:${key}`));
        await expect({ cn, us }[stack]()).rejects.toThrow(words);
        expect(made).toEqual([]);
    });

    const subnetOf = async (...args: Parameters<typeof programOf>) => (await programOf(...args)).made.find(({ type }) => type.endsWith(":Subnet"))!.options;

    it("of us moves into another network by a new gateway, subnet and machine, and else stays in its zone", async () => {
        const { made } = await programOf("us", {}, { recorded: states.us });
        expect(made.find(({ type }) => type.endsWith(":InternetGateway"))!.options!.replaceOnChanges).toEqual(["vpcId"]);
        expect(made.find(({ type }) => type.endsWith(":Subnet"))!.options).toEqual({ replaceOnChanges: [], ignoreChanges: ["availabilityZone"], deleteBeforeReplace: false });
        expect(await subnetOf("us", { networkCidr: "10.9.0.0/16" }, { recorded: states.us })).toEqual({ replaceOnChanges: [], ignoreChanges: [], deleteBeforeReplace: false });
    });

    it.each(["cn", "us"] as const)("of %s: before it, a subnet makes way for one in another zone", async (stack) => {
        expect(await subnetOf(stack, { zone: stack === "cn" ? "ap-shanghai-5" : "us-east-1a" }, { recorded: states[stack].slice(0, 1) }))
            .toEqual({ replaceOnChanges: [], ignoreChanges: [], deleteBeforeReplace: true });
    });
});
