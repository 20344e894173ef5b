import { describe, expect, it } from "vitest";
import type { Seen } from "./rule";
import { rules } from "./rules";

const broken = (resource: Seen) => rules.filter((rule) => rule.check(resource).length > 0).map((rule) => rule.name);
const tags = { system: "antipode", stack: "us", "managed-by": "pulumi" };
const ingress = (props: object): Seen => ({ type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", props });
const ruleSet = (...ingresses: object[]): Seen => ({ type: "tencentcloud:index/securityGroupRuleSet:SecurityGroupRuleSet", props: { ingresses } });
const instance = (props: object): Seen => ({
    type: "aws:ec2/instance:Instance",
    props: { tags, metadataOptions: { httpTokens: "required" }, rootBlockDevice: { encrypted: true }, ...props },
});
const container = (env: object): Seen => ({ type: "docker:index/service:Service", props: { taskSpec: { containerSpec: { env } } } });

describe("policy", () => {
    it.each<[string, Seen, string[]]>([
        ["the web for all", ingress({ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" }), []],
        ["ssh for one", ingress({ ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "203.0.113.7/32" }), []],
        ["ssh for all", ingress({ ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0" }), ["ssh-not-from-everywhere"]],
        ["a range over ssh for all of IPv6", ingress({ ipProtocol: "tcp", fromPort: 1, toPort: 1024, cidrIpv6: "::/0" }), ["ssh-not-from-everywhere"]],
        ["everything for all", ingress({ ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }), ["ssh-not-from-everywhere", "database-not-from-everywhere"]],
        ["the door", ruleSet({ action: "ACCEPT", cidrBlock: "198.51.100.7/32", protocol: "TCP", port: "27017" }), []],
        ["the database for all", ruleSet({ action: "ACCEPT", cidrBlock: "0.0.0.0/0", protocol: "TCP", port: "80,27017" }), ["database-not-from-everywhere"]],
        ["ssh for all, refused", ruleSet({ action: "DROP", cidrBlock: "0.0.0.0/0", protocol: "TCP", port: "22" }), []],
        ["a good machine", instance({}), []],
        ["IMDSv1", instance({ metadataOptions: {} }), ["imds-v2-only"]],
        ["a plain disk", instance({ rootBlockDevice: {} }), ["disks-encrypted"]],
        ["a second plain disk", instance({ ebsBlockDevices: [{ encrypted: false }] }), ["disks-encrypted"]],
        ["no tags", instance({ tags: { system: "antipode" } }), ["required-tags"]],
        ["plain settings", container({ MONGODB_URI: "mongodb://mongod:27017/aiagent", MONGODB_USER: "aiagent", MONGODB_CA_FILE: "/run/secrets/CA" }), []],
        ["a password", container({ MONGODB_PASSWORD: "x" }), ["no-secret-in-plain-text"]],
    ])("%s", (_, resource, names) => expect(broken(resource)).toEqual(names));

    it("names the property and the remedy", () => {
        const told = (resource: Seen) => rules.flatMap((rule) => rule.check(resource));
        expect(told(ingress({ ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv6: "2000::/3" }))).toEqual(["cidrIpv6 opens ssh to 2000::/3: name the addresses that need it."]);
        expect(told(container({ MONGODB_PASSWORD: "x" }))).toEqual(["env.MONGODB_PASSWORD looks like a secret, and many may read it there: hand it over as a Docker secret."]);
    });
});
