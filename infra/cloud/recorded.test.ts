import { describe, expect, it } from "vitest";
import { admitChanges, recordedMachine, type RecordedMachine, type Wanted } from "./recorded";

const aws = [
    { type: "aws:ec2/vpc:Vpc", outputs: { cidrBlock: "10.11.0.0/16" } },
    { type: "aws:ec2/instance:Instance", outputs: { availabilityZone: "us-east-1c", rootBlockDevice: { volumeSize: 50 } } },
];
const tencent = [
    { type: "tencentcloud:index/vpc:Vpc", outputs: { cidrBlock: "10.12.0.0/16" } },
    { type: "tencentcloud:index/instance:Instance", outputs: { availabilityZone: "ap-shanghai-2", systemDiskSize: 50 } },
];
const us: RecordedMachine = { zone: "us-east-1c", networkCidr: "10.11.0.0/16", diskGb: 50 };
const cn: RecordedMachine = { zone: "ap-shanghai-2", networkCidr: "10.12.0.0/16", diskGb: 50 };

describe("the machine of a state", () => {
    it.each([
        ["us", aws, us],
        ["cn", tencent, cn],
        ["a first up that failed before the machine", tencent.slice(0, 1), undefined],
        ["no up at all", [], undefined],
    ])("%s", (_name, resources, machine) => expect(recordedMachine(resources)).toEqual(machine));
});

describe("other settings for a machine that is there", () => {
    const refused = (stack: "cn" | "us", change: Partial<Wanted>, recorded: RecordedMachine | undefined = stack === "cn" ? cn : us) => {
        try {
            admitChanges(stack, { ...(stack === "cn" ? cn : us), ...change }, recorded);
            return [];
        } catch (fault) {
            const { code, message, remedy } = fault as { code: string; message: string; remedy: string };
            return [code, message, remedy];
        }
    };

    it.each<["cn" | "us", Partial<Wanted>]>([
        ["cn", {}], ["us", {}], ["cn", { diskGb: 51 }], ["us", { diskGb: 51 }],
        // Another network is another machine there, with a disk of its own.
        ["us", { networkCidr: "10.9.0.0/16" }], ["us", { networkCidr: "10.9.0.0/16", diskGb: 20 }],
        // Only a new network takes a zone.
        ["us", { zone: "us-east-1a" }],
    ])("%s takes %j", (stack, change) => expect(refused(stack, change)).toEqual([]));

    it.each<["cn" | "us", Partial<Wanted>, string, string, string]>([
        ["us", { diskGb: 49 }, "DISK_SHRINKS", "The diskGb of stack us is 49, and its machine's disk has 50 GB. The clouds only grow disks.", "pulumi config set --stack us antipode:diskGb 50"],
        ["cn", { diskGb: 20 }, "DISK_SHRINKS", "The diskGb of stack cn is 20, and its machine's disk has 50 GB. The clouds only grow disks.", "pulumi config set --stack cn antipode:diskGb 50"],
        ["cn", { zone: "ap-shanghai-5" }, "MACHINE_STAYS", "The zone of stack cn is ap-shanghai-5, and its machine stands in ap-shanghai-2. Another machine would have an empty database.",
            "pulumi config set --stack cn antipode:zone ap-shanghai-2"],
        ["cn", { networkCidr: "10.9.0.0/16" }, "MACHINE_STAYS", "The networkCidr of stack cn is 10.9.0.0/16, and its machine stands in 10.12.0.0/16. Another machine would have an empty database.",
            "pulumi config set --stack cn antipode:networkCidr 10.12.0.0/16"],
    ])("%s refuses %j", (stack, change, code, message, command) => {
        const [told, cause, remedy] = refused(stack, change);
        expect([told, cause]).toEqual([code, message]);
        expect(remedy).toContain(command);
        expect(remedy).toContain("docs/real-clouds.md#another-zone-network-or-disk");
    });

    it("go anywhere as long as there is no machine", () => {
        expect(refused("cn", { zone: "ap-shanghai-5", networkCidr: "10.9.0.0/16", diskGb: 20 }, null as never)).toEqual([]);
    });
});
