import { describe, expect, it } from "vitest";
import { isWide, openings } from "./openings";

const ssh = { from: 22, to: 22 };
const every = { from: 0, to: 65535 };
const world = "0.0.0.0/0";

describe("what a rule lets in", () => {
    it.each<[string, string, object, object[]]>([
        ["a rule of its own", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: world }, [{ source: world, ...ssh, where: "cidrIpv4" }]],
        ["IPv6", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { ipProtocol: "6", fromPort: 22, cidrIpv6: "::/0" }, [{ source: "::/0", ...ssh, where: "cidrIpv6" }]],
        ["ICMP, whose -1 is no port", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { ipProtocol: "icmp", fromPort: -1, toPort: -1, cidrIpv4: world }, []],
        ["UDP", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { ipProtocol: "udp", fromPort: 22, toPort: 22, cidrIpv4: world }, []],
        ["an older rule", "aws:ec2/securityGroupRule:SecurityGroupRule", { type: "ingress", protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [world], ipv6CidrBlocks: ["::/0"] },
            [{ source: world, ...ssh, where: "cidrBlocks" }, { source: "::/0", ...ssh, where: "ipv6CidrBlocks" }]],
        ["a way out", "aws:ec2/securityGroupRule:SecurityGroupRule", { type: "egress", protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [world] }, []],
        ["a rule in a group", "aws:ec2/securityGroup:SecurityGroup", { ingress: [{ protocol: "all", fromPort: 0, toPort: 0, cidrBlocks: [world] }] }, [{ source: world, ...every, where: "ingress[0].cidrBlocks" }]],
        ["the default group", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] }] },
            [{ source: "::/0", ...every, where: "ingress[0].ipv6CidrBlocks" }]],
        ["Tencent's set", "tencentcloud:index/securityGroupRuleSet:SecurityGroupRuleSet", { ingresses: [{ action: "DROP", cidrBlock: world }, { action: "ACCEPT", cidrBlock: "", ipv6CidrBlock: "::/0", protocol: "TCP", port: "22,80-90" }] },
            [{ source: "::/0", ...ssh, where: "ingresses[1]" }, { source: "::/0", from: 80, to: 90, where: "ingresses[1]" }]],
        ["what Tencent takes for everywhere", "tencentcloud:index/securityGroupRuleSet:SecurityGroupRuleSet", { ingresses: [{ action: "ACCEPT", cidrBlock: "0.0.0.0/8", protocol: "TCP", port: "22" }] },
            [{ source: world, ...ssh, where: "ingresses[0]" }]],
        ["Tencent's ICMP", "tencentcloud:index/securityGroupRuleSet:SecurityGroupRuleSet", { ingresses: [{ action: "ACCEPT", cidrBlock: world, protocol: "ICMP", port: "ALL" }] }, []],
        ["Tencent's rule", "tencentcloud:index/securityGroupRule:SecurityGroupRule", { type: "ingress", policy: "accept", cidrIp: world }, [{ source: world, ...every, where: "cidrIp" }]],
        ["Tencent's line", "tencentcloud:index/securityGroupLiteRule:SecurityGroupLiteRule", { ingresses: ["DROP#8.8.8.8#80,90#UDP", "ACCEPT#0.0.0.0/0#ALL#ALL"] }, [{ source: world, ...every, where: "ingresses[1]" }]],
    ])("%s", (_, type, props, expected) => expect(openings({ type, props })).toEqual(expected));

    it.each([
        [world, true], ["0.0.0.0/1", true], ["128.0.0.0/7", true], ["10.0.0.0/8", false], ["203.0.113.7", false], ["0.0.0.0", true],
        ["::/0", true], ["0::/0", true], ["2000::/3", true], ["2001:d00::/15", true], ["2630::/16", false], ["2001:db8::1", false], ["sg-7ixn3foj", false],
    ])("from %s: wide is %s", (source, wide) => expect(isWide(source)).toBe(wide));
});
