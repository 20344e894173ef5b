import { describe, expect, it } from "vitest";
import { checkRules } from "../rules";
import { TestCloud } from "../testing/cloud";
import type { Values } from "../values";
import { aws } from "./index";

const { functions } = aws;
const fn = (name: string) => functions.find(({ token }) => token.endsWith(`:${name}`))!;
const ask = (name: string, args: Values) => fn(name).invoke(args, new TestCloud([], "us-east-1").context());
const one = { name: "instance-type", values: ["t3.medium"] };

/** terraform-provider-aws, internal/service/ec2: ec2_instance_type_offering_data_source.go, ec2_ami_data_source.go. */
describe("a look-up", () => {
    it.each<[string, Values, string]>([
        ["getInstanceTypeOffering", { locationType: "availability-zone", filters: [one] }, "multiple EC2 Instance Offerings found matching criteria"],
        ["getInstanceTypeOffering", { locationType: "region", filters: [] }, "multiple EC2 Instance Offerings found matching criteria"],
        ["getInstanceTypeOffering", { locationType: "region", filters: [], preferredInstanceTypes: ["t9.huge"] }, "multiple EC2 Instance Offerings found matching criteria"],
        ["getInstanceTypeOffering", { filters: [{ name: "instance-type", values: ["t9.huge"] }] }, "no EC2 Instance Type Offerings found matching criteria"],
        ["getInstanceTypeOffering", { filters: [{ name: "type", values: ["t3.medium"] }] }, "The filter 'type' is invalid"],
        ["getAmi", { mostRecent: true, filters: [{ name: "owner-alias", values: ["*"] }] }, "most_recent without an owner or image-id filter is unsafe"],
        ["getAmi", { owners: ["self"], filters: [{ name: "size", values: ["8"] }] }, "The filter 'size' is invalid"],
        ["getAmi", { owners: ["self"] }, "Your query returned no results"],
        ["getAvailabilityZones", { filters: [{ name: "zone", values: ["a"] }] }, "The filter 'zone' is invalid"],
    ])("%s %j is refused", async (name, args, words) => {
        await expect(ask(name, args)).rejects.toThrow(words);
    });

    it("finds one offer, or the preferred one of several", async () => {
        expect(await ask("getInstanceTypeOffering", { filters: [one] })).toMatchObject({ instanceType: "t3.medium", location: "us-east-1" });
        expect(await ask("getInstanceTypeOffering", { filters: [], preferredInstanceTypes: ["t9.huge", "t3.small"] })).toMatchObject({ instanceType: "t3.small" });
        expect(await ask("getInstanceTypeOffering", { region: "us-west-2", filters: [one] })).toMatchObject({ location: "us-west-2" });
        expect((await ask("getAvailabilityZones", { filters: [{ name: "zone-name", values: ["us-east-1?"] }, { name: "zone-id", values: ["use1-az2"] }] })).names).toEqual(["us-east-1b"]);
    });

    it.each<[string, Values, string]>([
        ["getInstanceTypeOffering", { locationType: "zone" }, "locationType"],
        ["getAvailabilityZones", { state: "up" }, "state"],
        ["getAmi", { owners: [] }, "owners"],
        ["getAmi", { owners: [""] }, "owners[0]"],
        ["getAmi", { owners: ["self"], nameRegex: "(" }, "nameRegex"],
        ["getAmi", { owners: ["self"], region: "us-east-9" }, "region"],
    ])("%s %j is refused at once", (name, args, property) => {
        expect(checkRules(fn(name), args, () => false).map((failure) => failure.property)).toEqual([property]);
    });
});
